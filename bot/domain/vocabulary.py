"""Vocabulary for hours, days and dates, as data: another language is another set of these.

All words are lower case, as `typed_dates.normal` leaves typed text.
"""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OTHER_WEEKDAYS = {"tues": 1, "weds": 2, "wednes": 2, "thur": 3, "thurs": 3}
"""Other short forms of weekdays, besides their first three letters and plurals."""
DAY_GROUPS = {
    "weekday": range(5),
    "workday": range(5),
    "working day": range(5),
    "business day": range(5),
    "weekend": (5, 6),
    "day": range(7),
}
"""Groups of days by name, which may also be in the plural or follow "every"."""
MONTHS = ("january", "february", "march", "april", "may", "june",
          "july", "august", "september", "october", "november", "december")  # fmt: skip
OTHER_MONTHS = {"sept": 9}
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ONE = frozenset({"a", "an"})
ARTICLES = ONE | {"the"}
SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands"), 1_000),
    **dict.fromkeys(("m", "mn", "million", "millions"), 1_000_000),
    **dict.fromkeys(("bn", "billion", "billions"), 1_000_000_000),
}
"""The words behind a number that multiply it."""
TODAY = frozenset({"today", "now", "at once", "straight away", "immediately"})
TOMORROW = frozenset({"tomorrow", "tomorow", "tmrw", "tmr"})
OVERMORROW = frozenset({"day after tomorrow", "overmorrow"})
NOON = frozenset({"noon", "midday", "12 noon"})
MIDNIGHT = frozenset({"midnight"})
BEFORE_NOON = frozenset({"am", "morning"})
AFTER_NOON = frozenset({"pm", "afternoon", "evening"})
OCLOCK = frozenset({"oclock", "o clock", "uhr", "h", "hrs", "hours"})
RANGE = frozenset({"-", "to", "through", "thru", "until", "untill", "till", "til", "'til", "'till", "upto", "up"})
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
"""Words that turn a date beside them into another day."""
UNTIL = ("until", "till", "til", "'til", "'till", "untill", "unitl", "untl")
NEXT = frozenset({"next", "coming", "this", "following"})
"""Words before a weekday that change nothing: it is the next one ahead, and the answer names its date."""
FILLERS = frozenset(
    {"on", "at", "by", "from", "until", "till", "til", "starting", "beginning", "the", "of", "around", "about", "every",
     "each", "only", "please", "just", "thanks", "thank", "you", "for", "in", "and", "it", "is", "s", "my", "time",
     "pls", "plz", "thx", "tx", "ty", "cheers", "kindly"}
)  # fmt: skip
"""Words around an hour, a day or a date that say nothing about it."""
FROM, AT, ON = frozenset({"from", "starting", "beginning"}), frozenset({"at", "@"}), frozenset({"on", "every", "each"})
"""The words before an assignment's first day, hour and days."""
START = frozenset({"start", "starts", "begin", "begins"})
"""The same as "from", where a day follows."""
ONWARDS = frozenset({"onwards", "onward", "forward"})
"""Words after a first day, as in "from monday on"."""
SPANS = frozenset({"day", "days", "week", "weeks", "month", "months", "fortnight", "fortnights"})
"""Units that count days after "on" and name no date, as in "on 3 days"."""
BETWEEN_NAMES = frozenset(
    {"to", "for", "and", "with", "the", "track", "please", "pls", "plz", "&", "+", "of", "a", "plus", "both", "in",
     "into", "onto", "my", "our", "as", "well", "also", "then", "only", "course", "thanks", "thx", "thank", "you"}
)  # fmt: skip
"""Words around people and tracks that name neither."""
AROUND_A_TRACK = FROM | AT | ON | {"off", "out"}
"""The same where nothing begins: "remove ada from the track", "status on the track"."""
EVERYBODY = frozenset({"everyone", "everybody"})
WHOLE_GROUPS = EVERYBODY | frozenset(
    {
        "all",
        "anyone",
        "anybody",
        "team",
        "staff",
        "people",
        "learners",
        "us",
        "them",
        "these",
        "whole",
        "entire",
        "company",
        "here",
        "colleagues",
        "executives",
        "managers",
        "members",
        "employees",
    }
)
"""Words for groups of people. None of them names a person."""
BEFORE_A_VERB = frozenset({"please", "pls", "plz", "kindly", "just", "hi", "hello", "hey", "show", "me", "my", "the"})
PAUSED = frozenset(
    {"please", "pls", "plz", "kindly", "just", "all", "everything", "me", "my", "mine", "them", "it", "this", "these",
     "the", "of", "lesson", "lessons", "message", "messages", "reminder", "reminders", "notification",
     "notifications", "track", "tracks", "learning", "training", "course", "courses", "quiz", "quizzes", "dm", "dms",
     "bot", "sending", "and", "here", "again", "now", "right", "immediately"}
)  # fmt: skip
"""Words between "pause" and its end, such as "all my lessons". Everything is paused in any case."""
THANKS = frozenset(
    {"please", "pls", "plz", "thx", "tx", "ty", "thanks", "thank", "you", "cheers", "kindly", "ok", "okay", "only",
     "then"}
)  # fmt: skip
WITHOUT_END = frozenset(
    {"now", "a while", "awhile", "a bit", "a little", "a little while", "a short while", "a moment", "ages",
     "a few days", "a few weeks", "a few months", "some days", "i say otherwise", "the moment", "the present",
     "the time being", "time being", "some time", "sometime", "later", "indefinitely", "ever", "forever", "good",
     "permanently", "further notice", "i resume", "i say so", "i say", "i resume it", "i resume them", "i come back",
     "i'm back", "im back", "i am back", "i return", "i'm ready", "im ready", "i am ready", "i tell you",
     "told otherwise"}
)  # fmt: skip
"""After "until" or "for": a pause that ends when they resume."""
ON_A_DAY = ON | AT
"""Before a day on which a pause would begin, or which would be left out: it isn't its end."""
THIS_DAY = frozenset({"today", "day", "the day", "the rest of the day", "rest of the day", "a day off"})
THIS_WEEK = frozenset({"this week", "week", "the week", "the rest of the week", "rest of the week"})
THIS_WEEKEND = frozenset({"weekend", "the weekend", "this weekend"})
OVER = frozenset({"for", "over", "during"})
"""Words before a span that is meant as a whole."""
EARLY = frozenset({"morning", "in the morning", "first thing", "early", "noon", "midday"})
LATE = frozenset({"afternoon", "evening", "night", "eod"})
"""Parts of a day after its lesson's hour."""
