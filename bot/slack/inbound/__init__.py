"""Listeners: take the typed request, do one thing in one transaction, acknowledge, return.

Whatever calls Slack comes afterwards: the listener hands it over in a `finally`, so that it is done even where the
first part failed. It begins once the acknowledgement is on its way, and makes way for requests that come in.
"""
