"""The `missinglink` command."""

from bot.cli.command import cli, main

__all__ = ["cli", "main"]
