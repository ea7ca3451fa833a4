"""The words to a learner whose answer can't be graded. Nothing was counted, and what was written still stands there."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.questions import Fault
from bot.messages.builder import Builder, Message

_TOLD: Mapping[Fault, str] = {
    Fault.NOTHING_TICKED: "Nothing is ticked yet. Tick what you think is right, then tap *Check*.",
    Fault.EMPTY: "There is no answer in the field yet. Write it in letters or digits, then tap *Check*.",
    Fault.TOO_LONG: "That's longer than I can check: a few words will do.",
    Fault.NO_NUMBER: "I look for a number in digits there, such as 12 or 1,500.",
    Fault.SEVERAL_NUMBERS: "I found more than one number there. Please write the one you mean.",
}


def no_response(fault: Fault) -> Message:
    """Draw why an answer couldn't be graded, and what to do."""
    return Builder().say(f"{_TOLD[fault]} Nothing was counted.").message()
