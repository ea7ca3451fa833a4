"""A learner's own standing, for their eyes only."""

from __future__ import annotations

from bot.domain.cards import Card
from bot.domain.insight import FigureKind
from bot.planning.group_page import may_add
from bot.planning.learner_facts import LearnerFacts
from bot.queries.figures import figures_of
from bot.queries.reports import progress
from bot.store import group_shares
from bot.view_models import CardLine, GroupPageLine, StandingView, TitleLine


def standing(state: LearnerFacts) -> StandingView:
    """Return what a learner holds: tracks, what comes back, what they have done, what isn't asked any more."""
    return StandingView(
        tracks=tuple(progress(state)),
        next_day=state.learner.next_due_on,
        today=state.today,
        cards=card_lines(state),
        behind=_behind(state),
        not_asked=not_asked(state),
        pages=_pages(state),
    )


def _pages(state: LearnerFacts) -> tuple[GroupPageLine, ...]:
    """Return the pages of groups to which they may add theirs, or have."""
    added = group_shares.of_learner(state.session, state.workspace_id, state.learner_id)
    titles = {track.id: track.title for track in may_add(state)}
    tracks = state.catalogue.tracks
    titles |= {track_id: tracks[track_id].title if track_id in tracks else track_id for track_id in added}
    found = []
    for track_id, title in sorted(titles.items()):
        known = figures_of(state.session, state.catalogue, state.workspace_id, track_id).get(track_id, ())
        page = next((figure for figure in known if figure.kind is FigureKind.GROUP), None)
        found.append(GroupPageLine(track_id=track_id, title=title, added=track_id in added, figure=page))
    return tuple(found)


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
