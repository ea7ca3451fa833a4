"""The words by which people name hours, days and dates, as data: another language is another set of these.

All are lower case, as `reading.normal` leaves what was typed.
"""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OTHER_WEEKDAYS = {"tues": 1, "weds": 2, "wednes": 2, "thur": 3, "thurs": 3}
"""Besides their first three letters, and a plural of either."""
DAY_GROUPS = {
    "weekday": range(5),
    "workday": range(5),
    "working day": range(5),
    "business day": range(5),
    "weekend": (5, 6),
    "day": range(7),
}
"""Also in the plural, and with "every" before them."""
MONTHS = ("january", "february", "march", "april", "may", "june",
          "july", "august", "september", "october", "november", "december")  # fmt: skip
OTHER_MONTHS = {"sept": 9}
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ONE = frozenset({"a", "an"})
TODAY = frozenset({"today", "now", "at once", "straight away", "immediately"})
TOMORROW = frozenset({"tomorrow", "tomorow", "tmrw", "tmr"})
OVERMORROW = frozenset({"day after tomorrow", "overmorrow"})
NOON = frozenset({"noon", "midday", "12 noon"})
MIDNIGHT = frozenset({"midnight"})
BEFORE_NOON = frozenset({"am", "morning"})
AFTER_NOON = frozenset({"pm", "afternoon", "evening"})
OCLOCK = frozenset({"oclock", "o clock", "uhr", "h", "hrs", "hours"})
RANGE = frozenset({"-", "to", "through", "thru", "until", "untill", "till", "til", "'til", "up"})
"""Between the first and the last of some days, one or several: "up to"."""
RANGE_SIGNS = ("~", "∼", "→", "⇒", "➔", ">", "..")
"""Also doubled, and with dashes."""
EXCEPT = frozenset({"except", "but not", "without", "not"})
UNSURE = frozenset(
    {
        "end",
        "mid",
        "middle",
        "late",
        "early",
        "after",
        "before",
        "week",
        "weeks",
        "easter",
        "second",
        "third",
    }
)
"""Beside a date these make it another day."""
UNTIL = ("until", "till", "til", "'til", "untill", "unitl", "untl")
NEXT = frozenset({"next", "coming", "this", "following"})
"""Before a weekday they change nothing: it is the next one ahead, and the answer names its date."""
FILLERS = frozenset(
    {"on", "at", "by", "from", "until", "till", "til", "starting", "beginning", "the", "of", "around", "about", "every",
     "each", "only", "please", "just", "thanks", "thank", "you", "for", "in", "and", "it", "is", "s", "my", "time",
     "pls", "plz", "thx", "tx", "ty", "cheers", "kindly"}
)  # fmt: skip
"""Words around an hour, a day or a date that say nothing about it."""
FROM, AT, ON = frozenset({"from", "starting", "beginning"}), frozenset({"at"}), frozenset({"on"})
"""What begins the first day, the hour and the days of an assignment."""
BETWEEN_NAMES = frozenset({"to", "for", "and", "with", "the", "track", "please", "&", "+", "of", "a"})
"""Words around people and tracks that name neither."""
