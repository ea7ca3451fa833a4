"""Listeners: read the payload, one deed in one transaction, acknowledge, return.

Whatever calls Slack comes afterwards, as a lazy listener, which starts even when the first part failed and so
reads the database again. An answer that the acknowledgement can't carry is left in `context["reply"]`.
"""
