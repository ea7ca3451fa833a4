"""Forged, stale and repeated requests: none that isn't Slack's is let in, and none has its effect a second time.

Every tenth seed is a story: something is asked for, at once several times or in one go, then something else that undoes
it, and then the first request comes again, byte for byte, or as Slack's own second try. It is acknowledged each time,
and nothing in the database and nothing in Slack is different afterwards.
"""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select

from bot.messages import dialogs
from bot.store import tables
from bot.store.database import Database
from localslack import payloads
from localslack.objects import PostedMessage
from tests.helpers import ADMIN, HENRIK, TEAM
from tests.soak.figure import Figure, Part, TickCounts
from tests.soak.forging import FLAWS, forged
from tests.soak.hostile import answer
from tests.soak.mutations import Payload
from tests.soak.shots import Shot, encoded, request
from tests.soak.target import Target, target

CHUNK, STORY = 500, 10
WAYS = (("sqlite", "http"), ("postgres", "http"), ("sqlite", "socket"), ("postgres", "socket"))
"""One chunk after the other takes the next. Over the socket nothing is signed: there all are stories."""
AT_ONCE = 3
TRACK = "speak-the-language"
PATIENCE = 60.0
Asked = tuple[str, Payload]
"""A request: its kind and its payload."""
Rows = dict[str, dict[Any, Any]]


class Asking:
    """Makes requests that have an effect. Each is told by its mark, which stands in its id."""

    def __init__(self, bot: Target, database: Database) -> None:
        self.bot, self.database, self.world = bot, database, bot.slack.world

    def command(self, user: str, text: str, mark: str) -> Asked:
        """A slash command."""
        name, _, rest = text.partition(" ")
        world = self.world
        answering = {"trigger_id": mark, "response_url": f"{self.bot.slack.url}/response/none"}
        return "slash_commands", payloads.command(world.users[user], world.dm(user), name, rest, **answering)

    def tap(self, user: str, action_id: str, subject: str, mark: str, value: str = "") -> Asked:
        """A tap in a message."""
        world, channel = self.world, self.world.dm(user)
        message = PostedMessage(channel=channel.id, ts="1.000001", user="U0MISSINGLINK", text="", business=world.now())
        action: Payload = {"type": "button", "action_id": action_id, "block_id": subject, "action_ts": mark}
        if value:
            action |= {"type": "static_select", "selected_option": {"value": value}}
        tapped = payloads.tap_in_message(channel, message, action, {"values": {}})
        url = f"{self.bot.slack.url}/response/none"
        return "interactive", payloads.interaction(world.users[user], tapped, trigger_id=mark, response_url=url)

    def word(self, text: str, mark: str) -> Asked:
        """A word typed to the bot."""
        dm = self.world.dm(HENRIK).id
        said = {"type": "message", "channel": dm, "channel_type": "im", "user": HENRIK, "text": text, "ts": mark}
        return "events_api", payloads.event(mark, said)

    def settings(self, hour: str, mark: str, view: str) -> Asked:
        """The submitted settings. `view`: the dialog's id."""
        filled: dict[str, Payload] = {
            dialogs.HOUR: {"type": "static_select", "selected_option": {"value": hour}},
            dialogs.DAYS: {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "3"}]},
            dialogs.PAUSE: {"type": "radio_buttons", "selected_option": {"value": dialogs.RUNNING}},
        }
        values = {name: {name: state} for name, state in filled.items()}
        made = {"id": view, "hash": "1.same", "type": "modal", "callback_id": dialogs.SETTINGS, "private_metadata": "",
                "team_id": TEAM, "app_installed_team_id": TEAM, "blocks": [], "state": {"values": values}}  # fmt: skip
        return "interactive", payloads.interaction(self.world.users[HENRIK], payloads.submission(made), trigger_id=mark)

    def item(self) -> str:
        """The delivery in which Henrik's newest item stands."""
        rows = tables.delivery
        query = select(rows.c.delivery_id).where(
            rows.c.learner_id == HENRIK, rows.c.asking_id.is_not(None), rows.c.ts.is_not(None)
        )
        with self.database.read() as session:
            found = session.execute(query.order_by(rows.c.ts.desc())).scalars().first()
        return found or "0" * 32


