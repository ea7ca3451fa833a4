"""A local Slack on loopback: Web API, Socket Mode, response_url, a page, and a movable clock.

It is built from Slack's documentation and not from the bot's needs: RULES.md has each rule, its source and its test. Of
the bot it knows only the manifest, as Slack does, and it shares the table of Slack's limits.
"""

from localslack.server import LocalSlack, PortError

__all__ = ["LocalSlack", "PortError"]
