"""A local Slack on loopback: Web API, Socket Mode, response_url, a page, and a clock one can move.

It is built from Slack's documentation, not from what the bot needs to hear: RULES.md has each rule, its source
and the test that holds it. It knows nothing of the bot but its manifest, as Slack does, and shares with it the table of
Slack's limits.
"""

from localslack.server import LocalSlack, PortError

__all__ = ["LocalSlack", "PortError"]
