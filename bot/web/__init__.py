"""The web server: Slack's requests where they come over HTTP, and whether the bot is alive and ready."""
