"""Tables and queries. Rows never leave this package; frozen dataclasses from `bot.domain` do."""
