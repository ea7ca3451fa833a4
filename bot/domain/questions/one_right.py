"""A question with one right choice, which is answered by picking one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from bot.domain.questions.base import ChoiceQuestion, Response
from bot.domain.questions.forms import FORMS, PLAIN, QuestionForm


@dataclass(frozen=True)
class Chosen(Response):
    """The index of the choice that was picked, as the author wrote them."""

    choice: int


@dataclass(frozen=True)
class OneRight(ChoiceQuestion[Chosen]):
    """One question with exactly one right choice. `form`: the name of its form; "" for the plain one."""

    kind: ClassVar[str] = "one_right"
    heading: ClassVar[str] = ""

    form: str = field(default="", kw_only=True)

    @property
    def kept_to(self) -> QuestionForm:
        """Return the form that the question keeps to; the plain one for a form of another release."""
        return FORMS.get(self.form, PLAIN)

    @property
    def fixed(self) -> bool:
        """Return True if the choices always stand in the author's order."""
        return bool(self.kept_to.fixed)

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
        """Return label, stem, choices, the right reason and the longest of the others, each with its choice."""
        right = self.choices[self.right]
        longest = max((c for c in self.choices if c is not right), key=lambda c: len(c.reason.split()))
        texts = [choice.text for choice in self.choices]
        asked = [self.kept_to.label, self.stem, *texts]
        return [*filter(None, asked), right.text, right.reason, longest.text, longest.reason]

    def pack(self) -> dict[str, Any]:
        """Return the question as it is stored; a plain one as it was before there were forms."""
        return super().pack() | ({"form": self.form} if self.form else {})

    @classmethod
    def unpack(cls, stored: Mapping[str, Any]) -> Self:
        """Return the question that `pack` was given."""
        return replace(super().unpack(stored), form=stored.get("form", ""))
