"""What the model is held against: the services, the tick and the sender on a real database, and a Slack that fails
when told to.
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from bot.actions.orders import ask_undo, execute, submit
from bot.actions.preferences import Preferences, save_preferences
from bot.actions.profiles import changed, meet
from bot.context import AppContext
from bot.delivery import Sender, Ticker, Timeouts
from bot.domain.agenda import Defaults
from bot.domain.content import Catalogue, Item, Lesson, Track
from bot.domain.delivery import Slot, State
from bot.domain.orders import Order, OrderVerb
from bot.domain.people import Profile
from bot.domain.questions import Choice, OneRight
from bot.domain.rate_limit import RateLimit, RateLimits
from bot.domain.workspaces import Workspace
from bot.errors import SlackBusyError, SlackRefusedError, SlackUncertainError
from bot.messages import ids
from bot.slack.handlers.deps import Caller
from bot.slack.handlers.request import Reply, open_request
from bot.slack.handlers.typed_messages import handle_typed
from bot.store import askings, deliveries, migrate, orders, tables, workspaces
from bot.store.database import Database, Session
from bot.view_models import ClosingView, ItemView, ReminderView, ReviewsView, View
from tests import rows
from tests.helpers import ADMIN, TEAM, FakeSlack, chosen, deps_of, tapped, typed
from tests.soak.rules import USUAL_HOUR, WEEK, Book, Came

WHO = "U1"
UNLIMITED = RateLimits(RateLimit(1_000_000, 1_000_000), share=10_000)
"""Real time stands still while somebody taps, and how fast Slack may be asked is another figure's matter."""
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SINGLE = frozenset("g")
"""Lessons with one wording, which never come back."""
REAL = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """Business time goes where it is sent; real time goes with it."""

    steps = True

    def __init__(self) -> None:
        self.at = self.goal = START

    def business(self) -> datetime:
        """Where it stands."""
        return self.at

    def real(self) -> datetime:
        """As long since its beginning as the other."""
        return REAL + (self.at - START)

    def wall(self) -> datetime:
        """As real time."""
        return self.real()

    def target(self) -> datetime:
        """Where it is sent."""
        return self.goal

    def stand(self, at: datetime) -> None:
        """It stands there."""
        self.at = at


