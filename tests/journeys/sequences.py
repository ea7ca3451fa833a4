"""Stories made of random steps: three people tap, type, submit and wait, and after every step it must hold.

One seed is one story. `python -m tests.soak.stories --seed N` plays it again, step by step.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import HoldKind
from bot.store import deliveries
from localslack import inputs
from localslack.objects import GENERAL, SLACKBOT
from localslack.world import PostedMessage
from tests import rows
from tests.contracts.ledger import check_ledger
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, TEAM
from tests.journeys import settled, typing
from tests.journeys.seeing import Screen, Touch, lost, messages, screen, touchable
from tests.journeys.stage import Stage

PEOPLE = (ADMIN, MAYA, HENRIK)
STEPS = 25
WARNINGS: tuple[str, ...] = ()
"""Parts of the log's warnings that are no fault, each with its reason."""
RARE, RARELY = {"undo", "undo_yes", "quit_track", "start_again"}, 0.15
"""What undoes everything, or ends it, is tapped less often than it offers itself."""
REFUSALS = {("views.publish", "hash_conflict"): "two of somebody's acts at once: the later one looks again"}
NO_OPS: dict[str, tuple[str, str]] = {
    # verb: (what the message says already, why nothing more need happen)
    "more/pause": ("Paused", "the message already says that it is paused, with the way out"),
    "more/later": (
        r"It comes again at|Three hours from now would be too late",
        "the message already says when it comes again",
    ),
    "more/not_today": ("Not today, then", "the message already says on which day it comes"),
    "hour": ("Your hour is now", "the welcome already names this hour"),
    "answer": ("A preview.", "the preview already shows this choice's reason"),
}
"""Taps after which a screen may stay as it is: it says so already."""
TELLS_OTHERS = frozenset(
    {"talk", "undo", "undo_yes", "order_yes", "from_day", "submit", "begin", "move_start", "start_again"}
)


class BrokenError(AssertionError):
    """Something that must hold doesn't; the text is the whole story."""


