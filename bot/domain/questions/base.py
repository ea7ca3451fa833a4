"""The contract of every kind of question: which responses it takes, how they are graded, and how both are stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

LONGEST_PICK = 2
"""Digits of a choice's number."""


@dataclass(frozen=True)
class Response:
    """A learner's response to a question; each kind has its own, made of what JSON can hold."""

    def pack(self) -> dict[str, Any]:
        """Return the response as it is stored."""
        return asdict(self)


Given = TypeVar("Given", bound=Response)


@dataclass(frozen=True)
class Question(ABC, Generic[Given]):
    """A question of some kind. `kind` names it in storage and in the files that draw it."""

    kind: ClassVar[str]
    heading: ClassVar[str]
    """The words that name the kind in the heading of a lesson's question; "" for the one that is meant without any."""

    id: str
    stem: str

    @abstractmethod
    def grade(self, response: Given) -> bool:
        """Return True for the right response."""

    @abstractmethod
    def respond(self, picked: Sequence[str]) -> Given:
        """Return the response that a learner gave by picking these values in the message.

        Raises:
            ValueError: it can't be given to this question.
        """

    @abstractmethod
    def recall(self, stored: Mapping[str, Any]) -> Given:
        """Return the response that `Response.pack` was given."""

    @abstractmethod
    def every_response(self) -> Iterable[Given]:
        """Yield responses that between them show everything that can be shown after an answer."""

    @abstractmethod
    def longest_reading(self) -> Sequence[str]:
        """Return all that is read in the longest case: what is asked, and what is shown after an answer."""

    @classmethod
    @abstractmethod
    def unpack(cls, stored: Mapping[str, Any]) -> Self:
        """Return the question that `dataclasses.asdict` was given."""


@dataclass(frozen=True)
class Choice:
    """One possible answer, and why it is right or tempting. Both are Markdown."""

    text: str
    reason: str
    right: bool = False


@dataclass(frozen=True)
class ChoiceQuestion(Question[Given], ABC):
    """A question that is answered by picking from its choices."""

    fewest_right: ClassVar[int] = 1
    most_right: ClassVar[int] = 1

    choices: tuple[Choice, ...]

    @classmethod
    def unpack(cls, stored: Mapping[str, Any]) -> Self:
        """Return the question that `dataclasses.asdict` was given."""
        return cls(stored["id"], stored["stem"], tuple(Choice(**choice) for choice in stored["choices"]))

    def index(self, picked: str) -> int:
        """Return the index of the choice that a picked value names.

        Raises:
            ValueError: there is no such choice.
        """
        if picked.isascii() and picked.isdigit() and len(picked) <= LONGEST_PICK and int(picked) < len(self.choices):
            return int(picked)
        raise ValueError(f"choice {picked!r} of {len(self.choices)}")
