"""The way in from Slack, its handlers, and the way out to Slack."""
