"""Missing Link: a Slack bot that teaches executives social media, a minute a day, in private."""

__version__ = "0.1.0"
