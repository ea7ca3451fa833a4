"""The subjects of messages as JSON: the one place that knows its keys.

Another release may have written the row, or may read it next. What this one can't read is kept beside the subject
and written back unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from typing import Any

from bot.domain.delivery_subject import (
    PLAIN,
    AnswerAsked,
    AnswerGiven,
    Appointed,
    Closing,
    DmReply,
    DraftNews,
    ExplainedTerm,
    GivenBack,
    Hint,
    ItemMessage,
    MonthlyReport,
    OrderSummary,
    Reminder,
    Reviews,
    RuleNews,
    Said,
    SharedPage,
    Subject,
    TalkWish,
    TokenRefused,
    TrialItem,
)
from bot.domain.intents import Meaning

Json = dict[str, Any]
_IS_IT, _ANSWERED = Meaning.IS_IT.value, Said.ANSWERED.value


_SAID: dict[str, Said | Meaning] = {said.value: said for said in (*Meaning, *Said)}


def _dates(values: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(value) for value in values)


def _iso_dates(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


def _hhmm(value: time) -> str:
    return value.strftime("%H:%M")


@dataclass(frozen=True)
class _Key:
    """A key of the JSON: the field it fills, and both directions of its value."""

    field: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def _as_is(name: str, kind: type) -> _Key:
    return _Key(name, kind, kind)


_GUESSED = {"guessed": _as_is("guessed", bool)}
_KEYS: dict[type[Subject], dict[str, _Key]] = {
    ItemMessage: {"later": _as_is("later", bool), "folded": _as_is("folded", bool)},
    Reminder: {
        "last": _as_is("last", bool),
        "opened": _as_is("opened", bool),
        "folded": _as_is("folded", bool),
    },
    Closing: {
        "track": _as_is("track_id", str),
        "new_hour": _Key("new_hour", time.fromisoformat, _hhmm),
        "talk_asked": _as_is("talk_asked", bool),
    },
    Reviews: {"asked_for": _as_is("asked_for", bool)},
    OrderSummary: {"order": _as_is("order_id", str)},
    TokenRefused: {"held": _as_is("code", str)},
    RuleNews: {"rules": _Key("day", date.fromisoformat, date.isoformat)},
    MonthlyReport: {"report": _Key("month", date.fromisoformat, date.isoformat)},
    GivenBack: {"given_back": _as_is("track_id", str)},
    Appointed: {"appointed": _as_is("by_id", str), "dismissed": _as_is("dismissed", bool)},
    DraftNews: {"draft": _as_is("draft_id", str), "ready": _as_is("ready", bool)},
    TrialItem: {"trial": _as_is("track_id", str), "number": _as_is("number", int)},
    SharedPage: {"shared": _as_is("owner_id", str)},
    TalkWish: {"talk": _as_is("learner_id", str)},
    DmReply: {
        "said": _Key("said", _SAID.__getitem__, str),
        "until": _Key("until", date.fromisoformat, date.isoformat),
        "either": _Key("either", _dates, _iso_dates),
        "ahead": _as_is("ahead", bool),
        "hour": _Key("hour", time.fromisoformat, _hhmm),
        "when": _Key("when", datetime.fromisoformat, datetime.isoformat),
        "terms": _Key("terms", tuple, list),
        "lesson": _as_is("lesson", str),
        **_GUESSED,
    },
    AnswerGiven: {"asking": _as_is("asking_id", str), **_GUESSED},
    AnswerAsked: {
        "asking": _as_is("asking_id", str),
        "message": _as_is("delivery_id", str),
        "choice": _as_is("choice", int),
        "written": _as_is("written", str),
        **_GUESSED,
    },
    ExplainedTerm: {"term": _as_is("term_id", str), **_GUESSED},
    Hint: _GUESSED,
}
_FIXED: dict[type[Subject], Json] = {
    AnswerGiven: {"said": _ANSWERED},
    AnswerAsked: {"said": _IS_IT},
    Hint: {"hint": True},
    Reviews: {"reviews": True},
}
"""Keys that only say which class it is."""
_TAGS: dict[str, type[Subject]] = {
    "reviews": Reviews,
    "order": OrderSummary,
    "held": TokenRefused,
    "talk": TalkWish,
    "shared": SharedPage,
    "draft": DraftNews,
    "rules": RuleNews,
    "report": MonthlyReport,
    "given_back": GivenBack,
    "appointed": Appointed,
    "trial": TrialItem,
    "said": DmReply,
    "term": ExplainedTerm,
    "hint": Hint,
    "track": Closing,
    "last": Reminder,
    "opened": Reminder,
    "later": ItemMessage,
    "folded": ItemMessage,
}
"""The first of these keys says what a message speaks of."""
_OF_SAID: dict[str, type[Subject]] = {_IS_IT: AnswerAsked, _ANSWERED: AnswerGiven}
_DEFAULTS: dict[type[Subject], Json] = {
    of: {f.name: MISSING if f.default is MISSING else f.default for f in fields(of)} for of in _KEYS
}


def encode_subject(subject: Subject) -> Json:
    """Return the JSON that is stored for a subject. A field that has its default isn't written."""
    of = type(subject)
    stored = dict(_FIXED.get(of, {}))
    for key, kept in _KEYS[of].items():
        value = getattr(subject, kept.field)
        if value != _DEFAULTS[of][kept.field]:
            stored[key] = kept.write(value)
    return {**stored, **subject.unread}


def decode_subject(stored: Mapping[str, Any]) -> Subject:
    """Return the subject that stored JSON means, a plain one where this release knows none like it."""
    if not stored:
        return PLAIN
    of = next((found for tag, found in _TAGS.items() if tag in stored), ItemMessage)
    if of is DmReply:
        of = _OF_SAID.get(str(stored["said"]), DmReply)
    given, unread = _read(of, stored)
    needed = {name for name, default in _DEFAULTS[of].items() if default is MISSING} - given.keys() - {"unread"}
    if needed == {"said"}:
        # an answer that only another release gives
        given["said"], needed = Meaning.HELP, set()
    elif needed == {"last"}:
        given["last"], needed = False, set()
    return ItemMessage(unread=stored) if needed else of(**given, unread=unread)


def _read(of: type[Subject], stored: Mapping[str, Any]) -> tuple[Json, Json]:
    """Return the fields that could be read, and what else is stored."""
    given: Json = {}
    unread: Json = {}
    keys, fixed = _KEYS[of], _FIXED.get(of, {})
    for key, value in stored.items():
        if key in keys:
            try:
                given[keys[key].field] = keys[key].read(value)
            except (LookupError, TypeError, ValueError):
                unread[key] = value
        elif key not in fixed:
            unread[key] = value
    return given, unread
