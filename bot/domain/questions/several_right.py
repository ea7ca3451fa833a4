"""A question with several right choices, which is answered by ticking all of them and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.domain.questions.base import ChoiceQuestion, Fault, NoResponseError, Response


@dataclass(frozen=True)
class Ticked(Response):
    """The indices of the choices that were ticked, in the author's order."""

    choices: tuple[int, ...]


@dataclass(frozen=True)
class SeveralRight(ChoiceQuestion[Ticked]):
    """One question with two right choices or more, and a wrong one at least."""

    kind: ClassVar[str] = "several_right"
    heading: ClassVar[str] = "several right"
    fewest_right: ClassVar[int] = 2
    most_right: ClassVar[int] = 9

    @property
    def right(self) -> tuple[int, ...]:
        """Return the indices of the right choices."""
        return tuple(index for index, choice in enumerate(self.choices) if choice.right)

    def grade(self, response: Ticked) -> bool:
        """Return True where all the right ones were ticked, and no other."""
        return response.choices == self.right

    def missed(self, response: Ticked) -> tuple[int, ...]:
        """Return the choices that were ticked wrongly or left out wrongly, in the order on the screen."""
        ticked = set(response.choices)
        return tuple(n for n in self.shown if (n in ticked) is not self.choices[n].right)

    def respond(self, picked: Sequence[str]) -> Ticked:
        """Return the response that the ticked values are.

        Raises:
            NoResponseError: nothing is ticked.
            ValueError: one of them is no choice of this question.
        """
        if not picked:
            raise NoResponseError(Fault.NOTHING_TICKED)
        return Ticked(tuple(sorted({self.index(each) for each in picked})))

    def recall(self, stored: Mapping[str, Any]) -> Ticked:
        """Return the response that was stored."""
        return Ticked(tuple(stored["choices"]))

    def every_response(self) -> Iterable[Ticked]:
        """Yield the right response, each choice alone, and the one that has every choice the wrong way round."""
        yield Ticked(self.right)
        for index in range(len(self.choices)):
            yield Ticked((index,))
        yield Ticked(tuple(n for n, choice in enumerate(self.choices) if not choice.right))

    def longest_reading(self) -> Sequence[str]:
        """Return stem, choices, and each choice once more with its reason: all of them can have been missed."""
        texts = [choice.text for choice in self.choices]
        return [self.stem, *texts, *texts, *(part for c in self.choices for part in (c.text, c.reason))]
