"""The App Home: what comes next, how far one is, the words one has met, somebody to talk to; and the admin's part."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.views import AttentionView, HomeView, PlanView, TitleLine, TrackCount, TrackProgress
from bot.limits import SELECT_OPTIONS
from bot.messages import ids, wording
from bot.messages.coming import IDLE, coming_text, main_buttons
from bot.messages.draft import Block, Draft, Home, button, menu, option, plain_text
from bot.messages.leaving import back_buttons, put_leave
from bot.messages.mrkdwn import escape
from bot.messages.talking import passed_on_text, talk_button

MOST_TRACKS = 20
MOST_TALKS = 20


def home_view(view: HomeView) -> Home:
    """A person's Home, drawn for them alone."""
    draft = Draft().heading("A minute a day on social media")
    draft.say(coming_text(view.coming))
    if view.coming.state not in IDLE:
        draft.small(plan_text(view.plan))
    draft.actions(ids.block(ids.ME), main_buttons(view.coming))
    if view.attention is not None and _anything(view.attention):
        draft.heading("What needs attention")
        _attention(draft, view.attention)
    _tracks(draft, view)
    _lessons(draft, view)
    _words(draft, view)
    _talk(draft, view)
    if view.counts is not None:
        _admin(draft, view.counts)
        if view.attention is None or not _anything(view.attention):
            draft.small("Nothing needs your attention at the moment.")
    return draft.home()


def plan_text(view: PlanView) -> str:
    """When messages come."""
    free = f", not on public holidays ({escape(view.country)})" if view.country else ""
    return f"Messages come at {wording.hour(view.at)} ({wording.zone(view.tz)}), {wording.weekdays(view.days)}{free}."


def _tracks(draft: Draft, view: HomeView) -> None:
    if not view.progress:
        return
    draft.heading("Your tracks")
    draft.say("\n".join(track_line(t) for t in view.progress[:MOST_TRACKS]))
    draft.small("Only you see the number. Admins see not begun, started, finished or not taking part.")
    offered = {track_id for track_id, _ in view.coming.left}
    if left := [(t.track_id, t.title) for t in view.progress if t.left and t.track_id not in offered]:
        draft.actions(ids.block(ids.ME, 6), back_buttons(left))
    put_leave(draft, [t for t in view.progress if t.running], 7)


def _lessons(draft: Draft, view: HomeView) -> None:
    if view.behind:
        draft.heading("Lessons behind you")
        draft.actions(ids.block(ids.ME, 8), [read_again(view.behind)])


def read_again(titles: Sequence[TitleLine]) -> Block:
    """A menu of titles, each of which opens to be read and asks nothing."""
    options = [option(t.title, t.item_id) for t in titles[:SELECT_OPTIONS]]
    return menu("static_select", ids.action("read_again"), options, placeholder=plain_text("Read one again"))


def track_line(track: TrackProgress) -> str:
    """How far somebody is in a track."""
    state = "you've left it" if track.left else "finished" if track.finished else f"{track.done} of {track.total}"
    return f"*{escape(track.title)}*: {state}"


def _words(draft: Draft, view: HomeView) -> None:
    draft.heading("Words you have met")
    if not view.met:
        draft.say("None yet; they come with your lessons. Type any word to me, and I explain it. Nobody is told.")
        return
    draft.say(escape(", ".join(t.term for t in view.met)))
    options = [option(t.term, t.term_id) for t in view.met[:SELECT_OPTIONS]]
    draft.actions(
        ids.block(ids.ME, 2),
        [menu("static_select", ids.action("term"), options, placeholder=plain_text("Read one again"))],
    )


def _talk(draft: Draft, view: HomeView) -> None:
    if not view.talk_to:
        return
    draft.heading("Somebody to talk to")
    people = wording.mentions(view.talk_to)
    if view.talk_since is not None:
        draft.say(passed_on_text(view.talk_to, view.talk_since, view.coming.today))
        return
    draft.say(f"Would you like to talk through your own case? I give {people} your name, and nothing else.")
    draft.actions(ids.block(ids.ME, 3), [talk_button()])


def _admin(draft: Draft, counts: tuple[TrackCount, ...]) -> None:
    draft.line().heading("For you as an admin")
    if counts:
        draft.say("\n".join(count_line(c) for c in counts[:MOST_TRACKS]))
    else:
        draft.say("Nobody has been assigned anything yet.")
    draft.actions(
        ids.block(ids.ME, 4),
        [button("Assign a track", ids.action("assign")), button("Who is enrolled", ids.action("enrolled"))],
    )


def count_line(count: TrackCount) -> str:
    """How many of a track's people have started and finished."""
    figures = f"{count.assigned} assigned, {count.started} started, {count.finished} finished"
    left = f", {count.left} not taking part" if count.left else ""
    return f"*{escape(count.title)}*: {figures}{left}"


def _anything(view: AttentionView) -> bool:
    return bool(view.unreachable or view.uncertain or view.failed or view.talks or view.to_review)


def _attention(draft: Draft, view: AttentionView) -> None:
    for number, learner_id in enumerate(view.talks[:MOST_TALKS]):
        draft.say(f"{wording.mention(learner_id)} would like to talk to someone.")
        draft.actions(ids.block(learner_id), [button("We have talked", ids.action("talked", number or ""))])
    if view.unreachable:
        draft.say(f"Couldn't be reached: {wording.mentions(view.unreachable)}. I check every day whether they're back.")
    if view.uncertain:
        messages = wording.count(view.uncertain, "message")
        draft.say(
            f"{messages} may or may not have arrived, and Slack doesn't let me look. I don't show whose. If you send "
            "again, some people may get it twice; if you leave it, a reminder will point them to it."
        )
        draft.actions(
            ids.block(ids.ME, 5), [button("Send again", ids.action("resend")), button("Leave it", ids.action("leave"))]
        )
    if view.failed:
        titles = "\n".join(f"• {escape(title)}" for title in view.failed[:MOST_TRACKS])
        draft.say(f"Slack refused these, so they are left out until somebody mends the text:\n{titles}")
    if view.to_review:
        titles = "\n".join(f"• {escape(title)}" for title in view.to_review[:MOST_TRACKS])
        rest = len(view.to_review) - MOST_TRACKS
        more = f"\n• {rest} more" if rest > 0 else ""
        draft.say(
            f"Past their review date, so they may no longer be true:\n{titles}{more}\n"
            "Whoever edits the lessons can look at them. If nobody does, I'll say so again next month."
        )
