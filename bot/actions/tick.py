"""The ticks at the start of a track, for what is known already, and the text that is skipped for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.actions.answer import find_item
from bot.actions.begin import Beginning, begin
from bot.domain.delivery import Outcome
from bot.errors import UnknownButtonError
from bot.planning.learner_state import LearnerState
from bot.planning.ticks import terms_ahead


def tick(state: LearnerState, track_id: str, item_ids: Collection[str]) -> None:
    """Note which terms of a track they could explain: those come with the question first.

    What isn't theirs to tick, or not any more, is left out; a form that is sent again replaces the one before.
    """
    enrolment = state.enrolment(track_id)
    if enrolment is None:
        return
    offered = {term.id for term in terms_ahead(state, track_id)}
    kept = [item_id for item_id in enrolment.ticked if item_id not in offered]
    state.save_enrolment(replace(enrolment, ticked=(*kept, *sorted(offered.intersection(item_ids)))))


def skip_text(state: LearnerState, delivery_id: str, request_id: str, asking_id: str = "") -> Beginning | None:
    """Leave out the text of a ticked item that was right and sure: it counts as known, and the next one is brought.

    Returns None where the text was shown or left out before.

    Raises:
        UnknownButtonError: no such message of this learner, or they weren't right and sure.
    """
    _, asking = find_item(state, delivery_id, asking_id)
    given = state.answer_to(asking)
    if not asking.ticked or given is None or not given.right or not state.confidence(asking):
        raise UnknownButtonError(f"{delivery_id}.{asking.asking_id}")
    if not asking.vouched or asking.outcome is not Outcome.ANSWERED:
        state.show(asking)
        return None
    state.change_asking(asking, outcome=Outcome.KNOWN)
    state.mark_done(asking.item_id, Outcome.KNOWN)
    state.show(asking)
    return begin(state, request_id)
