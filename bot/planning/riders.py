"""The one extra line of a message: what is known about a learner in, what their next message carries out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import agenda
from bot.domain.content import prompt_of
from bot.domain.delivery import Asking
from bot.domain.local_time import local
from bot.domain.rider import (
    LATEST_NOTICE,
    ChangedFact,
    Comfort,
    GroupPage,
    Moment,
    Rider,
    asks_worth,
    comfort_after,
    next_rider,
)
from bot.planning.group_page import may_add
from bot.planning.learner_state import LearnerState
from bot.store import askings, deliveries


def choose_rider(state: LearnerState, asking: Asking | None) -> Rider | None:
    """Return what a new message carries beside an item, or beside reviews where `asking` is None."""
    told, marked = state.learner.privacy_told, _marked(state)
    comforts = _comforts(state, asking)
    later = any(comfort.moment is Moment.LATER for comfort in comforts)
    pages = [GroupPage(track.id) for track in may_add(state)]
    news = told < LATEST_NOTICE or bool(marked) or later or bool(pages)
    brought = deliveries.riders(state.session, state.workspace_id, state.learner_id) if news else []
    return next_rider(
        notices=LATEST_NOTICE,
        told=told,
        brought=brought,
        changed=_not_had(state, [fact for fact in marked if fact not in brought]),
        comforts=comforts,
        pages=pages,
        asks_worth=asking is not None and _may_ask(state, asking) and asks_worth(state.learner_id, asking.number),
    )


def _comforts(state: LearnerState, asking: Asking | None) -> list[Comfort]:
    """Return what may be asked about tracks: of the one that begins, and of those that ended some time ago."""
    found = []
    for enrolment in state.situation.enrolments:
        track = state.catalogue.tracks.get(enrolment.track_id)
        if track is None or enrolment.left_at is not None:
            continue
        if enrolment.finished_at is not None:
            if comfort_after(local(enrolment.finished_at, state.learner.zone).date(), state.today):
                found.append(Comfort(track.id, Moment.LATER))
        elif asking is not None and asking.track_id == track.id:
            ahead = agenda.remaining(track, enrolment, state.done)
            start = Comfort(track.id, Moment.START)
            # nothing is looked up for it: a first item that was skipped yesterday is still known
            if len(ahead) == len(track.items) and not any(start.same(rider) for rider in state.recent_riders):
                found.append(start)
    return found


def _may_ask(state: LearnerState, asking: Asking) -> bool:
    """Return False for an item with a prompt, which is question enough beside it."""
    return prompt_of(state.catalogue.items.get(asking.item_id)) is None


def _marked(state: LearnerState) -> list[ChangedFact]:
    """Return the changes that are marked in items behind them, the oldest first."""
    behind = (state.catalogue.items.get(item_id) for item_id in state.done)
    facts = (ChangedFact(item.id, item.change.day) for item in behind if item is not None and item.change is not None)
    return sorted(facts, key=lambda fact: (fact.day, fact.item_id))


def _not_had(state: LearnerState, facts: Sequence[ChangedFact]) -> Sequence[ChangedFact]:
    """Return the changes that weren't in the items yet as they had them last."""
    ids = [fact.item_id for fact in facts]
    had = askings.latest_items(state.session, state.workspace_id, state.learner_id, ids)
    items = state.catalogue.items
    return [f for f in facts if f.item_id in had and had[f.item_id].change != items[f.item_id].change]
