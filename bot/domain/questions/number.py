"""A question that is answered with a number, within a tolerance; thousands and decimals may be marked either way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar

from bot.domain.questions.base import Choice, Fault
from bot.domain.questions.written import Written, WrittenQuestion
from bot.domain.vocabulary import SCALES

GIVE_OR_TAKE = "give or take"
"""The words before the tolerance in a lesson's file."""
THOUSANDS = 3
"""Digits of a group between marks of thousands."""
MOST_DIGITS = 30
"""The most signs of a number: a longer run of digits is no answer."""
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)(?![\d.,]*\d)")
_SCALE = re.compile(r"\s*([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_AMOUNT = re.compile(rf"(?P<value>.+?)(?:,?\s+{GIVE_OR_TAKE}\s+(?P<tolerance>\S.*))?\Z", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number of a lesson's file: value, tolerance and unit, and what the unit multiplies both with."""

    value: Decimal
    tolerance: Decimal
    unit: str
    scale: int

    def is_meant_by(self, readings: Sequence[_NumberReading]) -> bool:
        """Return True where one of the readings is within the tolerance."""
        whole, around = self.value * self.scale, self.tolerance * self.scale
        return any(abs(each - whole) <= around for reading in readings for each in reading.amounts(self.scale))


@dataclass(frozen=True)
class _NumberReading:
    """A number as it may have been meant; `scale`: of the word behind it, 1 without one."""

    value: Decimal
    scale: int

    def amounts(self, unit_scale: int) -> tuple[Decimal, ...]:
        """Return the amounts it may be: a number without a scale may count in the unit or be whole."""
        if self.scale != 1:
            return (self.value * self.scale,)
        return (self.value, self.value * unit_scale)


@dataclass(frozen=True)
class Number(WrittenQuestion):
    """One question whose answer is a number."""

    kind: ClassVar[str] = "number"
    heading: ClassVar[str] = "number"

    @property
    def unit(self) -> str:
        """Return the unit in which the answer is given; "" without one."""
        found = amount(self.spellings(self.right)[0])
        return found.unit if found else ""

    def as_given(self, choice: Choice) -> str:
        """Return a foreseen number as a learner may write it, without its tolerance."""
        found = amount(super().as_given(choice))
        return f"{found.value:,f} {found.unit}".strip() if found else ""

    def fault(self, text: str) -> Fault | None:
        """Return what is wrong with a text that doesn't have exactly one number."""
        found = list(_numbers(text))
        if len(found) > 1:
            return Fault.SEVERAL_NUMBERS
        return None if found else Fault.NO_NUMBER

    def choice_of(self, response: Written) -> Choice:
        """Return the foreseen answer that one of the number's readings is, the right one first."""
        readings = _readings(response.text)
        for choice in (*self.foreseen(right=True), *self.foreseen(right=False)):
            if self._means(choice, readings):
                return choice
        return self.choices[-1]

    def near(self, response: Written) -> bool:  # noqa: ARG002 - a number is within the tolerance, or isn't
        """Return False: a number is within the tolerance, or isn't."""
        return False

    def both_meant(self) -> Sequence[str]:
        """Return the numbers of which a right and a wrong value could be meant."""
        right, wrong = self.foreseen(right=True), self.foreseen(right=False)
        return [
            spelled
            for own, others in ((right, wrong), (wrong, right))
            for choice in own
            for spelled in self.spellings(choice)
            for other in others
            if any(self._means(other, _readings(written)) for written in _as_written(spelled))
        ]

    def accepts(self, text: str) -> bool:
        """Return True for a right number that stands alone, but for its unit."""
        if self.fault(text) is not None or not self.choice_of(Written(text)).right:
            return False
        beside = _words(_NUMBER.sub(" ", _plain(text)))
        return beside <= SCALES.keys() | _words(self.unit)

    def _means(self, choice: Choice, readings: Sequence[_NumberReading]) -> bool:
        amounts = map(amount, self.spellings(choice))
        return any(each is not None and each.is_meant_by(readings) for each in amounts)


@lru_cache(maxsize=1024)
def amount(spelled: str) -> Amount | None:
    """Return the amount that a lesson's author wrote, such as "1,500 people, give or take 100"; None if it is none."""
    parts = _AMOUNT.match(spelled.strip())
    found = list(_numbers(parts["value"])) if parts else []
    around = list(_numbers(parts["tolerance"])) if parts and parts["tolerance"] else []
    if parts is None or len(found) != 1 or len(around) > 1 or (parts["tolerance"] and not around):
        return None
    start, end, token = found[0]
    unit = " ".join(f"{parts['value'][:start]} {parts['value'][end:]}".split())
    scale = max(SCALES.get(word, 1) for word in unit.casefold().split(" "))
    value, tolerance = _authored(token), _authored(around[0][2]) if around else Decimal(0)
    return Amount(value=value, tolerance=tolerance, unit=unit, scale=scale)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end and text of each number."""
    for found in _NUMBER.finditer(_plain(text)):
        if len(found[0]) <= MOST_DIGITS:
            yield found.start(), found.end(), found[0]


def _readings(text: str) -> list[_NumberReading]:
    """Return the readings of the one number in a text."""
    found = list(_numbers(text))
    if len(found) != 1:
        return []
    _, end, token = found[0]
    word = _SCALE.match(_plain(text), end)
    scale = SCALES.get(word[1].casefold(), 1) if word else 1
    return [_NumberReading(value, scale) for value in values(token)]


def values(token: str) -> list[Decimal]:
    """Return the values that a number may have: 1,500 is fifteen hundred or one and a half, 1,5 only the latter."""
    sign = -1 if token.startswith("-") else 1
    digits = re.sub(r"[ '’+-]", "", token)
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [sign * Decimal(digits)]
    last = digits.rfind(marks[-1])
    whole, part = digits[:last], digits[last + 1 :]
    grouped = Decimal(re.sub(r"[.,]", "", digits))
    decimal = Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{part}")
    if len(set(marks)) > 1:
        return [sign * decimal]
    if len(marks) > 1:
        return [sign * grouped]
    may_group = len(part) == THOUSANDS and 1 <= len(whole) <= THOUSANDS and not whole.startswith("0")
    return [sign * grouped, sign * decimal] if may_group else [sign * decimal]


def _authored(token: str) -> Decimal:
    """Return the value of a number in a lesson's file, where a comma marks thousands."""
    return Decimal(re.sub(r"[ '’,+]", "", token))


def _as_written(spelled: str) -> Iterator[str]:
    """Yield how a learner may write an amount: plain, and with either mark between thousands and for decimals."""
    found = amount(spelled)
    if found is None:
        return
    written = f"{found.value:f}"
    yield written
    yield written.replace(".", ",")
    grouped = f"{found.value:,f}"
    yield grouped
    yield grouped.translate(str.maketrans(",.", ".,"))
