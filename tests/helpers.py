"""Hand-written fakes, and sentences that tests speak in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import app
from bot.actions import answer as answers
from bot.actions.orders import ask_undo, execute, submit
from bot.actions.profiles import meet
from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.domain.audience import PeopleSource
from bot.domain.content import Catalogue, Item, Lesson, Term, Track
from bot.domain.delivery import Delivery, Slot, State
from bot.domain.dm_history import HistoryPage, OwnMessage, OwnPage
from bot.domain.intents import WordsPage
from bot.domain.orders import Order, OrderVerb
from bot.domain.people import Enrolment, Learner, Profile
from bot.domain.questions import Choice, Chosen, OneRight
from bot.errors import SlackError, SlackRefusedError
from bot.messages import ids
from bot.messages.builder import Home, Modal
from bot.messages.forgetting import blank_home
from bot.messages.status_file import File
from bot.planning.holds import came
from bot.planning.learner_state import LearnerState, load
from bot.planning.plan_day import plan_day
from bot.queries.message_view import message_view
from bot.slack.handlers.commands import read
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import Reply, dispatch
from bot.slack.handlers.taps import handler_of
from bot.store import deliveries, delivery_queue, learners, orders, tables
from bot.store.database import Session
from bot.view_models import ItemView, SummaryView, View
from localslack import LocalSlack
from localslack.world import PostedMessage
from tests import rows
from tests.in_hand import InHand
from tests.patience import eventually

TEAM = "T0HARBOUR"
ADMIN = "U0INES"
MAYA, HENRIK, AIKO = "U0MAYA", "U0HENRIK", "U0AIKO"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONES = {MAYA: "America/New_York", HENRIK: "Europe/Copenhagen", AIKO: "Asia/Tokyo", ADMIN: "Europe/Lisbon"}


@dataclass
class FakeClock:
    """All clocks stand still until a test moves them. `set_by`: by how much somebody set the wall's."""

    at: datetime
    real_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    steps: bool = False
    set_by: timedelta = timedelta(0)

    def business(self) -> datetime:
        """Where it was put."""
        return self.at

    def real(self) -> datetime:
        """Where it was put."""
        return self.real_at

    def wall(self) -> datetime:
        """Where it was put, and set."""
        return self.real_at + self.set_by

    def target(self) -> datetime:
        """Where it was put."""
        return self.at

    def stand(self, at: datetime) -> None:
        """Put it there."""
        self.at = at


def question(name: str = "which", choices: int = 3) -> OneRight:
    """A question whose second choice is right."""
    made = tuple(Choice(f"choice {n}", f"reason {n}", right=n == 1) for n in range(choices))
    return OneRight(name, "Which one?", made)


def answer(state: LearnerState, delivery_id: str, choice: int, request_id: str) -> bool:
    """Answer a question with one right choice by the choice's index."""
    return answers.answer(state, delivery_id, [str(choice)], request_id)


def one_right(item: Item) -> OneRight:
    """Return an item's question, which is of this kind."""
    assert isinstance(item.question, OneRight)
    return item.question


def chosen(view: ItemView) -> int | None:
    """Return the choice that a message shows as the answer."""
    assert view.response is None or isinstance(view.response, Chosen)
    return view.response.choice if view.response else None


def lesson(name: str, **more: Any) -> Lesson:
    """A short lesson."""
    return Lesson(id=name, title=name.replace("-", " ").title(), body="Some text.", question=question(), **more)


def term(name: str, **more: Any) -> Term:
    """A short term."""
    return Term(
        id=name,
        term=name.upper(),
        meaning="It means this.",
        heard="We have it.",
        use_when="you must.",
        avoid_when="you mustn't.",
        question=question(),
        **more,
    )


def small_catalogue() -> Catalogue:
    """Track `abc` has a, b and c; track `cd` has c and d; both may be started by anybody."""
    items: dict[str, Item] = {i.id: i for i in (lesson("a"), term("b"), lesson("c"), lesson("d"))}
    tracks = {
        "abc": Track(id="abc", title="A to C", summary="Three things.", items=("a", "b", "c"), open=True, next=("cd",)),
        "cd": Track(id="cd", title="C and D", summary="Two things.", items=("c", "d"), open=True),
    }
    return Catalogue(items, tracks)


