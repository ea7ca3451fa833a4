"""The operator sees what comes to a learner, and why; no answer, nor how sure one was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actions.review import remember, tell_confidence
from bot.domain.content import Catalogue, Item, Track
from bot.domain.questions import OneRight
from bot.planning.holds import pause
from bot.queries.outlook import OutlookLine, outlook
from tests.actions.test_reviews import MISS, RIGHT, begun, on, pick, reviews
from tests.helpers import TEAM, Story, answer, lesson, question, state_of


@pytest.fixture
def story(story: Story) -> Story:
    """A track of twenty lessons, each with two wordings but the last."""
    other = OneRight("other", "And which of these?", question().choices)
    items: dict[str, Item] = {f"l{n:02}": replace(lesson(f"l{n:02}"), further=(other,)) for n in range(19)}
    items["l19"] = lesson("l19")
    track = Track(id="long", title="Long", summary="Many.", items=tuple(items))
    story.ctx = replace(story.ctx, catalogue_of=lambda _: Catalogue(items, {"long": track}))
    return story


def lines(story: Story) -> list[OutlookLine]:
    """What the operator is told."""
    with story.ctx.db.read() as session:
        return outlook(state_of(session, story.ctx, story.who))


def test_what_comes_next_and_after_it_has_its_day_and_its_reason(story: Story) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    first, *others = lines(story)
    assert (first.day, first.what) == (date(2026, 3, 4), 'item "l01"')
    assert 'the next of "long"' in first.why
    assert [line.what for line in others[:5]] == [f'item "l{n:02}", one a day' for n in range(1, 6)]
    (review,) = [line for line in others if line.what.startswith("review")]
    assert (review.day, review.what) == (date(2026, 3, 15), 'review of "l00"')
    story.do(remember, "l19")
    story.do(pause)
    told = lines(story)
    assert "they paused" in told[0].why
    assert any("it waits: it has one wording" in line.why for line in told)


@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize("picked", [MISS, RIGHT])
def test_no_answer_is_revealed(story: Story, picked: int, sure: bool) -> None:
    item = begun(story)
    story.do(answer, item.delivery_id, MISS, "miss")
    day = date(2026, 3, 4)
    message = item
    while day <= date(2026, 3, 16):
        came = on(story, day)
        if came is not None:
            story.do(answer, came.delivery_id, RIGHT, f"{day}")
            message = came
        day += timedelta(days=1)
    (review,) = reviews(story, message)
    story.do(pick, message.delivery_id, review, picked)
    story.do(tell_confidence, message.delivery_id, "sure", review.asking_id, sure=sure)
    words = " ".join(f"{line.what} {line.why}" for line in lines(story)).casefold()
    for telling in ("right", "wrong", "sure", "guess", "blind", "miss", "slip", "streak"):
        assert telling not in words
    assert TEAM not in words
