"""Decide when a learner gets what: their state is loaded once, and the next due instant is worked out at the end."""