@dataclass
class FakeSlack:
    """Knows profiles, accepts posts, and fails when told to."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    posted: list[tuple[str, View, str]] = field(default_factory=list)
    updated: list[tuple[str, View]] = field(default_factory=list)
    fail_with: list[SlackError] = field(default_factory=list)
    hide: bool = False
    page: int = 1000
    read: list[tuple[str, str, datetime]] = field(default_factory=list)
    quiet: dict[str, datetime] = field(default_factory=dict)
    homes: list[Home] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    files: list[tuple[str, File]] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, person_id: str, tz: str = "Europe/London", **more: Any) -> None:
        """Somebody Slack knows."""
        self.profiles[person_id] = Profile(
            workspace_id=TEAM, person_id=person_id, name=person_id.title(), tz=tz, **more
        )

    def profile(self, workspace_id: str, person_id: str) -> Profile | None:
        """As in the Protocol."""
        return self.profiles.get(person_id)

    def open_dm(self, workspace_id: str, person_id: str) -> str:
        """As in the Protocol."""
        return f"D{person_id}"

    def post(self, workspace_id: str, channel_id: str, view: View, key: str) -> str:
        """As in the Protocol."""
        if self.fail_with:
            raise self.fail_with.pop(0)
        self.posted.append((channel_id, view, key))
        return f"{len(self.posted)}.0"

    def history(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> HistoryPage:
        """As in the Protocol; `page` messages at a time."""
        self.read.append((channel_id, cursor, since))
        there = [(p[2], f"{n}.0") for n, p in enumerate(self.posted, 1) if p[0] == channel_id and not self.hide][::-1]
        first = int(cursor or 0)
        last = first + self.page
        return HistoryPage(dict(there[first:last]), str(last) if last < len(there) else "")

    def where(self, key: str) -> str | None:
        """The `ts` of a message, if it is there."""
        return next((f"{n}.0" for n, p in enumerate(self.posted, 1) if p[2] == key and not self.hide), None)

    def own_messages(self, workspace_id: str, channel_id: str, cursor: str) -> OwnPage:
        """As in the Protocol, all on one page."""
        there = [
            (f"{n}.0", p[2])
            for n, p in enumerate(self.posted, 1)
            if p[0] == channel_id and f"{n}.0" not in self.deleted
        ]
        return OwnPage(tuple(OwnMessage(ts, key) for ts, key in there[::-1]), "")

    def delete(self, workspace_id: str, channel_id: str, ts: str) -> None:
        """As in the Protocol."""
        self.deleted.append(ts)

    def delete_file(self, workspace_id: str, file_id: str) -> None:
        """As in the Protocol."""
        self.deleted.append(file_id)

    def blank_home(self, workspace_id: str, person_id: str) -> None:
        """As in the Protocol."""
        self.homes.append(blank_home())

    def words_since(self, workspace_id: str, channel_id: str, since: datetime, cursor: str) -> WordsPage:
        """As in the Protocol."""
        return WordsPage((), "")

    def update(self, workspace_id: str, channel_id: str, ts: str, view: View) -> None:
        """As in the Protocol."""
        if self.fail_with:
            raise self.fail_with.pop(0)
        self.updated.append((ts, view))

    def permalink(self, workspace_id: str, channel_id: str, ts: str) -> str:
        """As in the Protocol."""
        return f"https://example.org/{channel_id}/{ts}"

    def works(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return True

    def knows_quiet(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return True

    def members(self, workspace_id: str, source: PeopleSource, most: int) -> tuple[str, ...]:
        """As in the Protocol."""
        return ()

    def quiet_until(self, workspace_id: str, person_id: str, at: datetime) -> datetime | None:
        """As in the Protocol."""
        until = self.quiet.get(person_id)
        return until if until and until > at else None

    def answer(self, response_url: str, message: Mapping[str, Any]) -> None:
        """As in the Protocol."""

    def open_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """As in the Protocol."""

    def push_modal(self, workspace_id: str, trigger_id: str, modal: Modal) -> None:
        """As in the Protocol."""

    def update_modal(self, workspace_id: str, view_id: str, modal: Modal) -> None:
        """As in the Protocol."""

    def send_file(self, workspace_id: str, channel_id: str, file: File) -> None:
        """As in the Protocol."""
        if self.fail_with:
            raise self.fail_with.pop(0)
        self.files.append((channel_id, file))

    def sends_files(self, workspace_id: str) -> bool:
        """As in the Protocol."""
        return True

    def publish_home(self, workspace_id: str, person_id: str, home: Home, known: str | None) -> str:
        """As in the Protocol."""
        if known is not None and known != self.hashes.get(person_id):
            raise SlackRefusedError("hash_conflict")
        self.homes.append(home)
        self.hashes[person_id] = f"hash-{len(self.homes)}"
        return self.hashes[person_id]


def deps_of(ctx: AppContext, slack: FakeSlack) -> Deps:
    """What listeners are given."""
    return Deps(ctx=ctx, slack=slack, screens=slack, sender=Sender(ctx, slack, Timeouts(), threads=2))


def tapped(
    ctx: AppContext,
    slack: FakeSlack,
    who: str,
    request: str,
    tap: ids.TapMeaning,
    saw: tuple[str, str, str] | None = None,
) -> Reply:
    """A tap, as its listener deals with it. `saw`: the message it is in, as `Caller` has it."""
    caller = Caller(TEAM, who, request, saw=saw)
    meet(ctx, slack, TEAM, who)
    with ctx.db.write() as session:
        return dispatch(handler_of(tap), deps_of(ctx, slack), session, caller, tap, tap.verb).reply


def typed(ctx: AppContext, slack: FakeSlack, who: str, request: str, text: str) -> Reply:
    """A slash command, as its listener deals with it."""
    name, _, rest = text.partition(" ")
    reading = read(name, rest)
    meet(ctx, slack, TEAM, who)
    with ctx.db.write() as session:
        return dispatch(
            reading.handler, deps_of(ctx, slack), session, Caller(TEAM, who, request), reading.rest, name
        ).reply


def state_of(session: Session, ctx: AppContext, learner_id: str, about: str = "") -> LearnerState:
    """Load a learner's state as things stand."""
    state = load(session, ctx, TEAM, learner_id, about=about)
    assert state is not None
    return state


