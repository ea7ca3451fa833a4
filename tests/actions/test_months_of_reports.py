"""Months of a programme, taught and answered day by day; what its reports say is worked out again from the answers."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.actions.erasing import erase
from bot.actions.figures import make_figures
from bot.context import AppContext
from bot.domain.content import Catalogue, Item, Track
from bot.domain.delivery import Delivery, Reason, Slot, State
from bot.domain.insight import FigureKind
from bot.planning.holds import wake
from bot.store import askings, figures
from bot.view_models import ItemView, ReviewsView
from tests.actions.test_reviews import MISS, RIGHT, reviews, told
from tests.actions.test_samples import FURTHER
from tests.helpers import TEAM, FakeClock, Story, answer, lesson, view_shown

FIRST, LAST = date(2026, 3, 2), date(2026, 6, 1)
ITEMS = 6
GONE = "U017"
Key = tuple[str, str]
"""A learner and an item."""


@dataclass
class Log:
    """What a test gave: the first answer to each item, and each answer to a check, in their order, with the day."""

    items: dict[Key, bool] = field(default_factory=dict)
    checks: dict[Key, list[tuple[date, bool]]] = field(default_factory=lambda: defaultdict(list))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_reports_say_what_the_answers_say(ctx: AppContext, clock: FakeClock) -> None:
    items: dict[str, Item] = {f"l{n}": replace(lesson(f"l{n}"), further=FURTHER) for n in range(ITEMS)}
    track = Track(id="short", title="Short", summary="Few.", items=tuple(items))
    ctx = replace(ctx, catalogue_of=lambda _: Catalogue(items, {"short": track}))
    people = [Story(ctx, clock, f"U{n:03}") for n in range(22)]
    chance, log = random.Random(2026), Log()
    day = FIRST
    while day <= LAST:
        clock.at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        for n, story in enumerate(people):
            if day == FIRST + timedelta(days=28 * (n // 11)):
                # eleven at once, four weeks apart
                story.assign("short")
        if day == date(2026, 5, 20):
            erase(ctx, TEAM, GONE)
            people = [story for story in people if story.who != GONE]
        _a_day(people, day, chance, log)
        if day.day == 1 or day == LAST:
            make_figures(ctx, TEAM, lambda: False)
        day += timedelta(days=1)
    with ctx.db.read() as session:
        made = [f for f in figures.of_workspace(session, TEAM) if f.kind is FigureKind.BEFORE_AFTER]
    assert len(made) == 2, "one for each eleven"
    counted: set[str] = set()
    for figure in reversed(made):
        before, after, who = _expected(log, figure.month, counted)
        assert len(who) >= 10
        assert figure.bands == {"before": _band(before), "after": _band(after)}, (figure, before, after)
        counted |= who


def _a_day(people: list[Story], day: date, chance: random.Random, log: Log) -> None:
    """Everybody gets what is due at nine, and answers it; some later than others."""
    before = {story.who: _sent(story) for story in people}
    people[0].go(f"{day} 09:30")
    people[0].deliver()
    for story in people:
        for message in sorted(_sent(story) - before[story.who]):
            _answered(story, message, day, chance, log)


def _sent(story: Story) -> set[str]:
    return {d.delivery_id for d in story.all() if d.state is State.SENT and d.slot is not Slot.NOTICE}


def _answered(story: Story, delivery_id: str, day: date, chance: random.Random, log: Log) -> None:
    message = next(d for d in story.all() if d.delivery_id == delivery_id)
    # who knows more does so in all
    knows = 0.2 + 0.6 * (int(story.who[1:]) % 5) / 5
    if message.asking_id is not None and message.slot is Slot.DAILY:
        right = chance.random() < knows
        with story.ctx.db.read() as session:
            asking = askings.get(session, TEAM, message.asking_id)
        assert asking is not None
        if story.do(answer, delivery_id, RIGHT if right else MISS, f"answer {story.who} {day}"):
            log.items.setdefault((story.who, asking.item_id), right)
    story.do(wake)
    for _ in range(2):
        _review(story, message, day, chance, log)


def _review(story: Story, message: Delivery, day: date, chance: random.Random, log: Log) -> None:
    """Answer the first review that isn't, if there is one."""
    with story.ctx.db.read() as session:
        view = view_shown(session, story.ctx, message)
    if not isinstance(view, ItemView | ReviewsView):
        return
    open_ones = [each for each in reviews(story, message) if each.response is None]
    if not open_ones:
        return
    with story.ctx.db.read() as session:
        asking = askings.get(session, TEAM, open_ones[0].asking_id)
    assert asking is not None
    right = chance.random() < 0.9
    told(story, message, open_ones[0], RIGHT if right else MISS, sure=True)
    # the last wording but one is kept for the check after thirty days
    if asking.reason is Reason.CHECK and asking.question_id == FURTHER[-2].id:
        log.checks[story.who, asking.item_id].append((day, right))


def _expected(log: Log, month: date, counted: set[str]) -> tuple[list[bool], list[bool], set[str]]:
    """Work out before and after from what was given: of whoever's two drawn items were both checked before the month."""
    ready: dict[str, list[Key]] = defaultdict(list)
    for key, given in log.checks.items():
        if given[0][0] < month and key[0] not in counted and key in log.items:
            ready[key[0]].append(key)
    whole = {who: keys for who, keys in ready.items() if len(keys) == 2}
    keys = [key for each in whole.values() for key in each]
    return [log.items[key] for key in keys], [log.checks[key][0][1] for key in keys], set(whole)


def _band(rights: list[bool]) -> int:
    share = sum(rights) / len(rights)
    return 0 if share < 0.4 else 2 if share > 0.7 else 1
