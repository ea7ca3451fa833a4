"""An author sees a lesson as Slack would show it, in each wording, on a page that follows each save."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests import patience
from tests.content.test_sheets import run
from tests.content.writing import TERM, Lessons
from tests.journeys.test_processes import NO_SUCH_PROXY, ROOT, serving
from tests.patience import eventually


def shown(address: str) -> list[dict[str, Any]]:
    """The messages that a reader has before them."""
    with urlopen(f"{address}/page/state?user=U0MAYA", timeout=patience.SECONDS) as answer:
        messages: list[dict[str, Any]] = json.load(answer)["channels"][0]["messages"]
    return messages


def test_the_page_follows_each_save(tmp_path: Path) -> None:
    lessons = Lessons(tmp_path / "lessons")
    command = [
        sys.executable,
        "-u",
        "-m",
        "bot",
        "lessons",
        "preview",
        "a",
        "--port",
        "0",
        "--lessons",
        str(lessons.root),
    ]
    with serving(command, ROOT, NO_SUCH_PROXY) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        eventually(lambda: len(shown(address)) == 2, "each wording has a message")
        assert "Which one?" in str(shown(address)[0])
        assert "Of the two?" in str(shown(address)[1])
        lessons.change("tracks/one/a.md", "Which one?", "Which of these?")
        eventually(lambda: "Which of these?" in str(shown(address)[0]), "the page didn't follow")
        lessons.change("tracks/one/a.md", "- [x] that one", "- [ ] that one")
        eventually(lambda: "tracks/one/a.md:" in str(shown(address)[0]), "the problem isn't shown")
    assert process.returncode == 0


def test_the_terminal_has_its_text(tmp_path: Path) -> None:
    lessons = Lessons(tmp_path / "lessons")
    folder = str(lessons.root)
    code, said = run("preview", "a", "--text", "--lessons", folder)
    assert code == 0
    assert said.count("A preview. Tap a choice to see its reason; nothing is recorded.") == 2
    lessons.write("jargon/ugc.md", TERM[: TERM.index("\n## Question")].format(id="ugc", term="UGC"))
    code, said = run("preview", "ugc", "--text", "--lessons", folder)
    assert code == 0
    assert "It means this." in said
    code, said = run("preview", "b", "--text", "--lessons", folder)
    assert code == 1
    assert 'There is no lesson and no term "b".' in said
