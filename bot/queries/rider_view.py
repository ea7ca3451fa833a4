"""The one extra line of a message, as it is now."""

from __future__ import annotations

from bot.domain.delivery import Delivery, Outcome
from bot.domain.rider import LATEST_NOTICE, ChangedFact, Comfort, GroupPage, Moment, PrivacyNotice, Worth
from bot.planning.learner_facts import LearnerFacts
from bot.store import deliveries
from bot.view_models import ChangedView, ComfortView, GroupPageView, PrivacyView, RiderView, WorthView


def rider_in(state: LearnerFacts, delivery: Delivery, outcome: Outcome | None = None) -> RiderView | None:
    """Return the extra line that a message shows now; None where it has none, or not yet.

    `outcome`: of the message's item. Nobody is asked what an item was worth before it is behind them.
    """
    match delivery.rider:
        case PrivacyNotice(number) if number <= LATEST_NOTICE:
            return PrivacyView(number)
        case ChangedFact(item_id, day):
            item = state.catalogue.items.get(item_id)
            if item is not None and item.change is not None and item.change.day == day:
                return ChangedView(item.id, item.title, item.change.line)
        case Comfort(track_id, moment, said):
            track = state.catalogue.tracks.get(track_id)
            title = track.title if track is not None else track_id
            return ComfortView(title, said, _at_the_start(state, track_id) if said and moment != Moment.START else None)
        case GroupPage(track_id, added):
            track = state.catalogue.tracks.get(track_id)
            return GroupPageView(track.title if track is not None else track_id, added)
        case Worth(said) if outcome not in {None, Outcome.SKIPPED}:
            return WorthView(said)
    return None


def _at_the_start(state: LearnerFacts, track_id: str) -> int | None:
    """Return what they said when the track began."""
    brought = deliveries.riders(state.session, state.workspace_id, state.learner_id)
    first = (r.said for r in brought if isinstance(r, Comfort) and r.track_id == track_id and r.moment == Moment.START)
    return next((said for said in first if said is not None), None)
