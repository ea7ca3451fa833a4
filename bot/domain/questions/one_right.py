"""A question with one right choice, which is answered by picking one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.domain.questions.base import ChoiceQuestion, Response


@dataclass(frozen=True)
class Chosen(Response):
    """The index of the choice that was picked."""

    choice: int


@dataclass(frozen=True)
class OneRight(ChoiceQuestion[Chosen]):
    """One question with exactly one right choice."""

    kind: ClassVar[str] = "one_right"
    heading: ClassVar[str] = ""

    @property
    def right(self) -> int:
        """Return the index of the right choice."""
        return next(index for index, choice in enumerate(self.choices) if choice.right)

    def grade(self, response: Chosen) -> bool:
        """Return True where the right choice was picked."""
        return response.choice == self.right

    def respond(self, picked: Sequence[str]) -> Chosen:
        """Return the response that one picked value is.

        Raises:
            ValueError: it is no choice of this question, or not one value.
        """
        (only,) = picked
        return Chosen(self.index(only))

    def recall(self, stored: Mapping[str, Any]) -> Chosen:
        """Return the response that was stored."""
        return Chosen(stored["choice"])

    def every_response(self) -> Iterable[Chosen]:
        """Yield each choice."""
        return map(Chosen, range(len(self.choices)))

    def longest_reading(self) -> Sequence[str]:
        """Return stem, choices, the right reason and the longest of the others, each with its choice."""
        right = self.choices[self.right]
        longest = max((c for c in self.choices if c is not right), key=lambda c: len(c.reason.split()))
        texts = [choice.text for choice in self.choices]
        return [self.stem, *texts, right.text, right.reason, longest.text, longest.reason]
