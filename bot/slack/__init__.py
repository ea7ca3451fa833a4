"""Between Slack and the services: listeners in, calls out."""
