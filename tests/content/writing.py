"""A lessons folder, written by tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.content import Report, check
from bot.messages.render import objections

LESSON = """---
id: {id}
title: A title
---
Some text that says something.

## Question: which-one
Which one?

- [ ] this one
  > because of this
- [x] that one
  > because of that

## Question: in-other-words
Of the two?

- [ ] the former
  > for this reason
- [x] the latter
  > for that reason
"""
TERM = """---
id: {id}
term: {term}
heard: "We have it."
use_when: you must.
avoid_when: you mustn't.
---
It means this.

## Question: which-one
Which one?

- [ ] this one
  > because of this
- [x] that one
  > because of that

## Question: in-other-words
Of the two?

- [ ] the former
  > for this reason
- [x] the latter
  > for that reason
"""
TRACK = """---
id: one
title: One
items: [a]
---
A track.
"""


def once(text: str) -> str:
    """A lesson or a term that can be asked in one wording."""
    return text[: text.index("\n## Question: in-other-words")]


class Lessons:
    """A lessons folder being written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "tracks" / "one").mkdir(parents=True)
        (root / "jargon").mkdir()
        self.write("tracks/one/track.md", TRACK)
        self.write("tracks/one/a.md", LESSON.format(id="a"))

    def write(self, path: str, text: str | bytes) -> None:
        """Put a file there."""
        data = text.encode() if isinstance(text, str) else text
        (self.root / path).write_bytes(data)

    def change(self, path: str, old: str, new: str) -> None:
        """Change a file."""
        text = (self.root / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def check(self, today: date | None = None) -> Report:
        """The report."""
        return check([self.root], objections, today)

    def problems(self) -> list[str]:
        """What is wrong, as the author reads it."""
        return [str(problem) for problem in self.check().problems]

    def warnings(self) -> list[str]:
        """What is doubtful, as the author reads it."""
        return [str(problem) for problem in self.check().warnings]
