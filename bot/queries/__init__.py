"""Queries of what is shown: message views, Home, reports, alerts. Nothing here changes anything."""
