"""Answers to what is typed in the DM."""
