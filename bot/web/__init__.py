"""The web server: Slack's requests over HTTP, and health checks."""
