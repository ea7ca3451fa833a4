"""What typed words bear on: the lessons and the speaker, or a case, people and posts of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.intents import Meaning
from bot.slack.typed.word_lists import Words

A_CASE = 2
"""A question that names so many of the lessons' subjects is about a case of theirs, not about an answer."""
SHORT = 6
"""A message of so many words at most may be a name that was looked up."""


def allowed(name: str, said: Sequence[str], lists: Words) -> bool:
    """False where the words are about somebody or something else."""
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
    """*How many posts a week are good for a CEO?*: about the lessons' subjects, whatever phrases there are in it."""
    about = lists.subjects.intersection(" ".join(said).replace("social media", "media").split())
    asks = lists.asks.intersection(said) and not lists.ours_to_leave.intersection(said)
    return bool(asks) and (len(about) >= A_CASE or ("should" in said and bool(about)))


def says(name: Meaning, said: Sequence[str], lists: Words) -> bool:
    """Whether one of the phrases of a meaning is in it."""
    line = " ".join(said) + " "
    return lists.phrases[name].search(line) is not None
