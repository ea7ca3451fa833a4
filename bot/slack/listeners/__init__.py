"""Listeners: read the payload, one service call in one transaction, acknowledge, return.

Whatever calls Slack comes afterwards, as a lazy listener, which starts even when the first part failed and so
reads the database again. A reply that a tap can't carry in its acknowledgement is left in `context["reply"]`.
"""
