"""The strategy page as Markdown."""

from __future__ import annotations

from datetime import date

from bot.domain.strategy import Page
from bot.messages import formatting

HEADING = "Social media strategy"
PIECE = 2900
"""The most characters of a piece that a dialog shows."""
LONGEST_LINE = 500
"""Characters of a line that stand in one piece: escaped, five times as many."""


def page_markdown(page: Page, made_on: date) -> str:
    """Return the page as Markdown. Answers stand as quotations, so that whatever was typed leaves its order alone.

    `made_on`: the local date that it bears.
    """
    lines = [f"# {HEADING}", "", f"*{page.owner}, {formatting.dated(made_on)}*"]
    for part in page.parts:
        lines += ["", f"## {part.part.heading}"]
        if not part.entries:
            lines += ["", "*Nothing written yet.*"]
        for entry in part.entries:
            lines += ["", f"### {entry.title}"]
            for asked, said in entry.lines:
                lines += ["", f"**{asked}**", "", *(f"> {line}".rstrip() for line in said.splitlines())]
    return "\n".join(lines) + "\n"


def pieces(text: str) -> list[str]:
    """Split a text into pieces that a dialog's code blocks hold, with Slack's three signs escaped.

    Nothing else is changed in it, so that it can be copied as it is.
    """
    found: list[str] = []
    for line in text.replace("```", "'''").splitlines(keepends=True):
        for start in range(0, len(line), LONGEST_LINE):
            said = line[start : start + LONGEST_LINE]
            escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            if found and len(found[-1]) + len(escaped) <= PIECE:
                found[-1] += escaped
            else:
                found.append(escaped)
    return found
