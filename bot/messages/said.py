"""Answers to what was typed in the DM: which is drawn by which function, and the short ones."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.intents import Meaning
from bot.domain.views import HintView, SaidView
from bot.messages import ids, wording
from bot.messages.coming import IDLE, coming_text, moment_buttons
from bot.messages.draft import Block, Draft, Message, button, menu, option, plain_text
from bot.messages.mrkdwn import escape
from bot.messages.said_answers import ANSWERS
from bot.messages.said_out import OUT
from bot.messages.said_questions import QUESTIONS
from bot.messages.said_times import TIMES
from bot.messages.talking import passed_on_text, put_talk

OPENING = (
    "A short answer to what you typed is here. It is for you alone, and there is nothing in it that you need to do now."
)
Drawn = Callable[[Draft, SaidView], None]
MEANT = {
    Meaning.REST: "Quiet for a while",
    Meaning.OUT: "Leaving, or no more of it",
    Meaning.HOUR: "Another hour",
    Meaning.DAYS: "Other days, or fewer",
    Meaning.WHO: "Who sees what",
    Meaning.DATA: "What is kept about me",
    Meaning.PROGRESS: "How far I am",
    Meaning.WRONG: "What I got wrong",
    Meaning.WHY: "Why I get this",
    Meaning.COMPLAINT: "Something wrong with a lesson",
    Meaning.HELP: "What you can do",
}
"""What somebody who wasn't understood can choose from, and how it is shown."""
MEANT_IDLE = frozenset(
    {Meaning.WHO, Meaning.DATA, Meaning.PROGRESS, Meaning.WRONG, Meaning.WHY, Meaning.COMPLAINT, Meaning.HELP}
)
"""What is left of it while nothing is running."""


def said_message(view: SaidView) -> Message:
    """What became of what was typed."""
    draft = Draft(OPENING)
    DRAWN.get(view.said, _help)(draft, view)
    if view.guessed:
        draft.actions(ids.block(view.delivery_id), [_meant(view.coming.state, "Not that? It is about …")])
    return draft.message()


def hint_message(view: HintView) -> Message:
    """Something was typed that it doesn't understand: what it may be about, and somebody to talk to."""
    draft = Draft(OPENING)
    state = view.coming.state
    draft.say("I didn't follow that. Which of these comes nearest?")
    choose = _meant(state, "It is about …")
    draft.actions(ids.block(view.delivery_id), [choose], "_help_ says what else I understand.")
    put_talk(draft, view, *moment_buttons(view.coming), spoken="_help_ says what else I can do.")
    if state == "waiting":
        draft.small("If it was your answer: tap the choice that comes nearest, or type its letter.")
    elif words := " or ".join(f"_{escape(s)}_" for s in view.suggestions):
        draft.small(f"A term by itself I explain: try {words}.")
    return draft.message()


def _meant(state: str, placeholder: str) -> Block:
    """What it may have been about. `state`: of what comes."""
    meant = [option(shown, meaning) for meaning, shown in MEANT.items() if state not in IDLE or meaning in MEANT_IDLE]
    return menu("static_select", ids.action("mean"), meant, placeholder=plain_text(placeholder))


def _resumed(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "Messages come again.")


def _not_paused(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "You weren't paused, so nothing changes.")


def _go_on(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "Nothing changes: it goes on as it is.")


def _greeting(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "Hello.")


def _sorry(draft: Draft, view: SaidView) -> None:
    waits = "" if view.coming.state in {*IDLE, "paused"} else " A lesson waits for you."
    _and_now(draft, view, f"Nothing to be sorry about: nobody here sees when you answer.{waits}")


def _when(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "")


def _nothing_open(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "Nothing is open right now.")


def _and_now(draft: Draft, view: SaidView, first: str, *more: Block) -> None:
    draft.say(f"{first} {coming_text(view.coming)}".strip())
    draft.actions(ids.block(ids.ME), [*moment_buttons(view.coming), *more], "_help_ says what else I can do.")


def _thanks(draft: Draft, _view: SaidView) -> None:
    draft.say("You're welcome.")


def _tap_it(draft: Draft, _view: SaidView) -> None:
    draft.say("Please tap what you mean in my last message. I'd rather not guess.")


def _left_alone(draft: Draft, _view: SaidView) -> None:
    draft.say("All right, nothing is changed.")


def _waiting(draft: Draft, view: SaidView) -> None:
    if not view.coming.open:
        _nothing_to_bring(draft, view)
        return
    draft.say(f"*{escape(view.coming.title)}* is still open, further up here.")
    bring = button("Bring it down here", ids.action("bring"))
    draft.actions(ids.block(ids.ME), [bring], "You can have it brought down here.")


def _nothing_to_bring(draft: Draft, view: SaidView) -> None:
    _and_now(draft, view, "" if view.coming.state in IDLE else "Nothing is waiting for you.")


def _tracks(draft: Draft, _view: SaidView) -> None:
    draft.say("`/learn tracks` shows what there is, and what you can start by yourself.")
    draft.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))])


def _talk(draft: Draft, view: SaidView) -> None:
    if not view.talk_to:
        draft.say("Nobody is set up here to take that yet. I can explain a term, though: just type it.")
        return
    if view.talk_since is not None:
        draft.say(passed_on_text(view.talk_to, view.talk_since, view.coming.today))
        return
    draft.say(f"I can give {wording.mentions(view.talk_to)} your name, and nothing else.")
    put_talk(draft, view)


def _help(draft: Draft, view: SaidView) -> None:
    draft.say(
        "I am a bot that brings you a minute on social media a day: a short text and a question. Type a word and I "
        "explain it; or type _next_, _pause_, _pause until monday_, _leave_, _8:30_, _when_ or _who sees this_. "
        "The rest is in `/learn`."
    )
    draft.actions(
        ids.block(ids.ME),
        [*moment_buttons(view.coming), button("Who sees what", ids.action("who"))],
        "You can also read who sees what.",
    )


DRAWN: dict[str, Drawn] = {
    **OUT,
    **ANSWERS,
    **TIMES,
    **QUESTIONS,
    "resumed": _resumed,
    "not_paused": _not_paused,
    "go_on": _go_on,
    "greeting": _greeting,
    "sorry": _sorry,
    "when": _when,
    "nothing_open": _nothing_open,
    "thanks": _thanks,
    "tap_it": _tap_it,
    "left_alone": _left_alone,
    "waiting": _waiting,
    "finished": _nothing_to_bring,
    "nothing": _nothing_to_bring,
    "tracks": _tracks,
    "talk": _talk,
    "help": _help,
}
