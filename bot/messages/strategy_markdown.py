"""The strategy page as Markdown."""

from __future__ import annotations

from datetime import date

from bot.domain.strategy import Page
from bot.messages import formatting

HEADING = "Social media strategy"
PIECE = 2500
"""The most characters of a piece that a dialog shows."""


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
    """Split a text between lines into pieces that a dialog's sections hold."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        while len(line) > PIECE:
            found.append(line[:PIECE])
            line = line[PIECE:]  # noqa: PLW2901 - what is left of it
        if found and len(found[-1]) + len(line) <= PIECE:
            found[-1] += line
        else:
            found.append(line)
    return found
