"""A bot on a local Slack that plays one story after the other, each with everything as on the first day."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.content import load
from bot.messages.render import objections
from bot.store import tables
from localslack import LocalSlack
from localslack.objects import GENERAL, Channel
from localslack.seed import seed
from localslack.world import User
from tests.helpers import Running
from tests.running import running
from tests.teaching import COURSE

TRACKS = {
    "first-words": ("why-the-words-matter", "fomo"),
    "small-talk": ("fomo", "yolo", "lol"),
    "one-word": ("hashtag",),
}
CLOSED = "one-word"
CROWD = tuple(f"p{n:02}" for n in range(21))
"""The handles of more people than an assignment takes without asking first."""
TELLING = frozenset({"sent", "acknowledged", "calls", "responses", "refusals", "posts"})


def small_lessons(place: Path) -> Path:
    """The course in tracks so short that a few taps finish them; two share an item, one isn't open to all."""
    ours, made = COURSE, place / "lessons"
    (made / "jargon").mkdir(parents=True)
    for term in (ours / "jargon").glob("*.md"):
        lines = term.read_text("utf-8").splitlines(keepends=True)
        # what they are related to may be missing here
        kept = "".join(line for line in lines if not line.startswith("related:"))
        (made / "jargon" / term.name).write_text(kept, "utf-8")
    for track_id, items in TRACKS.items():
        home = made / "tracks" / track_id
        home.mkdir(parents=True)
        title = track_id.replace("-", " ").capitalize()
        listed = "".join(f"  - {item}\n" for item in items)
        more = "next: [small-talk]\n" if track_id == "first-words" else ""
        opened = "false" if track_id == CLOSED else "true"
        (home / "track.md").write_text(
            f"---\nid: {track_id}\ntitle: {title}\nopen: {opened}\nitems:\n{listed}{more}---\nA few of them.\n", "utf-8"
        )
        for item in items:
            for lesson in (ours / "tracks").glob(f"*/{item}.md"):
                shutil.copy(lesson, home)
    return made


class Log(logging.Handler):
    """What the bot's log says from WARNING on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with its traceback. How many were left out before may be another test's."""
        line = self.format(record)
        if "more lines were left out" not in line:
            self.lines.append(line)


@dataclass
class Stage:
    """The bot, its local Slack and its log."""

    bot: Running
    log: Log

    @property
    def slack(self) -> LocalSlack:
        """Where it all happens."""
        return self.bot.slack

    def reset(self, at: datetime) -> None:
        """As on the first day: nobody was ever assigned or told anything, and the clock stands at `at`."""
        self.bot.quiet()
        with self.bot.app.ctx.db.write() as session:
            for table in reversed(tables.metadata.sorted_tables):
                if table.name != tables.workspace.name:
                    session.execute(table.delete())
        self.slack.do(self._forget())
        self.log.lines.clear()
        self.bot.advance(at)

    async def _forget(self) -> None:
        world = self.slack.world
        for things in (world.homes, world.modals, world.triggers, world.response_urls, world.suggested, world.users):
            things.clear()
        for ledger in TELLING:
            getattr(world, ledger).clear()
        world.channels.clear()
        world.channels[GENERAL] = Channel(id=GENERAL, name="general")
        seed(world)
        for handle in CROWD:
            person = f"U0{handle.upper()}"
            world.users[person] = User(
                id=person, handle=handle, name=f"Person {handle}", title="", tz="Europe/London", shown=False
            )

    def ask(self, user: str, typed: str) -> dict[str, Any]:
        """Type a command whose answer comes with its acknowledgement; that answer."""
        before = len(self.slack.whispers(user))
        complaint = self.slack.command(user, typed)
        assert not complaint, complaint
        said = self.slack.whispers(user)[before:]
        assert len(said) == 1, f"{typed} was answered by {said}"
        return {"blocks": said[0].blocks}


@contextmanager
def stage(slack: LocalSlack, url: str, lessons: Path) -> Iterator[Stage]:
    """The real bot on a local Slack and a migrated database."""
    log = Log()
    logging.getLogger().addHandler(log)
    try:
        with running(slack, url, load([lessons], objections)) as bot:
            yield Stage(bot, log)
    finally:
        logging.getLogger().removeHandler(log)
