"""Handlers of what learners say of reviews: how sure they are, that it was a slip, what to keep or to leave out."""

from __future__ import annotations

from bot.actions.review import Brought, bring_reviews, drop, remember, take_back, tell_confidence, void
from bot.domain.cards import Card
from bot.errors import UnknownButtonError
from bot.messages import ids, review_replies
from bot.slack.handlers.request import Allowed, Handler, Reply, Request

Tapped = Handler[ids.TapMeaning]
SURE = {"yes": True, "no": False}


def _sure(request: Request, tap: ids.TapMeaning) -> None:
    if tap.argument not in SURE:
        raise UnknownButtonError(tap.argument)
    sure = SURE[tap.argument]
    tell_confidence(request.state, tap.subject, request.caller.request_id, tap.asking_id, sure=sure)


def slip(request: Request, tap: ids.TapMeaning) -> Reply:
    """Void the newest answer."""
    done = void(request.state, tap.subject, request.caller.request_id, tap.asking_id)
    return review_replies.voided(done=done)


def keep(request: Request, item_id: str) -> Reply:
    """Let an item come back."""
    card = remember(request.state, item_id)
    day = card.due_on if request.state.comes_back(card) else None
    return review_replies.kept(_title(request, card), day, request.today)


def leave_out(request: Request, tap: ids.TapMeaning) -> Reply:
    """Never ask an item again."""
    card = drop(request.state, tap.subject, tap.asking_id)
    return review_replies.dropped(_title(request, card), card.item_id)


def _remember(request: Request, tap: ids.TapMeaning) -> Reply:
    return keep(request, tap.argument)


def _take_back(request: Request, tap: ids.TapMeaning) -> Reply:
    card = take_back(request.state, tap.argument)
    return review_replies.taken_back(_title(request, card)) if card is not None else review_replies.nothing_kept()


def _title(request: Request, card: Card) -> str:
    item = request.state.catalogue.items.get(card.item_id)
    return item.title if item is not None else card.item_id


def bring(request: Request, _text: str) -> Reply:
    """Bring what is due, or say when something is."""
    result = bring_reviews(request.state, request.caller.request_id)
    if result is Brought.COMING:
        return review_replies.coming()
    if result is Brought.ENOUGH:
        return review_replies.enough()
    return review_replies.nothing(request.state.reviews_from, request.today)


TAPS: dict[str, Tapped] = {
    "sure": Tapped(_sure, Allowed.OWNER, "the reasons of a review, in place"),
    "remember": Tapped(_remember, Allowed.ANYBODY, "from when on it comes back"),
    "take_back": Tapped(_take_back, Allowed.ANYBODY, "that it comes back", in_place=True, home_shows=True),
}
