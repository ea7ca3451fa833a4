"""A lessons folder as its editors left it, mounted as Kubernetes mounts it: what Henrik gets is what they wrote."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.messages.mrkdwn import BREAK, GLUE
from localslack import LocalSlack
from tests.content.test_files import as_config_map
from tests.content.writing import TRACK, Lessons
from tests.helpers import HENRIK, MONDAY, words_of
from tests.running import running

LESSON = r"""---
id: a
title: 9:16
---
Films are un**believ**ably tall: 9 by 16, not 16*9. A \*star\* isn't bold, snake_case is no accident, ~5 to ~6 stay.

Posts under #marketing lead nowhere.

## Question: tall
They say: "It has to be *tall*."

What do you ask?

- [ ] Why **tall**?
  > It is asked too late.
- [x] Who holds it upright?
  > Those who watch on a phone.
  >
  > Most of them do.
"""


def test_what_editors_wrote_arrives_as_they_wrote_it(tmp_path: Path, slack: LocalSlack, url: str) -> None:
    written = Lessons(tmp_path / "written")
    written.write("tracks/one/track.md", TRACK.replace("title: One", "title: 1.10"))
    written.write("tracks/one/a.md", LESSON)
    written.write("tracks/one/._a.md", b"\x00\x05\x16\x07")
    as_config_map(written.root, tmp_path / "lessons")
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(tmp_path / "lessons")) as bot:
        bot.assign("@henrik one")
        bot.advance(MONDAY + timedelta(days=1, hours=6, minutes=30))
        message = next(m for m in bot.slack.messages(HENRIK) if "1 of 1" in m.text)
        assert "\n\n9:16\n\n1 min · 1 of 1 · 1.10\n\n" in message.text
        assert (
            "unbelievably tall: 9 by 16, not 16*9. A *star* isn't bold, snake_case is no accident, ~5 to ~6 stay."
            in message.text
        )
        assert 'They say: "It has to be tall."\n\nWhat do you ask?' in message.text
        shown = words_of({"blocks": message.blocks}).replace(BREAK, "·").replace(GLUE, "∘")
        assert "un·*believ*·ably tall" in shown
        assert "A ∘*∘star∘*∘ isn't bold, snake_case is no accident" in shown
        bot.tap(HENRIK, message, "answer:1:0")
        assert "Those who watch on a phone.\n\nMost of them do." in message.text
