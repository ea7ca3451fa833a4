"""Hours, days and dates as people type them: one parser for commands, the DM, dialogs and settings.

Pure: the local date comes in as `today`. Text that is none of them raises a `ReadingError`, whose words are the answer.
"""

from bot.domain.typed_dates.dates import example, parse_date
from bot.domain.typed_dates.hours import parse_hour
from bot.domain.typed_dates.search import MOST_WORDS, find_date, parse_until
from bot.domain.typed_dates.text import AmbiguousDateError, NoSuchDayError, ReadingError, bare, composed, normal
from bot.domain.typed_dates.weekdays import parse_days

__all__ = [
    "MOST_WORDS",
    "AmbiguousDateError",
    "NoSuchDayError",
    "ReadingError",
    "bare",
    "composed",
    "example",
    "find_date",
    "normal",
    "parse_date",
    "parse_days",
    "parse_hour",
    "parse_until",
]
