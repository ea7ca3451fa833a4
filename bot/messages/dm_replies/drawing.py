"""The table of answers to what is typed in the DM, and the short ones."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.messages import formatting, ids, notification_texts
from bot.messages.builder import Block, Builder, Message, button, menu, option, plain_text
from bot.messages.dm_replies.answers import ANSWERS
from bot.messages.dm_replies.opting_out import OUT
from bot.messages.dm_replies.questions import QUESTIONS
from bot.messages.dm_replies.times import TIMES
from bot.messages.mrkdwn import escape
from bot.messages.next_up import coming_text, moment_buttons
from bot.messages.talk_button import passed_on_text, put_talk
from bot.view_models import ComingState, ComingView, DmReplyView, HintView

Drawn = Callable[[Builder, DmReplyView], None]
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
"""The meanings that somebody can choose after a message that wasn't understood, by label."""
MEANT_IDLE = frozenset(
    {Meaning.WHO, Meaning.DATA, Meaning.PROGRESS, Meaning.WRONG, Meaning.WHY, Meaning.COMPLAINT, Meaning.HELP}
)
"""The meanings that remain while no track is running."""


def dm_reply_message(view: DmReplyView) -> Message:
    """Draw the answer to a typed message."""
    builder = Builder(notification_texts.REPLY)
    DRAWN.get(view.said, _help)(builder, view)
    if view.guessed:
        builder.actions(ids.block(view.delivery_id), [_meant(view.coming, "Not that? It is about …")])
    return builder.message()


def hint_message(view: HintView) -> Message:
    """Draw that a typed message wasn't understood: a menu of likely meanings, and somebody to talk to."""
    builder = Builder(notification_texts.REPLY)
    builder.say("I didn't follow that. Which of these comes nearest?")
    choose = _meant(view.coming, "It is about …")
    builder.actions(ids.block(view.delivery_id), [choose], "_help_ says what else I understand.")
    put_talk(builder, view, *moment_buttons(view.coming), spoken="_help_ says what else I can do.")
    if view.coming.state is ComingState.WAITING:
        builder.small("If it was your answer: tap the choice that comes nearest, or type its letter.")
    elif words := " or ".join(f"_{escape(s)}_" for s in view.suggestions):
        builder.small(f"A term by itself I explain: try {words}.")
    return builder.message()


def _meant(coming: ComingView, placeholder: str) -> Block:
    """Return a menu of likely meanings."""
    meant = [option(shown, meaning) for meaning, shown in MEANT.items() if not coming.idle or meaning in MEANT_IDLE]
    return menu("static_select", ids.action("mean"), meant, placeholder=plain_text(placeholder))


def _resumed(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "Messages come again.")


def _not_paused(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "You weren't paused, so nothing changes.")


def _go_on(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "Nothing changes: it goes on as it is.")


def _greeting(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "Hello.")


def _sorry(builder: Builder, view: DmReplyView) -> None:
    waits = "" if view.coming.idle or view.coming.state is ComingState.PAUSED else " A lesson waits for you."
    _and_now(builder, view, f"Nothing to be sorry about: nobody here sees when you answer.{waits}")


def _when(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "")


def _nothing_open(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "Nothing is open right now.")


def _and_now(builder: Builder, view: DmReplyView, first: str, *more: Block) -> None:
    builder.say(f"{first} {coming_text(view.coming)}".strip())
    builder.actions(ids.block(ids.ME), [*moment_buttons(view.coming), *more], "_help_ says what else I can do.")


def _thanks(builder: Builder, _view: DmReplyView) -> None:
    builder.say("You're welcome.")


def _tap_it(builder: Builder, _view: DmReplyView) -> None:
    builder.say("Please tap what you mean in my last message. I'd rather not guess.")


def _left_alone(builder: Builder, _view: DmReplyView) -> None:
    builder.say("All right, nothing is changed.")


def _waiting(builder: Builder, view: DmReplyView) -> None:
    if not view.coming.open:
        _nothing_to_bring(builder, view)
        return
    builder.say(f"*{escape(view.coming.title)}* is still open, further up here.")
    bring = button("Bring it down here", ids.action("bring"))
    builder.actions(ids.block(ids.ME), [bring], "You can have it brought down here.")


def _nothing_to_bring(builder: Builder, view: DmReplyView) -> None:
    _and_now(builder, view, "" if view.coming.idle else "Nothing is waiting for you.")


def _tracks(builder: Builder, _view: DmReplyView) -> None:
    builder.say("`/learn tracks` shows what there is, and what you can start by yourself.")
    builder.actions(ids.block(ids.ME), [button("Tracks", ids.action("tracks"))])


def _talk(builder: Builder, view: DmReplyView) -> None:
    if not view.talk_to:
        builder.say("Nobody is set up here to take that yet. I can explain a term, though: just type it.")
        return
    if view.talk_since is not None:
        builder.say(passed_on_text(view.talk_to, view.talk_since, view.coming.today))
        return
    builder.say(f"I can give {formatting.mentions(view.talk_to)} your name, and nothing else.")
    put_talk(builder, view)


def _help(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "I am a bot that brings you a minute on social media a day: a short text and a question. Type a word and I "
        "explain it; or type _next_, _pause_, _pause until monday_, _leave_, _8:30_, _when_ or _who sees this_. "
        "The rest is in `/learn`."
    )
    builder.actions(
        ids.block(ids.ME),
        [*moment_buttons(view.coming), button("Who sees what", ids.action("who"))],
        "You can also read who sees what.",
    )


DRAWN: dict[Said | Meaning, Drawn] = {
    **OUT,
    **ANSWERS,
    **TIMES,
    **QUESTIONS,
    Said.RESUMED: _resumed,
    Said.NOT_PAUSED: _not_paused,
    Meaning.GO_ON: _go_on,
    Meaning.GREETING: _greeting,
    Meaning.SORRY: _sorry,
    Meaning.WHEN: _when,
    Said.NOTHING_OPEN: _nothing_open,
    Meaning.THANKS: _thanks,
    Said.TAP_IT: _tap_it,
    Said.LEFT_ALONE: _left_alone,
    Said.WAITING: _waiting,
    Said.FINISHED: _nothing_to_bring,
    Said.NOTHING: _nothing_to_bring,
    Meaning.TRACKS: _tracks,
    Meaning.TALK: _talk,
    Meaning.HELP: _help,
}