def view_shown(session: Session, ctx: AppContext, delivery: Delivery) -> View:
    """Return what a message shows now."""
    state = load(session, ctx, delivery.workspace_id, delivery.learner_id, lock=False, about=delivery.delivery_id)
    assert state is not None
    return message_view(state, delivery)


class Story:
    """One learner's days, told against the services and a real database."""

    def __init__(self, ctx: AppContext, clock: FakeClock, who: str = "U1", tz: str = "Europe/London") -> None:
        self.ctx, self.clock, self.who = ctx, clock, who
        self.slack = FakeSlack()
        self.slack.add(who, tz)
        self.slack.add(ADMIN)
        self._requests = 0

    def request(self) -> str:
        """A fresh request id."""
        self._requests += 1
        return f"request-{self.who}-{self._requests}"

    def assign(
        self, track: str = "abc", *, people: tuple[str, ...] | None = None, verb: str = "assign", **more: Any
    ) -> Order:
        """The admin assigns (or removes) a track, and it is worked off."""
        order = Order(workspace_id=TEAM, order_id=self.request(), admin_id=ADMIN, verb=OrderVerb(verb), track_id=track, people={"ids": list(people or (self.who,))},
                      created_at=self.clock.at, **more)  # fmt: skip
        with self.ctx.db.write() as session:
            order = submit(session, self.ctx, order)
        execute(self.ctx, self.slack, order)
        return order

    def summary(self, order: Order) -> SummaryView:
        """What the admin's summary of an order says now."""
        with self.ctx.db.read() as session:
            notice = deliveries.by_request(session, TEAM, ADMIN, order.order_id)
            assert notice is not None
            view = view_shown(session, self.ctx, notice)
        assert isinstance(view, SummaryView)
        return view

    def undo(self, order: Order, *, sure: bool = False) -> SummaryView:
        """*Undo* is tapped (`sure`: and confirmed); what the summary says then."""
        with self.ctx.db.write() as session:
            stored = orders.get(session, TEAM, order.order_id)
            assert stored is not None
            ask_undo(session, self.ctx, stored, sure=sure)
            stored = orders.get(session, TEAM, order.order_id)
        assert stored is not None
        if stored.undo == "doing":
            execute(self.ctx, self.slack, stored)
        return self.summary(order)

    def go(self, when: str, tz: str | None = None) -> None:
        """Move to a local time such as "2026-03-03 09:00", and let the tick plan."""
        zone = ZoneInfo(tz or self.learner.tz)
        self.clock.at = datetime.fromisoformat(when).replace(tzinfo=zone).astimezone(UTC)
        self.plan()

    def go_held(self, when: str) -> None:
        """Move to a local time while the workspace is held: the tick finds nobody to plan for."""
        self.go(when)
        with self.ctx.db.read() as session:
            assert learners.due(session, self.clock.at, 10) == []

    def plan(self) -> None:
        """Let the tick plan now."""
        while True:
            with self.ctx.db.read() as session:
                due = learners.due(session, self.clock.at, 10)
            if not due:
                return
            for workspace_id, learner_id in due:
                with self.ctx.db.write() as session:
                    state = load(session, self.ctx, workspace_id, learner_id, self.clock.at)
                    assert state is not None
                    plan_day(state)

    def deliver(self) -> None:
        """Everything planned is posted."""
        with self.ctx.db.write() as session:
            for delivery in delivery_queue.claim(
                session, TEAM, at=self.clock.at, real=self.clock.real_at, lease=timedelta(minutes=2), most=50
            ):
                deliveries.update_row(session, delivery, state=State.SENT, ts=f"{delivery.delivery_id}.0",
                                      channel_id="D1", shown=delivery.revision, lease_real=None)  # fmt: skip
                came(state_of(session, self.ctx, delivery.learner_id), delivery)

    def day(self, when: str) -> Delivery | None:
        """Move to this local time, plan and send; what came, if anything did."""
        before = {d.delivery_id for d in self.all() if d.state is State.SENT}
        self.go(when)
        self.deliver()
        came = [
            d for d in self.all() if d.delivery_id not in before and d.state is State.SENT and d.slot is not Slot.NOTICE
        ]
        assert len(came) <= 1, came
        return came[0] if came else None

    def all(self) -> list[Delivery]:
        """All of the learner's deliveries."""
        with self.ctx.db.read() as session:
            return rows.deliveries_of(session, TEAM, self.who)

    def do(self, verb: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """An action in a transaction: the learner's state is given."""
        with self.ctx.db.write() as session:
            return verb(state_of(session, self.ctx, self.who), *arguments, **more)

    @property
    def learner(self) -> Learner:
        """The learner as stored."""
        with self.ctx.db.read() as session:
            found = learners.get(session, TEAM, self.who)
        return found or Learner(workspace_id=TEAM, learner_id=self.who, name="", tz=self.slack.profiles[self.who].tz)

    def claimed_dates(self) -> Mapping[date, str]:
        """What each date's one message was."""
        with self.ctx.db.read() as session:
            rows = session.execute(select(tables.delivery).where(tables.delivery.c.claimed_date.is_not(None)))
            return {
                row.claimed_date: row.slot if row.state != "missed" else "missed"
                for row in rows
                if row.learner_id == self.who
            }


def started(story: Story) -> Delivery:
    """The first item has come, on Tuesday 3 March."""
    story.assign()
    assert story.day("2026-03-02 08:00") is not None
    item = story.day("2026-03-03 09:00")
    assert item is not None
    return item


def enrolment(track: str, day: str = "2026-03-02", **more: Any) -> Enrolment:
    """An enrolment of nobody in particular."""
    return Enrolment(
        workspace_id=TEAM,
        learner_id="U1",
        track_id=track,
        first_day=date.fromisoformat(day),
        **{"assigned_by": ADMIN, **more},
    )


@dataclass
class Running:
    """The bot on a local Slack, and its people's hands."""

    slack: LocalSlack
    app: app.RunningApp
    in_hand: InHand

    def quiet(self) -> None:
        """Wait until the bot has nothing in hand."""
        # what it sent may make Slack send something, for which a thread is about to be asked; and a request that was
        # acknowledged hands over what follows it before it is in flight no more
        for _ in range(2):
            eventually(lambda: not self.app.bolt.in_flight and not self.in_hand, "the bot never came to rest")
            sleep(0.001)

    def advance(self, at: datetime) -> None:
        """Move the clock there and let the bot do all that is due on the way."""
        self.slack.move_to(at)
        eventually(lambda: self.slack.arrived, "the bot didn't get there", meanwhile=self.app.ticker.tick)

    def tick(self) -> None:
        """Let the bot do all that is due now, once a tick that is at work is over: it would skip this one."""
        with self.app.ticker._one:
            pass
        self.app.ticker.tick()

    def to(self, user: str, when: str) -> None:
        """Move to this local time of a person."""
        zone = ZoneInfo(self.slack.world.users[user].tz)
        self.advance(datetime.fromisoformat(when).replace(tzinfo=zone).astimezone(UTC))

    def eventually(self, true: Callable[[], Any], what: str = "") -> Any:
        """Wait until something holds."""
        return eventually(true, what)

    def command(self, user: str, typed: str) -> PostedMessage:
        """Type a command; what only this person was answered."""
        # an answer to what was done before would be taken for the answer to this
        self.quiet()
        before = len(self.slack.whispers(user))
        complaint = self.slack.command(user, typed)
        assert not complaint, complaint
        self.eventually(lambda: len(self.slack.whispers(user)) > before, f"no answer to {typed}")
        return self.slack.whispers(user)[-1]

    def home(self, user: str) -> dict[str, Any]:
        """Open Home; what is published there."""
        before = self.published(user)
        assert self.slack.open_home(user) == ""
        self.eventually(lambda: self.published(user) > before, "no Home was published")
        return self.slack.home(user) or {}

    def published(self, user: str) -> int:
        """How often this person's Home was published."""
        calls = self.slack.world.calls
        return sum(m == "views.publish" and a["user_id"] == user and bool(answer["ok"]) for m, a, answer in calls)

    def tap_home(self, user: str, action_id: str, value: str = "") -> None:
        """Tap something in a Home that is open, and wait until the bot has published it anew."""
        home, before = self.slack.home(user), self.published(user)
        assert home is not None
        assert self.slack.tap_view(user, home, action_id, value) == ""
        self.eventually(lambda: self.published(user) > before, f"{action_id} published nothing")

    def dialog(self, user: str, title: str = "") -> dict[str, Any]:
        """The dialog in front of a person, as soon as it is there."""

        def there() -> dict[str, Any] | None:
            view = self.slack.modal(user)
            return view if view and title in view["title"]["text"] else None

        return deepcopy(dict(self.eventually(there, f"no dialog {title}")))

    def asks_for_dialog(self, user: str, typed: str, title: str = "") -> dict[str, Any]:
        """Type a command that opens a dialog; the dialog."""
        before = (self.slack.modal(user) or {}).get("id")
        assert self.slack.command(user, typed) == ""
        self.eventually(lambda: (self.slack.modal(user) or {}).get("id") != before, f"{typed} opened nothing")
        return self.dialog(user, title)

    def assign(self, typed: str = "@maya @henrik @aiko speak-the-language") -> PostedMessage:
        """The admin assigns; the summary."""
        before = len(self.slack.messages(ADMIN))
        self.command(ADMIN, f"/track assign {typed}")
        self.eventually(lambda: len(self.slack.messages(ADMIN)) > before, "no summary")
        return self.slack.messages(ADMIN)[-1]

    def last(self, user: str) -> PostedMessage:
        """The last message in a person's DM."""
        return self.slack.messages(user)[-1]

    def tap(self, user: str, message: PostedMessage, action_id: str, value: str = "") -> None:
        """Tap, and wait until the message has changed."""
        # what was done before may change it too
        self.quiet()
        before = message.text, message.blocks
        whispered = len(self.slack.whispers(user))
        complaint = self.slack.tap(user, message, action_id, value)
        assert not complaint, complaint
        try:
            self.eventually(lambda: (message.text, message.blocks) != before, f"{action_id} changed nothing")
        except AssertionError as error:
            said = [whisper.text for whisper in self.slack.whispers(user)[whispered:]]
            raise AssertionError(f"{error}\nsaid to {user} alone: {said}\n{message.text}") from None


def words_of(view: Mapping[str, Any]) -> str:
    """All words that a Home or a dialog shows."""
    found: list[str] = []

    def walk(thing: Any) -> None:
        if isinstance(thing, Mapping):
            if thing.get("type") in {"mrkdwn", "plain_text"} and isinstance(thing.get("text"), str):
                found.append(thing["text"])
            for part in thing.values():
                walk(part)
        elif isinstance(thing, list | tuple):
            for part in thing:
                walk(part)

    walk(view.get("blocks"))
    return "\n".join(found)


def local_time(message: PostedMessage, tz: str) -> time:
    """When a message came, on a wall clock, to the minute."""
    return message.business.astimezone(ZoneInfo(tz)).time().replace(second=0, microsecond=0)


def local_day(message: PostedMessage, tz: str) -> date:
    """The date a message came on, there."""
    return message.business.astimezone(ZoneInfo(tz)).date()
