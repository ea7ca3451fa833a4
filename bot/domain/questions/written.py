"""Questions that are answered by writing into a field: what their kinds have in common."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.domain.questions.base import Choice, Fault, NoResponseError, Question, Response

LONGEST = 200
"""The most characters of an answer that is written."""
SEPARATOR = ";"
"""The sign between the spellings of one answer in a lesson's file."""
ANYTHING_ELSE = "anything else"
"""The last of the answers in a lesson's file, whose reason is shown for whatever its author didn't foresee."""


@dataclass(frozen=True)
class Written(Response):
    """An answer that was written into the field, as it was written."""

    text: str


@dataclass(frozen=True)
class WrittenQuestion(Question[Written], ABC):
    """A question with a field. Its choices are the answers its author foresaw, the last one being anything else.

    A wrong answer may be tried once more before the reasons: it may be a slip of the finger.
    """

    tries: ClassVar[int] = 2

    @property
    def right(self) -> Choice:
        """Return the right answer."""
        return next(choice for choice in self.choices if choice.right)

    @abstractmethod
    def fault(self, text: str) -> Fault | None:
        """Return why a text that is neither empty nor too long can't be graded."""

    @abstractmethod
    def choice_of(self, response: Written) -> Choice:
        """Return the foreseen answer that a response is."""

    @abstractmethod
    def near(self, response: Written) -> bool:
        """Return True for a wrong answer that is almost the right one."""

    @abstractmethod
    def both_meant(self) -> Sequence[str]:
        """Return the spellings that could mean the right answer and a wrong one."""

    @abstractmethod
    def accepts(self, text: str) -> bool:
        """Return True for a right answer without any slip, with nothing else around it."""

    def spellings(self, choice: Choice) -> tuple[str, ...]:
        """Return the spellings of a foreseen answer, the one that is shown first."""
        return tuple(filter(None, (part.strip() for part in choice.text.split(SEPARATOR))))

    def as_given(self, choice: Choice) -> str:
        """Return a foreseen answer as a learner may write it."""
        return self.spellings(choice)[0]

    def foreseen(self, *, right: bool) -> tuple[Choice, ...]:
        """Return the right answer, or the wrong ones that are named."""
        return tuple(choice for choice in self.choices[:-1] if choice.right is right)

    def grade(self, response: Written) -> bool:
        """Return True for the right answer."""
        return self.choice_of(response).right

    def respond(self, picked: Sequence[str]) -> Written:
        """Return the response that was written.

        Raises:
            NoResponseError: it is empty, too long, or not of this kind.
            ValueError: it isn't one text.
        """
        (text,) = picked
        text = " ".join(text.split())
        if len(text) > LONGEST:
            raise NoResponseError(Fault.TOO_LONG)
        if not any(sign.isalnum() for sign in unicodedata.normalize("NFKC", text)):
            raise NoResponseError(Fault.EMPTY)
        fault = self.fault(text)
        if fault is not None:
            raise NoResponseError(fault)
        return Written(text)

    def recall(self, stored: Mapping[str, Any]) -> Written:
        """Return the response that was stored."""
        return Written(stored["text"])

    def every_response(self) -> Iterable[Written]:
        """Yield each foreseen answer, and the longest of those that nobody foresaw."""
        for choice in self.choices[:-1]:
            yield Written(self.as_given(choice))
        yield Written("W" * LONGEST)

    def longest_reading(self) -> Sequence[str]:
        """Return stem, the right answer with its reason, and the longest reason of a wrong one."""
        longest = max((c for c in self.choices if not c.right), key=lambda c: len(c.reason.split()))
        return [self.stem, self.spellings(self.right)[0], self.right.reason, longest.reason]
