"""Faults of the tokens that Slack gives an app, as far as they can be seen without asking Slack."""

from __future__ import annotations

from bot.settings.values import NON_ASCII, character_name


def token_fault(name: str, value: str, prefix: str, where: str, instead: str = "") -> str:
    """Return a line that says what is wrong with a token and how it would be right; "" for a good one.

    `prefix`: the beginning of every token of its kind. `where`: the page of the app's settings that shows it.
    `instead`: the rest of the line, naming an alternative.
    """
    example = f"for example {name}={prefix}...{instead}"
    odd = NON_ASCII.search(value)
    if not value:
        return f"{name} is missing; it is in your Slack app's settings under {where}, {example}"
    if "..." in value or "…" in value:
        wrong = f"is still the placeholder {value}"
    elif odd:
        wrong = f"has a sign in it that no token has ({character_name(odd.group())})"
    elif not value.startswith(prefix):
        wrong = f"doesn't begin with {prefix}"
    else:
        return ""
    return f"{name} {wrong}; take the one in your Slack app's settings under {where}, {example}"
