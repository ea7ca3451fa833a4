"""The cards of one learner within a transaction: those that were asked for, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.cards import Card
from bot.domain.people import Learner
from bot.store import cards
from bot.store.database import Session

TODAY = ""
"""Among the items that were looked up: what is due today."""


class Deck:
    """The cards that were read so far."""

    def __init__(self, learner: Learner, known: Mapping[str, Card], looked_up: Iterable[str]) -> None:
        """`known`: the cards by item that are due or asked today, and those of the items `looked_up`."""
        self._learner, self._cards, self._looked_up = learner, dict(known), {TODAY, *looked_up}
        self.whole = False
        """Whether all of them were read."""

    def read(self, session: Session, today: date, item_id: str = "", *, every: bool = False) -> list[Card]:
        """Return the cards known now, among them those that are due or were asked today, that of an item, or all.

        `today`: the learner's local date.
        """
        workspace_id, learner_id = self._learner.workspace_id, self._learner.learner_id
        if every and not self.whole:
            found, self.whole = cards.all_of(session, workspace_id, learner_id), True
            self._cards = {card.item_id: card for card in found}
        elif not self.whole and item_id not in self._looked_up:
            found = cards.needed(session, workspace_id, learner_id, today, item_id)
            self._cards |= {card.item_id: card for card in found}
            self._looked_up |= {item_id, TODAY}
        return list(self._cards.values())

    def of(self, item_id: str) -> Card | None:
        """Return the card of an item that was looked up."""
        return self._cards.get(item_id)

    def put(self, card: Card) -> None:
        """Know a card as it is now."""
        self._cards[card.item_id] = card
        self._looked_up.add(card.item_id)
