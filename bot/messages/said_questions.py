"""Answers to questions: who sees what, how far one is, what a word means, what the lessons have on something."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.views import SaidView
from bot.messages import ids, wording
from bot.messages.coming import coming_text, moment_buttons, put_instead
from bot.messages.draft import Draft, button
from bot.messages.home import read_again, track_line
from bot.messages.mrkdwn import escape, rich
from bot.messages.talking import put_talk
from bot.messages.welcome import who_sees


def _who(draft: Draft, view: SaidView) -> None:
    draft.say(who_sees(view.admins)).small("Nobody is ranked here, or compared with anybody else.")


def _add_lesson(draft: Draft, view: SaidView) -> None:
    draft.say(
        "Lessons are text files that whoever runs me for your company looks after; I can't take one here. The page "
        "beside them, `lessons/README.md`, has the rules. Admins read more with `/track add`."
    )
    put_talk(draft, view)


def _report(draft: Draft, _view: SaidView) -> None:
    draft.say(
        "There are no reports yet. Your own side is `/learn progress`, which only you see. Admins have "
        "`/track status`. It says who was given a track, has started, finished or isn't taking part; no answers, "
        "pauses or silence."
    )
    draft.actions(
        ids.block(ids.ME),
        [button("How far I am", ids.action("progress")), button("Who sees what", ids.action("who"))],
        "You can see how far you are, and read who sees what.",
    )


def _terms(draft: Draft, view: SaidView) -> None:
    if not view.terms:
        # the catalogue has changed since
        _no_term(draft, view)
        return
    for term in view.terms:
        draft.say(f"*{escape(term.term)}:* {rich(term.meaning)}")
    buttons = [button(t.term, ids.action("term", t.id)) for t in view.terms]
    draft.actions(ids.block(ids.ME), buttons, "`/jargon` explains each.")


def _sources(draft: Draft, view: SaidView) -> None:
    draft.say("Where a lesson gives a figure, its source stands at the end, with the year and a link.")
    waiting = view.coming.state == "waiting"
    bring = [button("Bring it down here", ids.action("bring"))] if waiting else []
    put_talk(draft, view, *bring)


def _language(draft: Draft, view: SaidView) -> None:
    draft.say("My lessons are in English so far, and I understand English best.")
    put_talk(draft, view)


def _elsewhere(draft: Draft, view: SaidView) -> None:
    draft.say("I write here in Slack and nowhere else. The hour and the days are yours to choose.")
    settings = button("Settings", ids.action("settings"))
    put_talk(draft, view, settings, spoken="Settings has both.")


def _reread(draft: Draft, view: SaidView) -> None:
    draft.say(
        "What you have had can be read again here, without its question."
        if view.again
        else "Nothing is behind you yet."
    )
    blocks = [read_again(view.again)] if view.again else []
    if view.coming.state == "waiting":
        blocks.append(button("Bring the open one down here", ids.action("bring")))
    if blocks:
        draft.actions(ids.block(ids.ME), blocks, "Home has them too.")
    else:
        draft.say(coming_text(view.coming))
        put_instead(draft, view.coming)


def _progress(draft: Draft, view: SaidView) -> None:
    if view.tracks:
        draft.say("\n".join(track_line(t) for t in view.tracks))
    draft.say(f"{coming_text(view.coming)} Only you see this." if view.tracks else coming_text(view.coming))
    draft.actions(ids.block(ids.ME), moment_buttons(view.coming), "`/learn progress` says the same.")


def _wrong(draft: Draft, view: SaidView) -> None:
    if not view.answered:
        draft.say("You haven't answered a question yet, so there is nothing here to look at again.")
    elif not view.missed:
        draft.say("So far you've got everything right first time.")
    else:
        titles = "\n".join(f"• {escape(title)}" for title in view.missed)
        draft.say(f"You first chose another answer in these, latest first:\n{titles}")
        draft.say("Each message, further up, has the reasons and the better answer.")
        if view.again:
            draft.actions(ids.block(ids.ME, 2), [read_again(view.again)], "You can read each of them again here.")
    draft.small("Only you see this.")
    if view.talk_to and view.missed:
        draft.say("If you see one of them otherwise, somebody here can look at it.")
        put_talk(draft, view)


def _no_term(draft: Draft, view: SaidView) -> None:
    if not view.terms:
        draft.say("I have no entry for that word yet, in this spelling. Somebody here may know it.")
        put_talk(draft, view)
        return
    names = wording.listed([escape(t.term) for t in view.terms])
    draft.say(f"I have no entry for that word yet. The nearest I know: {names}.")
    buttons = [button(t.term, ids.action("term", t.id)) for t in view.terms]
    draft.actions(ids.block(ids.ME), buttons, "`/jargon` explains each.")


def _topic(draft: Draft, view: SaidView) -> None:
    if view.terms or view.lesson:
        draft.say("I can't judge a case of your own, but this comes nearest to it:")
    elif view.can_ask:
        draft.say(
            "I have no lesson on that, and can't judge a case of your own. Somebody here may: a tap passes on your "
            "name, and nothing else."
        )
    else:
        draft.say("I have no lesson on that yet, and can't judge a case of your own. _help_ says what I do have.")
    for term in view.terms:
        draft.say(f"*{escape(term.term)}:* {rich(term.meaning)}")
    read = []
    if view.lesson:
        draft.say(f"The lesson *{escape(view.lesson.title)}*")
        read = [button("Read it now", ids.action("lesson", view.lesson.id), heard=f"Read {view.lesson.title}")]
    put_talk(draft, view, *read, spoken="You can read it here, or ask to talk to someone.")


QUESTIONS: dict[str, Callable[[Draft, SaidView], None]] = {
    "who": _who,
    "add_lesson": _add_lesson,
    "report": _report,
    "progress": _progress,
    "wrong": _wrong,
    "no_term": _no_term,
    "topic": _topic,
    "terms": _terms,
    "sources": _sources,
    "reread": _reread,
    "language": _language,
    "elsewhere": _elsewhere,
}
