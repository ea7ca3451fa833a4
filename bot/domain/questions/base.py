"""The contract of every kind of question: which responses it takes, how they are graded, and how both are stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, Generic, Self, TypeVar

LONGEST_PICK = 2
"""Digits of a choice's number."""
LETTERS = "ABCDEFGHIJ"
"""The letters of choices, by their place on the screen."""


class Fault(StrEnum):
    """The reasons why what was given is no response. Nothing is counted, and the learner is told which it is."""

    NOTHING_TICKED = "nothing_ticked"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    SEVERAL_NUMBERS = "several_numbers"


class NoResponseError(ValueError):
    """A response that can't be graded; the learner can mend it."""

    def __init__(self, fault: Fault) -> None:
        """`fault`: the reason."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Response:
    """A learner's response to a question; each kind has its own, made of what JSON can hold."""

    def pack(self) -> dict[str, Any]:
        """Return the response as it is stored."""
        return asdict(self)


Given = TypeVar("Given", bound=Response)


@dataclass(frozen=True)
class Choice:
    """One possible answer, and why it is right or tempting. Both are Markdown."""

    text: str
    reason: str
    right: bool = False


@dataclass(frozen=True)
class Question(ABC, Generic[Given]):
    """A question of some kind: what is asked, and the answers that its author foresaw, each with its reason.

    `kind` names it in storage and in the files that draw it.
    """

    kind: ClassVar[str]
    heading: ClassVar[str]
    """The words that name the kind in the heading of a lesson's question; "" for the one that is meant without any."""
    fewest_right: ClassVar[int] = 1
    most_right: ClassVar[int] = 1
    tries: ClassVar[int] = 1
    """The number of responses after which the reasons are shown, unless an earlier one is right."""

    id: str
    stem: str
    choices: tuple[Choice, ...]

    @abstractmethod
    def grade(self, response: Given) -> bool:
        """Return True for the right response."""

    @abstractmethod
    def respond(self, picked: Sequence[str]) -> Given:
        """Return the response that a learner gave with these values in the message.

        Raises:
            NoResponseError: the learner gave something that can't be graded.
            ValueError: this question never offered that.
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

    def pack(self) -> dict[str, Any]:
        """Return the question as it is stored, without the name of its kind."""
        return {"id": self.id, "stem": self.stem, "choices": [asdict(choice) for choice in self.choices]}

    @classmethod
    def unpack(cls, stored: Mapping[str, Any]) -> Self:
        """Return the question that `pack` was given."""
        return cls(stored["id"], stored["stem"], tuple(Choice(**choice) for choice in stored["choices"]))


@dataclass(frozen=True)
class ChoiceQuestion(Question[Given], ABC):
    """A question that is answered by picking from its choices, which stand in an order drawn for each asking.

    A pick is always the index of a choice as its author wrote them, whatever the order on the screen.
    """

    order: tuple[int, ...] = field(default=(), kw_only=True)
    """The indices of the choices in the order on the screen; () for the author's."""

    @property
    def fixed(self) -> bool:
        """Return True if the choices always stand in the author's order."""
        return False

    @property
    def shown(self) -> tuple[int, ...]:
        """Return the indices of all choices in the order on the screen."""
        return self.order or tuple(range(len(self.choices)))

    def in_order(self, order: Sequence[int]) -> Self:
        """Return the question with its choices in this order; one that doesn't fit it is left out."""
        fits = sorted(order) == list(range(len(self.choices))) and not self.fixed
        return replace(self, order=tuple(order)) if fits else self

    def index(self, picked: str) -> int:
        """Return the index of the choice that a picked value names.

        Raises:
            ValueError: there is no such choice.
        """
        if picked.isascii() and picked.isdigit() and len(picked) <= LONGEST_PICK and int(picked) < len(self.choices):
            return int(picked)
        raise ValueError(f"choice {picked!r} of {len(self.choices)}")
