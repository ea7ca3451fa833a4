"""A question that is answered with a word or a few: spelling, case and a slip of the finger are forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz.distance import OSA

from bot.domain.questions.base import Choice, Fault
from bot.domain.questions.written import Written, WrittenQuestion
from bot.domain.vocabulary import ARTICLES

SLIPS = ((9, 2), (5, 1))
"""Letters of the shortest answer in which so many slips are forgiven; in a shorter one a slip makes another word."""
NEAR = 2
"""The slips beyond the forgiven ones with which an answer is still told to be almost right."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Typed(WrittenQuestion):
    """One question whose answer is a word or a few."""

    kind: ClassVar[str] = "typed"
    heading: ClassVar[str] = "typed"

    def fault(self, text: str) -> Fault | None:  # noqa: ARG002 - any text can be graded
        """Return None: any text can be graded."""
        return None

    def choice_of(self, response: Written) -> Choice:
        """Return the foreseen answer that is nearest within the forgiven slips, else anything else.

        The right one comes first among those that are equally near.
        """
        said = normal(response.text)
        slips = [(self._slips(said, choice), not choice.right, place) for place, choice in enumerate(self.choices[:-1])]
        near = [(count, wrong, place) for count, wrong, place in slips if count is not None]
        return self.choices[min(near)[2]] if near else self.choices[-1]

    def near(self, response: Written) -> bool:
        """Return True for an answer with some slips more than are forgiven, which names nothing else."""
        said = normal(response.text)
        if self.choice_of(response) is not self.choices[-1]:
            return False
        return any(
            forgiven(each) and OSA.distance(said, each) <= forgiven(each) + NEAR
            for each in map(normal, self.spellings(self.right))
        )

    def both_meant(self) -> Sequence[str]:
        """Return the spellings of wrong answers that would be taken for a slip in the right one."""
        right = [normal(each) for each in self.spellings(self.right)]
        return [
            spelled
            for choice in self.foreseen(right=False)
            for spelled in self.spellings(choice)
            for said in [normal(spelled)]
            if any(OSA.distance(said, each) <= max(forgiven(each), forgiven(said)) for each in right)
        ]

    def accepts(self, text: str) -> bool:
        """Return True for a spelling of the right answer."""
        return normal(text) in map(normal, self.spellings(self.right))

    def _slips(self, said: str, choice: Choice) -> int | None:
        """Return the slips in an answer; None for more than are forgiven."""
        known = [(OSA.distance(said, each), forgiven(each)) for each in map(normal, self.spellings(choice))]
        return min((slips for slips, most in known if slips <= most), default=None)


def normal(text: str) -> str:
    """Return a text without case, accents, punctuation, spaces and a leading article."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    words = _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return "".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def forgiven(spelled: str) -> int:
    """Return the number of slips that are forgiven in an answer of this spelling."""
    return next((slips for letters, slips in SLIPS if len(spelled) >= letters), 0)
