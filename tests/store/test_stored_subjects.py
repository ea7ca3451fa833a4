"""What messages speak of, and the notes below them, as they are stored: what releases read of one another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, NO_ANSWER, SLIP, WRONG_TRY
from bot.domain.delivery_note import Later, Note, NotToday, Paused, Resumed, TooLate, UnknownNote
from bot.domain.delivery_subject import (
    PLAIN,
    AnswerAsked,
    AnswerGiven,
    Closing,
    DmReply,
    ExplainedTerm,
    Hint,
    ItemMessage,
    OrderSummary,
    Reminder,
    Said,
    Subject,
    TalkWish,
    TokenRefused,
)
from bot.domain.intents import Meaning
from bot.domain.rider import ChangedFact, PrivacyNotice, Rider, UnknownRider, Worth
from bot.store.note_text import format_note, kind_prefix, parse_note
from bot.store.rider_text import format_rider, parse_rider
from bot.store.subject_json import decode_subject, encode_subject

MONDAY = date(2026, 3, 2)
STORED: dict[str, Subject] = {
    "{}": PLAIN,
    '{"later": true}': ItemMessage(later=True),
    '{"folded": true}': ItemMessage(folded=True),
    '{"later": true, "folded": true}': ItemMessage(later=True, folded=True),
    '{"last": false}': Reminder(last=False),
    '{"last": true, "opened": true}': Reminder(last=True, opened=True),
    '{"last": true, "opened": true, "folded": true}': Reminder(last=True, opened=True, folded=True),
    '{"track": "abc"}': Closing("abc"),
    '{"track": "abc", "new_hour": "08:30", "talk_asked": true}': Closing("abc", time(8, 30), talk_asked=True),
    '{"order": "o1"}': OrderSummary("o1"),
    '{"held": "token_revoked"}': TokenRefused("token_revoked"),
    '{"talk": "U1"}': TalkWish("U1"),
    '{"said": "paused"}': DmReply(Said.PAUSED),
    '{"said": "paused", "until": "2026-03-02"}': DmReply(Said.PAUSED, until=MONDAY),
    '{"said": "back_on", "until": "2026-03-02", "either": ["2026-03-02", "2026-02-03"], "ahead": true}': DmReply(
        Said.BACK_ON, until=MONDAY, either=(MONDAY, date(2026, 2, 3)), ahead=True
    ),
    '{"said": "hour", "hour": "08:30", "guessed": true}': DmReply(Meaning.HOUR, hour=time(8, 30), guessed=True),
    '{"said": "later", "when": "2026-03-02T12:00:00+00:00"}': DmReply(
        Meaning.LATER, when=datetime(2026, 3, 2, 12, tzinfo=UTC)
    ),
    '{"said": "topic", "terms": ["fomo"], "lesson": "reach"}': DmReply(Meaning.TOPIC, terms=("fomo",), lesson="reach"),
    '{"said": "answered", "asking": "a1"}': AnswerGiven("a1"),
    '{"said": "is_it", "asking": "a1", "message": "d1", "choice": 0}': AnswerAsked("a1", "d1", 0),
    '{"term": "fomo"}': ExplainedTerm("fomo"),
    '{"term": "fomo", "guessed": true}': ExplainedTerm("fomo", guessed=True),
    '{"hint": true}': Hint(),
}
NOTES: dict[str, Note] = {
    "later|2026-03-02T12:00:00+00:00": Later(datetime(2026, 3, 2, 12, tzinfo=UTC)),
    "not_today|2026-03-02": NotToday(MONDAY),
    "not_today|": NotToday(None),
    "too_late|2026-03-02": TooLate(MONDAY),
    "too_late|": TooLate(None),
    "paused|2026-03-02": Paused(MONDAY),
    "paused|": Paused(None),
    "resumed|2026-03-02": Resumed(MONDAY),
    "resumed|": Resumed(None),
    "asked_first|2026-03-02": UnknownNote("asked_first|2026-03-02"),
    "later|soon": UnknownNote("later|soon"),
}


@pytest.mark.parametrize("stored", STORED)
def test_the_release_before_reads_what_this_one_writes_and_the_other_way_round(stored: str) -> None:
    assert decode_subject(json.loads(stored)) == STORED[stored]
    assert encode_subject(STORED[stored]) == json.loads(stored)


@pytest.mark.parametrize("stored", STORED)
def test_what_a_later_release_adds_is_carried_along(stored: str) -> None:
    added = {**json.loads(stored), "level": {"of": 3}}
    read = decode_subject(added)
    assert replace(read, unread={}) == STORED[stored]
    assert encode_subject(read) == added


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ({"placement": "p1"}, PLAIN),
        ({"said": "levelled_up", "level": 3}, DmReply(Meaning.HELP)),
        ({"said": "is_it", "asking": "a1"}, PLAIN),
        ({"said": "paused", "until": "some day"}, DmReply(Said.PAUSED)),
        ({"opened": True}, Reminder(last=False, opened=True)),
    ],
)
def test_what_only_another_release_can_read_is_written_back_as_it_was(stored: dict[str, object], read: Subject) -> None:
    found = decode_subject(stored)
    assert replace(found, unread={}) == read
    assert {**encode_subject(found), **stored} == encode_subject(found)


def test_a_folded_message_keeps_what_another_release_wrote_beside_it() -> None:
    read = decode_subject({"later": True, "level": 3})
    assert isinstance(read, ItemMessage)
    assert encode_subject(replace(read, folded=True)) == {"later": True, "folded": True, "level": 3}


@pytest.mark.parametrize("stored", NOTES)
def test_a_note_is_stored_as_the_release_before_reads_it(stored: str) -> None:
    assert parse_note(stored) == NOTES[stored]
    assert format_note(NOTES[stored]) == stored


def test_notes_of_a_kind_are_found_by_what_they_begin_with() -> None:
    assert {kind_prefix(of) for of in (Later, NotToday, TooLate, Paused, Resumed)} == {
        "later|", "not_today|", "too_late|", "paused|", "resumed|"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "rider"),
    [
        ("privacy|2", PrivacyNotice(2)),
        ("changed|fomo|2026-11-20", ChangedFact("fomo", date(2026, 11, 20))),
        ("worth|", Worth()),
        ("worth|yes", Worth(said=True)),
        ("worth|no", Worth(said=False)),
        ("worth|perhaps", UnknownRider("worth|perhaps")),
        ("privacy|two", UnknownRider("privacy|two")),
        ("changed|fomo|some day", UnknownRider("changed|fomo|some day")),
        ("horoscope|leo", UnknownRider("horoscope|leo")),
        ("", UnknownRider("")),
    ],
)
def test_a_rider_is_read_as_it_was_stored_and_one_of_another_release_is_kept(stored: str, rider: Rider) -> None:
    assert parse_rider(stored) == rider
    assert format_rider(rider) == stored


def test_the_attempts_of_the_log_keep_the_numbers_that_are_stored() -> None:
    assert (NO_ANSWER, FIRST_ANSWER, WRONG_TRY, CONFIDENCE, SLIP) == (0, 1, 2, 3, 4)