@dataclass
class Sequence:
    """One story."""

    seed: int
    length: int = STEPS
    told: list[str] = field(default_factory=list)
    steps: int = 0
    tapped: Counter[str] = field(default_factory=Counter)
    """How often each kind of button was tapped."""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self._stage: Stage | None = None

    @property
    def stage(self) -> Stage:
        """Where it is played."""
        assert self._stage is not None
        return self._stage

    def play(self, stage: Stage) -> None:
        """All of it, on a stage that is swept first.

        Raises:
            BrokenError: something didn't hold.
        """
        self._stage = stage
        start = MONDAY + timedelta(days=self.random.randrange(28), seconds=self.random.randrange(40_000))
        stage.reset(start)
        try:
            self.note(f"the clock stands at {start:%a %Y-%m-%d %H:%M} UTC")
            self.command(ADMIN, f"/track assign @maya @henrik{self.random.choice([' @ines', ''])} first-words")
            for _ in range(self.random.choice((0, 1, 2))):
                self.wait(MAYA)
            for _ in range(self.length):
                self.step()
            self.end()
        except Exception as fault:
            raise BrokenError(self.story(fault)) from fault

    def story(self, fault: Exception) -> str:
        """Everything needed to understand what happened, and to see it again."""
        again = f"python -m tests.soak.stories --seed {self.seed} --steps {self.length}"
        lines = [f"seed {self.seed}; see it again with: {again}", *self.told]
        return "\n".join([*lines, f"BROKEN: {fault}", *(f"log: {line}" for line in self.stage.log.lines)])

    def note(self, line: str) -> None:
        """Another line of the story."""
        self.told.append(f"{len(self.told):3} {line}")

    def step(self) -> None:
        """One thing that somebody does."""
        who = self.random.choices(PEOPLE, (3, 4, 3))[0]
        open_dialog = self.stage.slack.modal(who) is not None
        ways: list[tuple[Callable[[str], None], int]] = [
            (self.tap_something, 40),
            (self.fill_in, 60 if open_dialog else 0),
            (self.close, 12 if open_dialog else 0),
            (self.type_command, 20),
            (self.say, 8),
            (self.wait, 22),
            (self.look_at_home, 6),
            (self.use_shortcut, 3),
            (self.travel, 2),
        ]
        way = self.random.choices([w for w, _ in ways], [n for _, n in ways])[0]
        way(who)
        self.check_log()
        self.steps += 1

    # What people do

    def tap_something(self, who: str) -> None:
        """Anything on the screen; what came last is tapped most."""
        choices = [t for t in touchable(self.stage.slack, who) if t.verb not in RARE or self.random.random() < RARELY]
        if not choices:
            return self.type_command(who)
        elements = list(dict.fromkeys(t.element for t in choices))
        element = self.random.choice(elements[-6:] if self.random.random() < 0.6 else elements)
        touch = self.random.choice([t for t in choices if t.element == element])
        self.tapped[touch.verb] += 1
        times = 2 if self.random.random() < 0.08 else 1
        return self.act(
            who, f"taps {touch}{' twice at once' * (times - 1)}", lambda: self._tap(who, touch, times), touch
        )

    def _tap(self, who: str, touch: Touch, times: int) -> str:
        people = self.stage.slack.people

        async def at_once() -> list[str]:
            if touch.where in {"home", "modal"}:
                taps = [
                    people.tap_view(who, touch.place, touch.block_id, touch.action_id, touch.value)
                    for _ in range(times)
                ]
            else:
                taps = [people.tap(who, touch.channel, touch.place, touch.block_id, touch.action_id, touch.value)
                        for _ in range(times)]  # fmt: skip
            return list(await asyncio.gather(*taps))

        return self.stage.slack.do(at_once())[0]

    def type_command(self, who: str) -> None:
        """A slash command, right or wrong."""
        self.command(who, typing.command(self.random, admin=who == ADMIN, today=self.today(who)))

    def command(self, who: str, typed: str) -> None:
        """This command."""
        channel = GENERAL if self.random.random() < 0.2 else None
        self.act(who, f"types {typed}", lambda: self.stage.slack.command(who, typed, channel))

    def say(self, who: str) -> None:
        """Words to the bot."""
        text = self.random.choice(typing.WORDS)
        self.act(who, f"says {text!r}", lambda: self.stage.slack.say(who, text))

    def look_at_home(self, who: str) -> None:
        """Open Home; it is published."""
        self.note(f"{who} opens Home")
        self.stage.bot.home(who)
        self.stage.bot.quiet()

    def use_shortcut(self, who: str) -> None:
        """The shortcut, in a message of somebody's."""
        channel = self.stage.slack.world.channels[GENERAL]
        text = self.random.choice(typing.WORDS)
        message = self.stage.slack.world.write(channel, MAYA, text)
        self.act(
            who, f"asks for the jargon in {text!r}", lambda: self.stage.slack.shortcut(who, message, "explain_jargon")
        )

    def travel(self, who: str) -> None:
        """The Slack profile says another zone."""
        zone = self.random.choice(["Asia/Tokyo", "America/Los_Angeles", "Europe/London", "Asia/Kolkata"])
        self.note(f"{who} travels to {zone}")
        self.stage.slack.do(self.stage.slack.people.change_profile(who, tz=zone))
        self.stage.bot.quiet()

    def close(self, who: str) -> None:
        """The dialog's close button, or the cross."""
        cross = self.random.random() < 0.5
        self.act(who, f"closes {'all dialogs' if cross else 'the dialog'}",
                 lambda: self.stage.slack.close_modal(who, all_views=cross))  # fmt: skip

    def fill_in(self, who: str) -> None:
        """Fill in and submit the dialog in front of somebody, or tap in one that only shows something."""
        view = self.stage.slack.modal(who)
        if view is None or view["submit"] is None:
            return self.tap_in_dialog(who)
        fields = [element for block, element in inputs.elements(view["blocks"]) if block["type"] == "input"]
        values: dict[str, Any] = {}
        for element in fields:
            if self.random.random() < (0.8 if element["action_id"] in typing.NEEDED else 0.35):
                offered = self._offered(who, element)
                values[element["action_id"]] = typing.value(self.random, element, self.today(who), offered)
        named = ", ".join(f"{k}={v}" for k, v in values.items())
        return self.act(
            who, f"submits {view['callback_id']} with {named}", lambda: self.stage.slack.submit(who, values)
        )

    def tap_in_dialog(self, who: str) -> None:
        """A button in a dialog."""
        buttons = [t for t in touchable(self.stage.slack, who) if t.where == "modal"]
        if not buttons:
            return self.close(who)
        touch = self.random.choice(buttons)
        self.tapped[touch.verb] += 1
        return self.act(who, f"taps {touch}", lambda: self._tap(who, touch, 1), touch)

    def _offered(self, who: str, element: dict[str, Any]) -> list[str]:
        if element["type"] != "external_select":
            return []
        typed = self.random.choice(["", "lis", "new york", "denm", "zzzz"])
        return [str(o["value"]) for o in self.stage.slack.suggest(who, element["action_id"], typed)]

    def wait(self, who: str) -> None:
        """Hours or days pass; who has paused gets nothing meanwhile."""
        now = self.stage.bot.app.ctx.clock.business()
        days = self.random.choices((0, 1, 2, 4, 8), (4, 6, 2, 1, 1))[0]
        second = self.random.randrange(60, 1740) + self.random.choice((0, 1800))
        hour = self.random.choice((8, 9, 10, 12, 16, 21))
        zone = ZoneInfo(self.stage.slack.world.users[who].tz)
        local = (now.astimezone(zone) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        at = (local + timedelta(seconds=second)).astimezone(UTC)
        at = at if at > now else now + timedelta(hours=3, seconds=second)
        self.note(f"the clock moves to {at.astimezone(zone):%a %d %b %H:%M:%S} of {who}")
        resting = {p: len(messages(self.stage.slack, p)) for p in PEOPLE if self._rests(p, at)}
        self.stage.bot.advance(at)
        self.stage.bot.quiet()
        for person, before in resting.items():
            came = [m.text for m in messages(self.stage.slack, person)[before:] if self._unasked(m)]
            assert not came, f"{person} has paused, and got {came}"

    def _rests(self, person: str, at: datetime) -> bool:
        with self.stage.bot.app.ctx.db.read() as session:
            hold = rows.holds_of(session, TEAM, person).get(HoldKind.PERSON)
        zone = ZoneInfo(self.stage.slack.world.users[person].tz)
        return hold is not None and (hold.until is None or at.astimezone(zone).date() < hold.until - timedelta(days=1))

    def _unasked(self, message: PostedMessage) -> bool:
        key = message.metadata["event_payload"]["key"] if message.metadata else ""
        with self.stage.bot.app.ctx.db.read() as session:
            delivery = deliveries.get(session, TEAM, key)
        return delivery is not None and delivery.unasked

    def today(self, who: str) -> date:
        """The date where somebody is."""
        now = self.stage.bot.app.ctx.clock.business()
        return now.astimezone(ZoneInfo(self.stage.slack.world.users[who].tz)).date()

    # What must hold after it

    def act(self, who: str, what: str, how: Callable[[], str], touch: Touch | None = None) -> None:
        """Do something, and see that it is answered."""
        self.note(f"{who} {what}")
        began = self.stage.bot.app.ctx.clock.business()
        before = {person: screen(self.stage.slack, person) for person in PEOPLE}
        complaint = how()
        assert not complaint, f"Slack says: {complaint}"
        self.stage.bot.quiet()
        silent = not self._answered(who, before[who], touch)
        if silent and self.stage.slack.modal_errors(who):
            self.note(f"    errors: {self.stage.slack.modal_errors(who)}")
        elif silent:
            assert self._known_no_op(touch), "nothing visible came of it"
        self.check_answers(who, before[who])
        if who != ADMIN or touch is not None:
            self.check_others(who, before, touch, began)

    def _answered(self, who: str, before: Screen, touch: Touch | None) -> bool:
        def seen() -> bool:
            now = screen(self.stage.slack, who)
            elsewhere = (now.messages, now.modal) != (before.messages, before.modal)
            return elsewhere or (touch is not None and touch.where == "home" and now.home != before.home)

        if seen():
            return True
        if self.stage.slack.modal_errors(who) or self._known_no_op(touch):
            return False
        self.stage.bot.eventually(seen, "nothing visible came of it")
        return True

    def _known_no_op(self, touch: Touch | None) -> bool:
        says, _why = NO_OPS.get(touch.verb, ("", "")) if touch else ("", "")
        return touch is not None and bool(says) and re.search(says, touch.words) is not None

    def check_answers(self, who: str, before: Screen) -> None:
        """What was answered is noted, and no problem is named without a way on."""
        slack, now = self.stage.slack, screen(self.stage.slack, who)
        fresh = [m for m in messages(slack, who) if now.messages[m.ts] != before.messages.get(m.ts)]
        for message in fresh:
            self.note(f"    {'whisper' if message.only_for else 'message'}: {_short(message)}")
            assert message.user != SLACKBOT, f"Slackbot says {message.text!r}"
            assert not lost(message.blocks), f"a problem without a next step: {lost(message.blocks)!r}"
        view = slack.modal(who)
        if view is not None and now.modal != before.modal:
            self.note(f"    dialog: {view['title']['text']}")
            if view["submit"] is None:
                assert not lost(view["blocks"]), f"a problem without a next step: {lost(view['blocks'])!r}"
        if who == ADMIN:
            assert not settled.indiscreet(self.stage), settled.indiscreet(self.stage)

    def check_others(self, who: str, before: dict[str, Screen], touch: Touch | None, began: datetime) -> None:
        """What somebody does for themselves, nobody else sees anything of."""
        if touch is not None and touch.verb in TELLS_OTHERS:
            return
        for person in PEOPLE:
            now = screen(self.stage.slack, person)
            if person != who and now != before[person]:
                came = [
                    m
                    for m in messages(self.stage.slack, person)
                    if now.messages[m.ts] != before[person].messages.get(m.ts)
                ]
                # what was due just now anyway has nothing to do with it
                unasked = [m.text for m in came if not self._by_itself(m, began)]
                assert came, f"{person}'s screen changed"
                assert not unasked, f"{person} sees something of it: {unasked}"

    def _by_itself(self, message: PostedMessage, began: datetime) -> bool:
        return message.only_for is None and message.business >= began and not message.edited

    def check_log(self) -> None:
        """Nothing went wrong inside, and Slack refused nothing."""
        wrong = [line for line in self.stage.log.lines if not any(part in line for part in WARNINGS)]
        assert not wrong, "the log has something to say"
        refused = [r for r in self.stage.slack.world.refusals if (r["method"], r["error"]) not in REFUSALS]
        assert not refused, f"Slack refused {refused}"

    def end(self) -> None:
        """Once the bot has caught up, database, screens and traffic agree."""
        self.note("the end: everybody looks how things stand")
        for who in PEOPLE:
            if self.stage.slack.modal(who) is not None:
                self.stage.slack.close_modal(who, all_views=True)
        found = settled.faults(self.stage, PEOPLE)
        assert not found, "\n  ".join(["what doesn't agree:", *found])
        self.check_log()
        check_ledger(self.stage.slack.world)


def _short(message: PostedMessage) -> str:
    said = " ".join(message.text.split())
    return said if len(said) < 160 else f"{said[:100]} ... {said[-50:]}"