STORIES: dict[str, tuple[Callable[[Asking, str], Asked], Callable[[Asking, str], Asked]]] = {
    "pause": (lambda a, m: a.command(HENRIK, "/learn pause", m), lambda a, m: a.command(HENRIK, "/learn resume", m)),
    "resume": (lambda a, m: a.command(HENRIK, "/learn resume", m), lambda a, m: a.tap(HENRIK, "pause", "me", m)),
    "a tapped pause": (lambda a, m: a.tap(HENRIK, "pause", "me", m), lambda a, m: a.tap(HENRIK, "resume", "me", m)),
    "settings": (lambda a, m: a.settings("09:30", m, f"V{m}"), lambda a, m: a.settings("10:30", m, f"W{m}")),
    "next": (lambda a, m: a.command(HENRIK, "/learn next", m), lambda a, m: a.tap(HENRIK, "answer:0", a.item(), m)),
    "a tapped next": (lambda a, m: a.tap(HENRIK, "next", "me", m), lambda a, m: a.tap(HENRIK, "read", a.item(), m)),
    "answer": (lambda a, m: a.tap(HENRIK, "answer:1", a.item(), m), lambda a, m: a.command(HENRIK, "/learn next", m)),
    "I know this": (lambda a, m: a.tap(HENRIK, "more", a.item(), m, "known"), lambda a, m: a.word("next", m)),
    "later": (lambda a, m: a.tap(HENRIK, "more", a.item(), m, "later"), lambda a, m: a.command(HENRIK, "/learn next", m)),
    "a term": (lambda a, m: a.word("fomo", m), lambda a, m: a.word("yolo", m)),
    "the word next": (lambda a, m: a.word("next", m), lambda a, m: a.tap(HENRIK, "answer:0", a.item(), m)),
    "the word stop": (lambda a, m: a.word("stop", m), lambda a, m: a.word("resume", m)),
    "talk": (lambda a, m: a.tap(HENRIK, "talk", "me", m), lambda a, m: a.tap(ADMIN, "talked", HENRIK, m)),
    "begin": (lambda a, m: a.tap(HENRIK, "begin", TRACK, m), lambda a, m: a.tap(HENRIK, "answer:0", a.item(), m)),
    "assign": (
        lambda a, m: a.command(ADMIN, f"/track assign <@{HENRIK}> {TRACK} restart", m),
        lambda a, m: a.command(ADMIN, f"/track remove <@{HENRIK}> {TRACK}", m),
    ),
    "remove": (
        lambda a, m: a.command(ADMIN, f"/track remove <@{HENRIK}> {TRACK}", m),
        lambda a, m: a.command(ADMIN, f"/track assign <@{HENRIK}> {TRACK} restart", m),
    ),
}  # fmt: skip


