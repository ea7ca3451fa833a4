"""Understand what people type: commands and messages. Pure."""
