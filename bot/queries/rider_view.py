"""The one extra line of a message, as it is now."""

from __future__ import annotations

from bot.domain.delivery import Delivery, Outcome
from bot.domain.rider import LATEST_NOTICE, ChangedFact, PrivacyNotice, Worth
from bot.planning.learner_facts import LearnerFacts
from bot.view_models import ChangedView, PrivacyView, RiderView, WorthView


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
        case Worth(said) if outcome not in {None, Outcome.SKIPPED}:
            return WorthView(said)
    return None
