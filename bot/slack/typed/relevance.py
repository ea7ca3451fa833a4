"""The subject of typed text: the lessons and the speaker, or a case, people and posts of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.intents import Meaning
from bot.slack.typed.word_lists import Words

A_CASE = 2
"""The number of the lessons' subjects from which on a question is about a case, not about an answer."""
SHORT = 6
"""The most words of a message that may be a term that was looked up."""


def allowed(name: str, said: Sequence[str], lists: Words) -> bool:
    """Return False for a meaning that the words have about somebody or something else."""
    said = " ".join(said).replace("social media", "").split()
    others, about = lists.others.intersection(said), lists.subjects.intersection(said)
    match name:
        case Meaning.DATA:
            return not others and not about - {"account"}
        case Meaning.REST:
            theirs = lists.somebody.intersection(said) - (set() if about else lists.together)
            unclear = lists.not_me.intersection(said) and not (lists.me | lists.together).intersection(said)
            return not (others or theirs or unclear or "should" in said)
        case Meaning.OUT:
            return not ("should" in said or others) or bool(lists.ours_to_leave.intersection(said))
        case Meaning.LATER | Meaning.CORRECTION | Meaning.REMINDERS:
            return not others
        case Meaning.NEXT:
            return not {"not", "never", "none", "should"}.intersection(said)
        case Meaning.AGAIN:
            return "never" not in said
        case Meaning.DAYS:
            return not (about and lists.together.intersection(said))
        case Meaning.TRACKS:
            return not about or len(said) <= SHORT
        case Meaning.HELP:
            return not about - {"ai", "chatgpt"}
    return True


def is_a_case(said: Sequence[str], lists: Words) -> bool:
    """Return True for *How many posts a week are good for a CEO?*, which is about the lessons' subjects whatever
    phrases are in it.
    """
    about = lists.subjects.intersection(" ".join(said).replace("social media", "media").split())
    asks = lists.asks.intersection(said) and not lists.ours_to_leave.intersection(said)
    return bool(asks) and (len(about) >= A_CASE or ("should" in said and bool(about)))


def says(name: Meaning, said: Sequence[str], lists: Words) -> bool:
    """Return True where one of the phrases of a meaning is in the words."""
    line = " ".join(said) + " "
    return lists.phrases[name].search(line) is not None