class Failing(FakeSlack):
    """A Slack with a deactivated person, a revoked token, replies that are lost, and too much to do."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.bad_token = False
        self.next: list[str] = []
        """What becomes of the next posts: lost, swallowed, busy."""
        self.came: list[tuple[datetime, View, str]] = []
        self.failed = 0
        self.shown: dict[str, View] = {}

    @property
    def trouble(self) -> bool:
        """Something is wrong with it."""
        return self.bad_token or bool(self.next) or self.profiles[WHO].deleted

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """As in the Protocol, with what goes wrong."""
        self._refuse(channel_id)
        fate = self.next.pop(0) if self.next else ""
        self.failed += bool(fate)
        if fate == "busy":
            raise SlackBusyError(5)
        if fate == "swallowed":
            raise SlackUncertainError("timeout")
        ts = super().post(workspace_id, channel_id, view, key)
        self.shown[ts] = view
        if channel_id == f"D{WHO}":
            self.came.append((self.clock.at, view, key))
        if fate == "lost":
            raise SlackUncertainError("timeout")
        return ts

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """As in the Protocol."""
        self._refuse(channel_id)
        super().update(workspace_id, channel_id, ts, view)
        self.shown[ts] = view

    def _refuse(self, channel_id: str) -> None:
        if self.bad_token:
            self.failed += 1
            raise SlackRefusedError("token_revoked")
        if channel_id == f"D{WHO}" and self.profiles[WHO].deleted:
            self.failed += 1
            raise SlackRefusedError("user_disabled")

    def works(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return not self.bad_token


class Faults(logging.Handler):
    """What the bot logged as a failure of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember it."""
        self.said.append(self.format(record))


class Ground:
    """One learner's bot."""

    def __init__(self, book: Book, folder: Path) -> None:
        self.file = folder / f"ml-model-{uuid4().hex}.db"
        shutil.copy(template(folder), self.file)
        self.clock = Clock()
        self.book = book
        self.ctx = AppContext(
            db=Database(f"sqlite:///{self.file}"),
            clock=self.clock,
            catalogue_of=lambda _: self.catalogue,
            admins_of=lambda _: frozenset({ADMIN}),
            defaults_of=lambda _: Defaults(USUAL_HOUR, WEEK),
        )
        self.slack = Failing(self.clock)
        self.slack.add(WHO, "Europe/London")
        self.slack.add(ADMIN)
        self.sender = Sender(self.ctx, self.slack, Timeouts(), threads=1, limits=UNLIMITED)
        self.ticker = Ticker(self.ctx, self.clock, self.sender, timedelta(days=400))
        self.catalogue = catalogue_of(book)
        meet(self.ctx, self.slack, TEAM, WHO)
        self.requests = 0
        self.last: tuple[str, ids.TapMeaning] | None = None
        self.last_at = self.clock.at
        self.faults = Faults()
        logging.getLogger("bot").addHandler(self.faults)

    def close(self) -> None:
        """Leave nothing behind."""
        logging.getLogger("bot").removeHandler(self.faults)
        self.sender.stop()
        self.ctx.db.close()
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()

    # Time

    def tick_at(self, at: datetime) -> None:
        """Ticks come until then."""
        self.clock.goal = at
        self.ticker.tick()

    def stand_still_until(self, at: datetime) -> None:
        """No tick comes until then."""
        self.clock.at = self.clock.goal = at

    # What people do

    def request(self) -> str:
        """A fresh request's id."""
        self.requests += 1
        return f"request-{self.requests}"

    def tap(self, verb: str, subject: str, argument: str = "", asking: str = "") -> Reply:
        """The learner taps. `asking`: the question in the message; "" for the first."""
        meaning = ids.TapMeaning(verb=verb, subject=subject, argument=argument, asking_id=asking)
        self.last = self.request(), meaning
        self.last_at = self.clock.at
        return self._tapped(*self.last)

    def repeat(self) -> Reply:
        """The last tap arrives once more."""
        assert self.last
        return self._tapped(*self.last)

    @property
    def repeatable(self) -> bool:
        """True while Slack might still send the last tap again: it gives up within the hour, a day is more than that."""
        return self.last is not None and self.clock.at - self.last_at < timedelta(days=1)

    def _tapped(self, request: str, tap: ids.TapMeaning) -> Reply:
        # whoever taps a message has it, whatever became of the reply to its post
        ts = self.slack.where(tap.subject)
        return tapped(self.ctx, self.slack, WHO, request, tap, saw=(tap.subject, f"D{WHO}", ts) if ts else None)

    def type(self, text: str, request: str = "") -> Reply:
        """The learner types a command."""
        return typed(self.ctx, self.slack, WHO, request or self.request(), text)

    def say(self, text: str, request: str = "") -> None:
        """The learner writes to the bot."""
        with self.ctx.db.write() as session:
            opened = open_request(deps_of(self.ctx, self.slack), session, Caller(TEAM, WHO, request or self.request()))
            if opened.fresh:
                handle_typed(opened.state, text, opened.caller.request_id)

    def chooses(self, at: time | None, days: frozenset[int] | None, tz: str | None, *, paused: bool) -> None:
        """The learner submits the settings."""
        with self.ctx.db.write() as session:
            request = open_request(deps_of(self.ctx, self.slack), session, Caller(TEAM, WHO, self.request()))
            hold = rows.holds_of(session, TEAM, WHO)
            until = next((h.until for k, h in hold.items() if k == "person"), None) if paused else None
            chosen = Preferences(at=at, days=days, tz=tz, country=None, titled=False, paused=paused, until=until)
            save_preferences(request.state, chosen)

    def order(self, verb: str, track: str, **more: Any) -> Order:
        """An admin assigns or removes."""
        order = Order(
            workspace_id=TEAM,
            order_id=self.request(),
            admin_id=ADMIN,
            verb=OrderVerb(verb),
            track_id=track,
            people={"ids": [WHO]},
            created_at=self.clock.at,
            **more,
        )
        with self.ctx.db.write() as session:
            order = submit(session, self.ctx, order)
        execute(self.ctx, self.slack, order)
        return order

    def outcome(self, order: Order) -> str:
        """What became of it for the learner."""
        with self.ctx.db.read() as session:
            return orders.effects(session, order)[WHO].outcome

    def undo(self, order: Order, *, sure: bool) -> str:
        """*Undo* is tapped; what became of it."""
        with self.ctx.db.write() as session:
            ask_undo(session, self.ctx, self._stored(session, order), sure=sure)
            stored = self._stored(session, order)
        if stored.undo == "doing":
            execute(self.ctx, self.slack, stored)
        with self.ctx.db.read() as session:
            return self._stored(session, order).undo

    def _stored(self, session: Session, order: Order) -> Order:
        stored = orders.get(session, TEAM, order.order_id)
        assert stored is not None
        return stored

    def profile(self, *, tell: bool = True, **more: Any) -> None:
        """Slack's profile changes; `tell`: and Slack says so."""
        profile: Profile = replace(self.slack.profiles[WHO], **more)
        self.slack.profiles[WHO] = profile
        if tell:
            with self.ctx.db.write() as session:
                changed(session, self.ctx, profile, self.clock.at)

    def follow(self) -> None:
        """What comes after a request: what is due goes out, and messages are brought up to date."""
        self.sender.deliver()
        self.sender.refresh(TEAM, WHO)

    # What there is

    def arrived(self) -> list[Came]:
        """What came since the last look."""
        fresh, self.slack.came = self.slack.came, []
        return [self._came(*one) for one in fresh]

    def _came(self, at: datetime, view: View, key: str) -> Came:
        with self.ctx.db.read() as session:
            delivery = deliveries.get(session, TEAM, key)
            assert delivery is not None
            asking = askings.get(session, TEAM, delivery.asking_id) if delivery.asking_id else None
        alone = isinstance(view, ReviewsView)
        came = Came(at, delivery.slot.value, delivery.claimed_date, key, delivery.asking_id, reviews=alone)
        if isinstance(view, ClosingView):
            came = replace(came, track=view.track)
        if isinstance(view, ReminderView):
            return replace(came, last=view.last)
        if isinstance(view, ItemView) and asking is not None:
            version = int(view.item.title.partition(" ")[2])
            announced = view.announce is not None
            came = replace(came, item=view.item.id, track=asking.track_id, version=version, announced=announced)
        return came

    def holds(self) -> dict[str, Any]:
        """The holds that are stored, by kind; the workspace's too."""
        with self.ctx.db.read() as session:
            found: dict[str, Any] = {k.value: h.until for k, h in rows.holds_of(session, TEAM, WHO).items()}
            if any(w.held for w in workspaces.known(session)):
                found["workspace"] = None
        return found

    def answers(self) -> dict[str, tuple[int, bool]]:
        """The first answers: what was chosen, and whether it was right."""
        rows = tables.response
        with self.ctx.db.read() as session:
            found = session.execute(select(rows).where(rows.c.attempt == 1)).all()
        return {row.asking_id: (row.choice, row.right) for row in found}

    def enrolments(self) -> dict[str, tuple[bool, bool]]:
        """Of each track whether it was removed, and whether it is finished."""
        with self.ctx.db.read() as session:
            found = session.execute(select(tables.enrolment)).all()
        return {row.track_id: (row.removed_at is not None, row.finished_at is not None) for row in found}

    def chosen_in(self, asking: str) -> set[int | None]:
        """What the messages of an asking show as chosen, as far as they show the item."""
        with self.ctx.db.read() as session:
            sent = [d for d in deliveries.of_asking(session, TEAM, asking) if d.state is State.SENT and not d.lags_real]
        shown = (self.slack.shown.get(d.ts or "") for d in sent if d.slot is not Slot.REMINDER)
        return {chosen(view) for view in shown if isinstance(view, ItemView)}


def template(folder: Path) -> Path:
    """A migrated database with the workspace in it, to be copied."""
    file = folder / "ml-model-template.db"
    if not file.exists():
        opened = Database(f"sqlite:///{file}")
        migrate.upgrade(opened)
        with opened.write() as session:
            workspaces.save(session, Workspace(TEAM, "Test", "UBOT"))
        opened.close()
    return file


def catalogue_of(book: Book) -> Catalogue:
    """The model's book, as the bot reads it."""
    items: dict[str, Item] = {i: _lesson(i, version, book.right(i)) for i, version in book.items.items()}
    tracks = {t: Track(id=t, title=t, summary=t, items=tuple(own), open=t != "ab") for t, own in book.tracks.items()}
    return Catalogue(items, tracks)


def _lesson(item: str, version: int, right: int) -> Lesson:
    choices = tuple(Choice(f"choice {n}", f"reason {n}", right=n == right) for n in range(3))
    return Lesson(
        id=item,
        title=f"{item} {version}",
        body="Some text.",
        question=OneRight("which", "Which one?", choices),
        further=() if item in SINGLE else (OneRight("other", "And which of these?", choices),),
    )
