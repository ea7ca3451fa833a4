"""What is said when something that people count on doesn't hold."""

from __future__ import annotations


class RuleBrokenError(AssertionError):
    """Something people count on didn't hold."""


def require(holds: object, otherwise: str) -> None:
    """Say what is broken.

    Raises:
        RuleBrokenError: it doesn't hold.
    """
    if not holds:
        raise RuleBrokenError(otherwise)
