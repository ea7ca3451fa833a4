"""The planning of a learner's messages: their state is loaded once, and the next due instant is computed at the end."""
