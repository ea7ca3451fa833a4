"""Fifty taps on one question at the same moment: one answer, and all fifty are told that one. The taps are of one
choice, of all choices, or one and the same request fifty times; on one bot, or shared out to two on one Postgres.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.store import deliveries, responses
from bot.store.database import Database
from localslack import LocalSlack
from localslack.world import PostedMessage, User
from tests import patience
from tests.helpers import ADMIN, MONDAY, TEAM
from tests.soak import bots
from tests.soak.figure import Figure, Part, TickCounts, database

TAPS = 50
CHUNK = 25
WAYS = (("sqlite", 1), ("postgres", 1), ("postgres", 2))
"""A database, and so many bots on it; one chunk after the other takes the next."""
KINDS = ("one choice", "all choices", "one request")
TRACK = "speak-the-language"
LOT = 20
"""People in one assignment that isn't asked about first."""
CALM_SECONDS = 30.0
ACK_SECONDS = 3.0
"""Slack's own: after that the person sees a warning."""
SETTINGS = {
    "MISSINGLINK_ADMINS": ADMIN,
    "MISSINGLINK_HTTP_TIMEOUT_SECONDS": "10",
    "MISSINGLINK_SETTLE_SECONDS": "12",
}
"""No reply is lost in this figure; on a busy machine none must seem so."""


class BrokenError(Exception):
    """Something that must hold didn't."""


@dataclass(frozen=True)
class Ground:
    """Bots at work on a local Slack, and what they have written."""

    slack: LocalSlack
    store: Database

    def question(self, person: str) -> tuple[PostedMessage, str]:
        """The message that asks this person something, and its delivery's id."""
        for message in self.slack.messages(person):
            for block in message.blocks:
                if any(e["action_id"].startswith("answer") for e in block.get("elements", ()) if "action_id" in e):
                    return message, str(block["block_id"]).partition(".")[0]
        raise BrokenError(f"{person} was asked nothing")

    def recorded(self, delivery_id: str) -> int | None:
        """The choice that counts."""
        with self.store.read() as session:
            delivery = deliveries.get(session, TEAM, delivery_id)
            assert delivery is not None
            answer = responses.first_answer(session, TEAM, str(delivery.asking_id))
        return int(answer.response["choice"]) if answer else None

    def lags(self, delivery_id: str) -> bool:
        """True while the message shows less than is recorded."""
        with self.store.read() as session:
            delivery = deliveries.get(session, TEAM, delivery_id)
        return delivery is not None and delivery.lags_real is not None


def play(part: Part) -> TickCounts:
    """A round for each seed, each with a question of its own."""
    backend, count = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    played, broken = 0, []
    people = [f"U0P{seed}" for seed in part.seeds]
    with ground(backend, count, part.place, people, ACK_SECONDS if part.timed else patience.SECONDS) as here:
        for seed, person in zip(part.seeds, people, strict=True):
            if time.time() > part.until:
                break
            try:
                one_round(here, seed, person)
            except BrokenError as fault:
                broken.append(
                    f"seed {seed}, {KINDS[seed % len(KINDS)]}, {count} on {backend}: {fault}; again with "
                    f"python -m tests.soak.run --only at-once --first {seed // CHUNK * CHUNK} --count {CHUNK}"
                )
            played += 1
    return TickCounts(played, tuple(broken), {"taps": played * TAPS})


@contextmanager
def ground(backend: str, count: int, place: Path, people: list[str], ack_seconds: float) -> Iterator[Ground]:
    """So many bots, and these people with a question in front of them; Slack waits so long for a reply."""
    with database(backend, place) as url, ExitStack() as started:
        slack = LocalSlack().start()
        started.callback(slack.stop)
        slack.world.ack_seconds = ack_seconds
        slack.begin_at(MONDAY)
        for person in people:
            slack.world.users[person] = User(
                id=person, handle=person.lower(), name=person.title(), title="", tz="Europe/London", shown=False
            )
        for nth in range(1, count + 1):
            process = bots.bot(slack, url, place / "bots.log", None, (), **SETTINGS)
            started.callback(bots.kill, process)
            bots.wait(partial(_connected, slack, nth), "the bot never connected", 30)
        store = Database(url)
        started.callback(store.close)
        here = Ground(slack, store)
        _ask(here, people)
        yield here


