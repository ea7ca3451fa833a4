"""The one extra line of a message: what is known about a learner in, what their next message carries out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Asking
from bot.domain.rider import LATEST_NOTICE, ChangedFact, Rider, asks_worth, next_rider
from bot.planning.learner_state import LearnerState
from bot.store import askings, deliveries


def choose_rider(state: LearnerState, asking: Asking | None) -> Rider | None:
    """Return what a new message carries beside an item, or beside reviews where `asking` is None."""
    told, changed = state.learner.privacy_told, _changed(state)
    brought = (
        deliveries.riders(state.session, state.workspace_id, state.learner_id)
        if told < LATEST_NOTICE or changed
        else ()
    )
    return next_rider(
        notices=LATEST_NOTICE,
        told=told,
        brought=brought,
        changed=changed,
        asks_worth=asking is not None and asks_worth(state.learner_id, asking.number),
    )


def _changed(state: LearnerState) -> Sequence[ChangedFact]:
    """Return the changes in items that they had, and not as the items are now; the oldest first."""
    items = state.catalogue.items
    marked = {item_id: items[item_id] for item_id in state.done if item_id in items and items[item_id].change}
    if not marked:
        return ()
    had = askings.latest_wordings(state.session, state.workspace_id, state.learner_id, list(marked))
    facts = (
        ChangedFact(item_id, item.change.day)
        for item_id, item in marked.items()
        if item.change is not None and item_id in had and had[item_id].change != item.change
    )
    return sorted(facts, key=lambda fact: (fact.day, fact.item_id))
