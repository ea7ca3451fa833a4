"""What the bot can do, one verb a file: in the caller's transaction, returning a result, never a message."""