def _connected(slack: LocalSlack, count: int) -> bool:
    return slack.sockets.connected == count


def _ask(here: Ground, people: list[str]) -> None:
    """The track is assigned, and its first item comes the next morning."""
    slack = here.slack
    for first in range(0, len(people), LOT):
        lot = people[first : first + LOT]
        assert slack.command(ADMIN, f"/track assign {' '.join('@' + p.lower() for p in lot)} {TRACK}") == ""
    bots.wait(lambda: all(slack.messages(p) for p in people), "not everybody was welcomed", 60)
    slack.move_to(MONDAY + timedelta(days=1, hours=2))
    bots.wait(lambda: all(len(slack.messages(p)) > 1 for p in people), "not everybody was asked", 60)


def one_round(here: Ground, seed: int, person: str) -> None:
    """Fifty taps at once.

    Raises:
        BrokenError: somebody wasn't answered, or was told something else.
    """
    message, delivery_id = here.question(person)
    choices = [a for a in _actions(message) if a["action_id"].startswith("answer:")]
    before = len(here.slack.world.responses), len(here.slack.world.calls)
    complaints = here.slack.do(_taps(here.slack, person, message, choices, KINDS[seed % len(KINDS)]))
    unheard = [c for c in complaints if c]
    if unheard:
        raise BrokenError(f"{len(unheard)} of {TAPS} taps weren't acknowledged: {unheard[0]}")
    _calm(here, delivery_id)
    chosen = here.recorded(delivery_id)
    if chosen is None:
        raise BrokenError("no answer was recorded")
    told = list(_told(here.slack, *before, message, delivery_id))
    if not told:
        raise BrokenError("nobody was told anything")
    label = next(c["text"]["text"] for c in choices if c["action_id"].endswith(f":{chosen}"))
    others = [shown for shown in (*told, message.blocks) if not _shows(shown, label)]
    if others:
        raise BrokenError(f"{label} was recorded, and {len(others)} of {len(told)} were told something else")


def _actions(message: PostedMessage) -> list[dict[str, Any]]:
    return [
        {**element, "block_id": block["block_id"]}
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


async def _taps(
    slack: LocalSlack, person: str, message: PostedMessage, choices: list[dict[str, Any]], kind: str
) -> list[str]:
    user, channel = slack.world.users[person], slack.world.channels[message.channel]
    taps = []
    for n in range(TAPS):
        chosen = choices[n % len(choices) if kind == "all choices" else 1]
        moment = 0 if kind == "one request" else n
        action = {**chosen, "action_ts": f"{time.time():.0f}.{moment:06}"}
        taps.append(slack.people.send_tap(user, channel, message, action))
    return list(await asyncio.gather(*taps))


def _calm(here: Ground, delivery_id: str) -> None:
    """Wait until the message is up to date and nothing more is said about it."""
    until, calm, seen = time.monotonic() + CALM_SECONDS, 0, 0
    while calm < 2:
        said = len(here.slack.world.responses) + len(here.slack.world.calls)
        calm = calm + 1 if said == seen and not here.lags(delivery_id) else 0
        seen = said
        if time.monotonic() > until:
            raise BrokenError("the message never came up to date")
        time.sleep(0.1)


def _told(
    slack: LocalSlack, responses: int, calls: int, message: PostedMessage, delivery_id: str
) -> Iterator[list[dict[str, Any]]]:
    """Everything that this message was made to show since then."""
    for body in slack.world.responses[responses:]:
        blocks = body.get("blocks") or []
        if any(str(b.get("block_id", "")).partition(".")[0] == delivery_id for b in blocks):
            yield blocks
    for method, arguments, answer in slack.world.calls[calls:]:
        if method == "chat.update" and answer["ok"] and arguments.get("ts") == message.ts:
            yield arguments["blocks"]


def _shows(blocks: list[dict[str, Any]], label: str) -> bool:
    """True when this is an answered question, and the answer is the one with this label."""
    said = "\n".join(str(b.get("text", {}).get("text", "")) for b in blocks if isinstance(b.get("text"), dict))
    return any(f"*{words} {label}" in said or f"*{label} {words}" in said for words in ("You chose", "is right"))


AT_ONCE = Figure(
    "at-once", "fifty taps at once: one answer, and all are told that one", "rounds of 50", 200, CHUNK, play
)
