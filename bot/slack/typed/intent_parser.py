"""Parse the intent of a typed message. Pure: a text, its context and the catalogue in, one intent out.

A pause and the deletion of data are never guessed: a pause is made only where nothing else is said, and a question
about deletion is answered with the name of whoever can do it. What may be meant otherwise is offered, with a button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent, Meaning
from bot.domain.typed_dates import composed, parse_until
from bot.queries.glossary import looked_up
from bot.slack.typed.answers import answer_in
from bot.slack.typed.examples import Examples, examples
from bot.slack.typed.guesses import guessed, of_subjects
from bot.slack.typed.message import TypedMessage, dated
from bot.slack.typed.pauses import (
    before_resuming,
    begins_later,
    is_whole_pause,
    only_an_end,
    pause_until,
    resumes_on,
)
from bot.slack.typed.phrase_intents import phrase_intent
from bot.slack.typed.phrases import emoji_in, has_emoji, spoken
from bot.slack.typed.relevance import SHORT, allowed, is_a_case, says
from bot.slack.typed.times import whole_days, whole_hour
from bot.slack.typed.word_lists import Words, words

LONGEST = 1000
"""Characters of a message that are parsed: nobody asks for anything later than that."""
NEEDS_MORE = frozenset({Meaning.TERM, Meaning.TERMS, Meaning.NO_TERM, Meaning.TOPIC, Meaning.HOUR, Meaning.REST})
"""Meanings with details, which an example doesn't have."""


def read(text: str, dm_context: DmContext, catalogue: Catalogue, known: Examples | None = None) -> Intent:
    """Return the intent of a message: that of the first of `STEPS` to find one, else a guess.

    `text`: as it was typed, without Slack's escapes. `known`: examples in the place of the bot's own.
    """
    lists = words()
    text = composed(text[:LONGEST])
    said = spoken(text, lists)
    if _asks_of_an_emoji(text, said, lists):
        said, text = ["what", "does", "emoji", "mean"], "emoji?"
    message = TypedMessage(
        text=text, said=said, dm_context=dm_context, catalogue=catalogue, lists=lists, known=known or examples()
    )
    for step in STEPS:
        if (found := step(message)) is not None:
            return found
    guess = guessed(text, message.ungreeted, catalogue, lists, message.known)
    return dated(guess, message)


def _pause_spoken_of(message: TypedMessage) -> Intent | None:
    """*Could I stop?*: a pause by its words, which is only offered."""
    whole = message.whole == Meaning.PAUSE
    return (
        Intent(meaning=Meaning.OUT) if whole and not is_whole_pause(message.text, message.said, message.lists) else None
    )


def _only_emoji(message: TypedMessage) -> Intent | None:
    if message.said:
        return None
    for name in emoji_in(message.text, message.lists):
        if name in message.lists.emoji:
            return Intent(meaning=Meaning(message.lists.emoji[name]))
    return Intent(meaning=Meaning.HELP if "?" in message.text else Meaning.HINT)


def _reply(message: TypedMessage) -> Intent | None:
    """*Yes* or *no* to the bot's own question, where nothing else is said."""
    said, lists = message.said, message.lists
    if not message.dm_context.asked:
        return None
    if said[0] in lists.declines and lists.declines.union(lists.beside_no).issuperset(said):
        return Intent(meaning=Meaning.NO)
    agreed = lists.agrees.intersection(said) and lists.agrees.union(lists.beside_yes).issuperset(said)
    return Intent(meaning=Meaning.YES) if agreed else None


