"""Answers to questions about privacy, progress, terms and topics."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.delivery_subject import Said
from bot.domain.intents import Meaning
from bot.messages import formatting, ids
from bot.messages.builder import Builder, button
from bot.messages.mrkdwn import escape, rich
from bot.messages.next_up import coming_text, moment_buttons, put_instead
from bot.messages.privacy import who_sees
from bot.messages.standing import progress_button, read_again, track_line
from bot.messages.talk_button import put_talk
from bot.view_models import ComingState, DmReplyView


def _who(builder: Builder, view: DmReplyView) -> None:
    builder.say(who_sees(view.admins)).small("Nobody is ranked here, or compared with anybody else.")


def _add_lesson(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "Lessons are text files that whoever runs me for your company looks after; I can't take one here. The page "
        "beside them, `lessons/README.md`, has the rules. Admins read more with `/track add`."
    )
    put_talk(builder, view)


def _report(builder: Builder, _view: DmReplyView) -> None:
    builder.say(
        "Your own side is `/learn progress`, which only you see. Admins have `/track status` and `/track report`: who "
        "was given a track, has started, finished or isn't taking part, and how many month by month; no answers, "
        "pauses or silence."
    )
    builder.actions(
        ids.block(ids.ME),
        [progress_button(), button("Who sees what", ids.action("who"))],
        "You can see how far you are, and read who sees what.",
    )


def _terms(builder: Builder, view: DmReplyView) -> None:
    if not view.terms:
        # the catalogue may have changed since the question was asked
        _no_term(builder, view)
        return
    for term in view.terms:
        builder.say(f"*{escape(term.term)}:* {rich(term.meaning)}")
    buttons = [button(t.term, ids.action("term", t.id)) for t in view.terms]
    builder.actions(ids.block(ids.ME), buttons, "`/jargon` explains each.")


def _sources(builder: Builder, view: DmReplyView) -> None:
    builder.say("Where a lesson gives a figure, its source stands at the end, with the year and a link.")
    waiting = view.coming.state is ComingState.WAITING
    bring = [button("Bring it down here", ids.action("bring"))] if waiting else []
    put_talk(builder, view, *bring)


def _language(builder: Builder, view: DmReplyView) -> None:
    builder.say("My lessons are in English so far, and I understand English best.")
    put_talk(builder, view)


def _elsewhere(builder: Builder, view: DmReplyView) -> None:
    builder.say("I write here in Slack and nowhere else. The hour and the days are yours to choose.")
    settings = button("Settings", ids.action("settings"))
    put_talk(builder, view, settings, spoken="Settings has both.")


def _reread(builder: Builder, view: DmReplyView) -> None:
    builder.say(
        "What you have had can be read again here, without its question."
        if view.again
        else "Nothing is behind you yet."
    )
    blocks = [read_again(view.again)] if view.again else []
    if view.coming.state is ComingState.WAITING:
        blocks.append(button("Bring the open one down here", ids.action("bring")))
    if blocks:
        builder.actions(ids.block(ids.ME), blocks, "Home has them too.")
    else:
        builder.say(coming_text(view.coming))
        put_instead(builder, view.coming)


def _progress(builder: Builder, view: DmReplyView) -> None:
    if view.tracks:
        builder.say("\n".join(track_line(t) for t in view.tracks))
    builder.say(f"{coming_text(view.coming)} Only you see this." if view.tracks else coming_text(view.coming))
    builder.actions(ids.block(ids.ME), moment_buttons(view.coming), "`/learn progress` says the same.")


def _wrong(builder: Builder, view: DmReplyView) -> None:
    if not view.answered:
        builder.say("You haven't answered a question yet, so there is nothing here to look at again.")
    elif not view.missed:
        builder.say("So far you've got everything right first time.")
    else:
        titles = "\n".join(f"• {escape(title)}" for title in view.missed)
        builder.say(f"You first chose another answer in these, latest first:\n{titles}")
        builder.say("Each message, further up, has the reasons and the better answer.")
        if view.again:
            builder.actions(ids.block(ids.ME, 2), [read_again(view.again)], "You can read each of them again here.")
    builder.small("Only you see this.")
    if view.talk_to and view.missed:
        builder.say("If you see one of them otherwise, somebody here can look at it.")
        put_talk(builder, view)


def _no_term(builder: Builder, view: DmReplyView) -> None:
    if not view.terms:
        builder.say("I have no entry for that word yet, in this spelling. Somebody here may know it.")
        put_talk(builder, view)
        return
    names = formatting.listed([escape(t.term) for t in view.terms])
    builder.say(f"I have no entry for that word yet. The nearest I know: {names}.")
    buttons = [button(t.term, ids.action("term", t.id)) for t in view.terms]
    builder.actions(ids.block(ids.ME), buttons, "`/jargon` explains each.")


def _topic(builder: Builder, view: DmReplyView) -> None:
    if view.terms or view.lesson:
        builder.say("I can't judge a case of your own, but this comes nearest to it:")
    elif view.can_ask:
        builder.say(
            "I have no lesson on that, and can't judge a case of your own. Somebody here may: a tap passes on your "
            "name, and nothing else."
        )
    else:
        builder.say("I have no lesson on that yet, and can't judge a case of your own. _help_ says what I do have.")
    for term in view.terms:
        builder.say(f"*{escape(term.term)}:* {rich(term.meaning)}")
    read = []
    if view.lesson:
        builder.say(f"The lesson *{escape(view.lesson.title)}*")
        read = [button("Read it now", ids.action("lesson", view.lesson.id), heard=f"Read {view.lesson.title}")]
    put_talk(builder, view, *read, spoken="You can read it here, or ask to talk to someone.")


QUESTIONS: dict[Said | Meaning, Callable[[Builder, DmReplyView], None]] = {
    Meaning.WHO: _who,
    Meaning.ADD_LESSON: _add_lesson,
    Meaning.REPORT: _report,
    Meaning.PROGRESS: _progress,
    Meaning.WRONG: _wrong,
    Meaning.NO_TERM: _no_term,
    Meaning.TOPIC: _topic,
    Meaning.TERMS: _terms,
    Meaning.SOURCES: _sources,
    Meaning.REREAD: _reread,
    Meaning.LANGUAGE: _language,
    Meaning.ELSEWHERE: _elsewhere,
}
