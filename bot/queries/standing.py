"""A learner's own standing, for their eyes only."""

from __future__ import annotations

from bot.domain.cards import Card
from bot.planning.learner_facts import LearnerFacts
from bot.queries.reports import progress
from bot.view_models import CardLine, StandingView, TitleLine


def standing(state: LearnerFacts) -> StandingView:
    """Return what a learner holds: tracks, what comes back, what they have done, what isn't asked any more."""
    return StandingView(
        tracks=tuple(progress(state)),
        next_day=state.learner.next_due_on,
        today=state.today,
        cards=card_lines(state),
        behind=_behind(state),
        not_asked=not_asked(state),
    )


def card_lines(state: LearnerFacts) -> tuple[CardLine, ...]:
    """Return what comes back, blind spots first, then by day."""
    there = [card for card in _cards(state) if card.due_on is not None and state.comes_back(card)]
    ordered = sorted(there, key=lambda card: (not card.blind, card.due_on or state.today, card.item_id))
    return tuple(
        CardLine(
            title=state.catalogue.items[card.item_id].title,
            streak=card.streak,
            next_on=card.due_on or state.today,
            blind=card.blind,
            answered=card.last_on is not None,
        )
        for card in ordered
    )


def not_asked(state: LearnerFacts) -> tuple[TitleLine, ...]:
    """Return the items that aren't asked any more, by title."""
    retired = [card.item_id for card in _cards(state) if card.retired is not None]
    there = [state.catalogue.items[item_id] for item_id in retired if item_id in state.catalogue.items]
    return tuple(sorted((TitleLine(item.id, item.title) for item in there), key=lambda line: line.title))


def _cards(state: LearnerFacts) -> list[Card]:
    # a wish to remember makes a card before anything was asked
    return state.cards_now(every=True)


def _behind(state: LearnerFacts) -> tuple[TitleLine, ...]:
    done = state.done
    latest = sorted(done, key=lambda item_id: -done[item_id])
    there = (state.catalogue.items.get(item_id) for item_id in latest)
    return tuple(TitleLine(item.id, item.title) for item in there if item is not None)