def _outright(message: TypedMessage) -> Intent | None:
    """A pause, *resume*, *next*, or a day or an hour and nothing else."""
    text, said, lists, today = message.text, message.said, message.lists, message.dm_context.today
    if (until := pause_until(text, said, lists, today)) is not None:
        return Intent(meaning=Meaning.PAUSE, until=until)
    if message.whole in {Meaning.PAUSE, Meaning.NEXT, Meaning.RESUME}:
        return Intent(meaning=Meaning(message.whole))
    if (back := resumes_on(text, said, lists, today)) is not None:
        return Intent(meaning=Meaning.REST, until=back, ahead=begins_later(before_resuming(text, lists), lists))
    if (hour := whole_hour(text, said, lists)) is not None:
        return Intent(meaning=Meaning.HOUR, hour=hour)
    return None


def _answer(message: TypedMessage) -> Intent | None:
    """An answer to the open question. *I meant A, not C* is none: it is about an earlier one."""
    said, lists = message.said, message.lists
    if allowed(Meaning.CORRECTION, said, lists) and says(Meaning.CORRECTION, said, lists):
        return None
    return answer_in(message.text, message.dm_context, message.catalogue, lists)


def _looked_up(message: TypedMessage) -> Intent | None:
    """A term and nothing else; but three of them are also requests."""
    said = message.said
    if len(said) > SHORT or message.lists.everyday.issuperset(said) or message.whole in {"talk", "help", "settings"}:
        return None
    found = looked_up(message.catalogue, message.text)
    return Intent(meaning=Meaning.TERM, terms=(found.term.id,)) if found and found.term else None


def _whole(message: TypedMessage) -> Intent | None:
    return Intent(meaning=Meaning(message.whole)) if message.whole else None


def _only_days(message: TypedMessage) -> Intent | None:
    return Intent(meaning=Meaning.DAYS) if whole_days(message.text, message.said, message.lists) else None


def _only_an_end(message: TypedMessage) -> Intent | None:
    if not only_an_end(message.said, message.lists):
        return None
    rest = dated(Intent(meaning=Meaning.REST), message)
    # a day that is too far ahead for a pause is left out, and a pause without it offered
    return rest if rest.has_end or parse_until(message.text, message.dm_context.today) else None


def _own_case(message: TypedMessage) -> Intent | None:
    """A case of their own, as in *How many posts a week are good for a CEO?*, whatever phrases are in it."""
    text, said, lists = message.text, message.ungreeted, message.lists
    if message.asked_term or not is_a_case(said, lists) or says(Meaning.TALK, said, lists):
        return None
    return of_subjects(text, said, message.catalogue, lists) or Intent(meaning=Meaning.TOPIC)


def _term(message: TypedMessage) -> Intent | None:
    return message.asked_term


def _example(message: TypedMessage) -> Intent | None:
    """The meaning of a message that is an example itself. One with details is parsed as any other message is."""
    meaning = message.known.same(message.text)
    return None if meaning is None or meaning in NEEDS_MORE else Intent(meaning=meaning)


STEPS: tuple[Callable[[TypedMessage], Intent | None], ...] = (
    # nothing but these words or emoji is said, so nothing else can be meant
    _pause_spoken_of,
    _only_emoji,
    # "no" after a question of the bot's would else be a verdict, and "ok" thanks
    _reply,
    # it changes something at once: before an answer, since "8" and "a week off" name a choice as well
    _outright,
    # a letter or a choice typed out, before terms: a choice may be made of them
    _answer,
    # a term, before single words: "reach" and "story" are both
    _looked_up,
    _whole,
    _only_days,
    _only_an_end,
    # a question about their own case has phrases in it that mean something else elsewhere ("should we stop posting?")
    _own_case,
    _term,
    # known as it stands, before the phrases, which know only parts of it
    _example,
    phrase_intent,
)
"""The steps in their order: from what leaves least doubt to what leaves most."""


def _asks_of_an_emoji(text: str, said: Sequence[str], lists: Words) -> bool:
    """Return True for *What does 🙃 mean?*: there is a lesson on emoji, and no entry for each."""
    rest = (lists.asks_meaning | lists.beside_meaning).issuperset(said)
    return bool(rest and lists.asks_meaning.intersection(said)) and has_emoji(text)
