"""Everything that can be asked for by a tap, a command or a dialog: one table each, and who may."""
