"""How things stand with one item, from all that a learner answered and wished: docs/adr/0043 to 0045, written once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

STEPS = (12, 24, 90, 180)
"""Days after a miss, and after each right answer in a row."""
CHECK = 24
"""Days after a right answer to the day's question until its one check."""


@dataclass(eq=False)
class Answer:
    """An answer that was given in time."""

    day: date
    asks: str
    """item, review or check."""
    right: bool
    sure: bool | None = None
    void: bool = False
    """It was a slip."""

    @property
    def recalled(self) -> bool:
        """Right and not guessed."""
        return self.right and self.sure is not False


@dataclass(frozen=True)
class Wish:
    """remember, drop, restore; retire is the bot's."""

    day: date
    what: str


@dataclass
class Standing:
    """How things stand with an item."""

    due: date | None = None
    rights: int = 0
    """Since the last miss."""
    blind: bool = False
    kept: bool = False
    check: bool = False
    """Only the one check of a right answer is left."""
    away: str = ""
    """drop or retire, while it isn't asked any more."""
    rated: bool = field(default=False, repr=False)
    missed: date | None = field(default=None, repr=False)
    """When the learner was last sure and wrong, and not sure and right on a later day."""

    @property
    def known(self) -> bool:
        """It was right when it was answered last."""
        return self.check or self.rights > 0

    def then(self, event: Answer | Wish) -> None:
        """Something happened."""
        if isinstance(event, Wish):
            self._wished(event)
        elif event.void:
            return
        elif event.asks == "item" and event.right and not self.rated and not self.kept:
            self.due, self.check = event.day + timedelta(days=CHECK), True
        elif event.asks == "check" and event.recalled and not self.rated and not self.kept:
            self.due = None
        else:
            self._rated(event)

    def _rated(self, answer: Answer) -> None:
        self.rated, self.check = True, False
        self.rights = self.rights + 1 if answer.recalled else 0
        self.due = answer.day + timedelta(days=STEPS[min(self.rights, len(STEPS) - 1)])
        if not answer.recalled and self.away == "retire":
            self.away = ""
        if answer.sure and not answer.right:
            self.missed = answer.day
        elif answer.sure and self.missed is not None and answer.day > self.missed:
            self.missed = None
        self.blind = self.missed is not None

    def _wished(self, wish: Wish) -> None:
        if wish.what == "remember":
            if self.due is None or self.check:
                self.due = wish.day + timedelta(days=STEPS[0])
            self.kept, self.check, self.away = True, False, ""
        elif wish.what == "restore":
            self.due, self.away = max(self.due or wish.day, wish.day), ""
        else:
            self.away = wish.what


def standing(events: Iterable[Answer | Wish]) -> Standing:
    """How things stand after all of it."""
    found = Standing()
    for event in events:
        found.then(event)
    return found
