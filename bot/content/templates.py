"""New files of the lessons folder, to be filled in: what is still to be written is named by the check."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import TRACK
from bot.content.front_matter import is_slug
from bot.domain.content import Kind

TO_DO = "TODO"
"""The mark of what is still to be written; a file that has it isn't served."""


class NotNewError(ValueError):
    """A file that can't be begun. The message says why, and what to do."""


_QUESTION = """
## Question: {id}-1
TODO the question: a decision that a reader may face

- [x] TODO the right choice, which the text settles
  > TODO why, from the text
- [ ] TODO what sensible people believe instead
  > TODO why not
- [ ] TODO another belief, as long and as modest
  > TODO why not

## Question: {id}-2
TODO the same in other words, for weeks later; it stands on its own

- [ ] TODO what sensible people believe instead
  > TODO why not
- [x] TODO the right choice
  > TODO why
- [ ] TODO another belief
  > TODO why not
"""
_TEMPLATES = {
    Kind.TRACK: """---
id: {id}
title: TODO what it is about
open: yes
items: [TODO-first-lesson]
---
TODO one sentence on what it is good for.
""",
    Kind.LESSON: """---
id: {id}
title: TODO a title that doesn't answer the question
---
TODO 80 to 120 words. Say in the first sentence why this person should care. One idea, one great example.

**Ask in your next meeting:** "TODO"
"""
    + _QUESTION,
    Kind.TERM: """---
id: {id}
term: TODO as it is written
aliases: []
heard: "TODO a sentence in which one hears it."
use_when: TODO you ...
avoid_when: TODO you ...; say "..." instead
---
TODO what it means exactly, what it is mistaken for, and what to ask about it. 25 to 60 words.
""",
}


def begin(root: Path, kind: Kind, new_id: str, track_id: str = "") -> Path:
    """Write a new file into a lessons folder; return where it is. `track_id`: whose folder a lesson goes to.

    Raises:
        NotNewError: the id isn't one, it is taken, or there is no such track.
        OSError: it can't be written.
    """
    if not is_slug(new_id):
        raise NotNewError(f'"{new_id}" is no id: it has the letters a to z, digits and hyphens')
    taken = next((path for path in sorted(root.rglob(f"{new_id}.md"))), None)
    if taken is not None:
        raise NotNewError(f"{taken} is there already")
    path = {
        Kind.TRACK: root / "tracks" / new_id / TRACK,
        Kind.LESSON: root / "tracks" / track_id / f"{new_id}.md",
        Kind.TERM: root / "jargon" / f"{new_id}.md",
    }[kind]
    if kind is Kind.LESSON and not (track_id and path.parent.joinpath(TRACK).is_file()):
        raise NotNewError("a lesson stands in a track's folder: name it with --track")
    if path.exists():
        raise NotNewError(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_TEMPLATES[kind].format(id=new_id), encoding="utf-8")
    return path