def play(part: Part) -> TickCounts:
    """Forgeries and stories on one bot."""
    backend, transport = WAYS[part.seeds.start // CHUNK % len(WAYS)]
    played, broken, counts = 0, list[str](), Counter[str]()
    with target(backend, transport, part.place) as bot, opened(bot.url) as database:
        asking = Asking(bot, database)
        for seed in part.seeds:
            if time.time() > part.until or len(broken) > 20:
                break
            story = transport == "socket" or seed % STORY == 0
            faults = repeated(asking, transport, seed, counts) if story else refused(asking, seed, counts)
            faults += bot.faults()
            broken += [
                f"seed {seed} on {backend} over {transport}: {fault}\n  again: python -m tests.soak.run --only forged "
                f"--first {seed} --count 1"
                for fault in faults
            ]
            played += 1
    return TickCounts(played, tuple(broken), counts)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The bot's database, to look into."""
    found = Database(url)
    yield found
    found.close()


def refused(asking: Asking, seed: int, counts: Counter[str]) -> list[str]:
    """One request with one flaw, sent; it must be refused, and have left nothing. One in thirty is sound after all."""
    rng, mark = Random(seed), f"{seed}.{time.time():.0f}"
    flaw = rng.choice((*FLAWS, "none at all"))
    kind, payload = rng.choice(list(STORIES.values()))[0](asking, mark)
    body, content_type = encoded(kind, json.dumps(payload))
    secret = asking.world.signing_secret
    if flaw == "none at all":
        sent = request(body, content_type, secret, age=rng.randrange(-290, 290))
    else:
        sent = forged(rng, flaw, body, content_type, secret)
    status = post(asking.bot.port, sent)
    with asking.database.read() as session:
        known = [r for r in session.execute(select(tables.request.c.request_id)).scalars() if mark in r]
    counts["sound" if flaw == "none at all" else "forged or stale"] += 1
    if flaw == "none at all":
        return [] if (status, len(known)) == (200, 1) else [f"a sound one was answered with {status}"]
    return [] if status == 401 and not known else [f"{flaw}: answered with {status}, its effects are {known}"]


def post(port: int, sent: bytes) -> int:
    """Send it on a connection of its own; the status."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        return answer(line, Shot("", sent))


def repeated(asking: Asking, transport: str, seed: int, counts: Counter[str]) -> list[str]:
    """A story: the first request several times, another, and the first once more."""
    rng, mark = Random(seed), f"{seed}.{time.time():.0f}"
    name = rng.choice(list(STORIES))
    first, then = STORIES[name]
    asked = first(asking, mark)
    send = sender(asking, transport, asked)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acks = list(pool.map(lambda _: send(0), range(rng.choice((1, AT_ONCE)))))
    after = settled(asking)
    faults = [f"{name}: {what}" for what in twice(after, mark)]
    acks.append(sender(asking, transport, then(asking, f"{mark}.then"))(0))
    before, posts = settled(asking), len(asking.world.posts)
    again = rng.choice((1, 2))
    acks += [send(number if asked[0] == "events_api" else 0) for number in range(again)]
    later = settled(asking)
    counts.update({"stories": 1, "repeated": len(acks) - 2, f"of {name}": 1})
    faults += [f"{name}: a repetition changed {what}" for what in changes(before, later)]
    if len(asking.world.posts) != posts:
        faults.append(f"{name}: a repetition sent a message: {asking.world.posts[-1].text[:80]!r}")
    if not all(acks):
        faults.append(f"{name}: not acknowledged each time: {acks}")
    return faults


def sender(asking: Asking, transport: str, asked: Asked) -> Callable[[int], bool]:
    """Sends it again and again, over HTTP byte for byte; whether it was acknowledged. With how many tries before."""
    kind, payload = asked
    if transport == "socket":
        slack = asking.bot.slack
        return lambda tries: slack.do(
            slack.sockets.send(kind, payload, answers=True, retry=(tries, "timeout"))
        ) is not None  # fmt: skip
    body, content_type = encoded(kind, json.dumps(payload))
    secret = asking.world.signing_secret
    sent = request(body, content_type, secret)

    def send(tries: int) -> bool:
        if not tries:
            return post(asking.bot.port, sent) == 200
        told = {"X_Slack_Retry_Num": str(tries), "X_Slack_Retry_Reason": "http_timeout"}
        return post(asking.bot.port, request(body, content_type, secret, 0, **told)) == 200

    return send


def settled(asking: Asking) -> Rows:
    """Everything in the database, once nothing changes any more."""
    until, last, calm = time.monotonic() + PATIENCE, rows(asking.database), 0
    while calm < 3 and time.monotonic() < until:
        time.sleep(0.05)
        now = rows(asking.database)
        calm = calm + 1 if now == last and not _open(now, asking.world.now()) else 0
        last = now
    return last


def _open(found: Rows, now: datetime) -> bool:
    """Whether something is still to be worked off or sent."""
    orders, deliveries = found[tables.order.name], found[tables.delivery.name]
    return any(o["open_real"] for o in orders.values()) or any(
        d["lease_real"] or d["state"] in {"claimed", "uncertain"} or (d["claimable_at"] and d["claimable_at"] <= now)
        for d in deliveries.values()
    )


def rows(database: Database) -> Rows:
    """All rows by key, without what no request has a part in: a Home's hash, when a message was last brought up to date
    (what it shows has a revision), how often Slack was called, when a connection last heard anything.
    """
    found: Rows = {}
    with database.read() as session:
        for each in tables.metadata.sorted_tables:
            keys = [column.name for column in each.primary_key]
            listed = [dict(row) for row in session.execute(select(each)).mappings()]
            found[each.name] = {tuple(row[key] for key in keys): row for row in listed}
    found.pop(tables.rate_limit.name)
    for row in found[tables.workspace.name].values():
        row.pop("heard_wall")
    for row in found[tables.learner.name].values():
        row.pop("home_hash")
    for row in found[tables.delivery.name].values():
        del row["shown"], row["lags_real"]
    return found


def twice(found: Rows, mark: str) -> Iterator[str]:
    """What a request has brought about more than once."""
    for name in (tables.delivery.name, tables.order.name, tables.request.name):
        mine = [
            row
            for row in found[name].values()
            if any(mark in str(row.get(c)) for c in ("cause", "order_id", "request_id"))
        ]
        people = Counter(row.get("learner_id") for row in mine)
        if any(count > 1 for count in people.values()):
            yield f"{len(mine)} rows of {name} from one request"
        if name == tables.request.name and not mine:
            yield "it isn't known afterwards"


def changes(before: Rows, after: Rows) -> Iterator[str]:
    """What is different now."""
    for name, now in after.items():
        then = before[name]
        for key in then.keys() | now.keys():
            if then.get(key) != now.get(key):
                was, is_ = then.get(key) or {}, now.get(key) or {}
                fields = {c: (was.get(c), is_.get(c)) for c in was.keys() | is_.keys() if was.get(c) != is_.get(c)}
                yield f"{name} {key[1:]}: {str(fields)[:400]}"


FORGED = Figure("forged", "forged, stale and repeated requests without an effect", "requests", 10_000, CHUNK, play)
