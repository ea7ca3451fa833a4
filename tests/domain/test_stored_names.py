"""What is stored keeps its name: databases, messages in Slack and sheets on paper outlive a release."""

from __future__ import annotations

from enum import StrEnum

import pytest

from bot.domain.audience import SourceKind
from bot.domain.blind_reading import How, Mode
from bot.domain.cards import Wish
from bot.domain.content import Kind
from bot.domain.delivery import (
    CONFIDENCE,
    FIRST_ANSWER,
    NO_ANSWER,
    SLIP,
    WRONG_TRY,
    Outcome,
    Reason,
    Slot,
    State,
)
from bot.domain.delivery_subject import Said
from bot.domain.erasing import ERASED
from bot.domain.intents import Meaning
from bot.domain.orders import EffectOutcome, FollowUp, OrderState, OrderVerb, UndoState
from bot.domain.people import HoldKind
from bot.domain.rider import Moment
from bot.domain.rules import RuleState
from bot.domain.samples import LAPSED
from bot.domain.strategy import Part
from bot.domain.written import WrittenState

# a new value is added to its line; one that was ever stored is never renamed without a migration
STORED: dict[type[StrEnum], str] = {
    Slot: "welcome daily reminder closing notice asked",
    State: "due claimed uncertain left sent missed withdrawn failed",
    Outcome: "read known answered skipped lapsed dropped",
    Reason: "item review check",
    Said: (
        "paused back_on resumed not_paused nothing_open waiting finished nothing answered no_question "
        "hour_set tap_it left_alone"
    ),
    Meaning: (
        "pause resume next answer later not_today still_open again reread rest out data go_on is_it "
        "no_such_choice correction hour days zone holidays settings who why progress wrong unsure complaint "
        "broken when tracks add_lesson report reminders sources language elsewhere sorry talk help greeting "
        "thanks say_again yes no term terms no_term topic hint"
    ),
    OrderVerb: "assign remove move",
    OrderState: "asks stored done cancelled",
    UndoState: "none offered asks doing done",
    EffectOutcome: "changed finished had_it left nothing unknown foreign bot deactivated",
    FollowUp: "move restart",
    HoldKind: "person away silence unreachable",
    SourceKind: "group channel",
    RuleState: "active paused ended",
    Wish: "remember drop restore retire",
    Moment: "start end later",
    Part: "business-case competencies tone-and-content measurement",
    Kind: "track lesson term",
    WrittenState: "draft published withdrawn",
    Mode: "choices-only blind after-the-text",
    How: "knew reasoned hunch",
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: str(kind.__name__))
def test_what_is_stored_keeps_its_name(kind: type[StrEnum]) -> None:
    assert " ".join(kind) == STORED[kind]


def test_what_is_stored_by_a_number_or_a_word_keeps_it() -> None:
    assert (NO_ANSWER, FIRST_ANSWER, WRONG_TRY, CONFIDENCE, SLIP) == (0, 1, 2, 3, 4)
    assert (ERASED, LAPSED) == ("erased", "-")
