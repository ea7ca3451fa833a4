"""Column types that mean the same on SQLite and Postgres."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import JSON, DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.domain.delivery_note import Note
from bot.domain.delivery_subject import Subject
from bot.domain.rider import Rider
from bot.store.note_text import format_note, parse_note
from bot.store.rider_text import format_rider, parse_rider
from bot.store.subject_json import decode_subject, encode_subject


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored as UTC; SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Weekdays(TypeDecorator[frozenset[int]]):
    """Weekdays, Monday 0, stored such as "01234"."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str | None:
        return None if value is None else "".join(str(day) for day in sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int] | None:
        return None if value is None else frozenset(int(day) for day in value)


class ItemIds(TypeDecorator[tuple[str, ...]]):
    """The ids of items, stored with spaces between them, which no id has."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class LocalTime(TypeDecorator[time]):
    """A time of day without a zone, stored as "HH:MM"."""

    impl = String(5)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else value.strftime("%H:%M")

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class SubjectJson(TypeDecorator[Subject]):
    """The subject of a message, stored as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Subject | None, dialect: Dialect) -> Mapping[str, Any] | None:
        return None if value is None else encode_subject(value)

    def process_result_value(self, value: Mapping[str, Any] | None, dialect: Dialect) -> Subject | None:
        return None if value is None else decode_subject(value)


class NoteText(TypeDecorator[Note]):
    """The note below a message, stored as text."""

    impl = String(255)
    cache_ok = True

    def process_bind_param(self, value: Note | None, dialect: Dialect) -> str | None:
        return None if value is None else format_note(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Note | None:
        return None if value is None else parse_note(value)


class RiderText(TypeDecorator[Rider]):
    """The one extra line that a message carries, stored as text."""

    impl = String(255)
    cache_ok = True

    def process_bind_param(self, value: Rider | None, dialect: Dialect) -> str | None:
        return None if value is None else format_rider(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Rider | None:
        return None if value is None else parse_rider(value)
