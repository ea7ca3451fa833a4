"""Call Slack: the Web API, answers to requests, App Homes."""
