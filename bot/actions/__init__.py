"""The actions of people, one verb a file: within the caller's transaction, returning a result, never a message."""
