"""Handlers for taps, commands and dialogs: one table each, with who may ask."""
