"""Draw the answers to what is typed in the DM."""
