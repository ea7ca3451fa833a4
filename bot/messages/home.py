"""The App Home: what comes next, progress, terms met, somebody to talk to, and the admin's part."""

from __future__ import annotations

from bot.limits import SELECT_OPTIONS
from bot.messages import formatting, ids
from bot.messages.brief import MEETING
from bot.messages.builder import Builder, Home, button, menu, option, plain_text
from bot.messages.error_reports import put_reported
from bot.messages.leave_buttons import back_buttons, put_leave
from bot.messages.mrkdwn import escape
from bot.messages.next_up import coming_text, main_buttons
from bot.messages.standing import put_cards, put_not_asked, read_again, track_line
from bot.messages.strategy import put_home
from bot.messages.talk_button import passed_on_text, talk_button
from bot.view_models import AttentionView, HomeView, PlanView, TrackCount

MOST_TRACKS = 20
MOST_TALKS = 20
MOST_CARDS = 10


def home_view(view: HomeView) -> Home:
    """Draw a person's Home, which only they can see."""
    builder = Builder().heading("A minute a day on social media")
    builder.say(coming_text(view.coming))
    if not view.coming.idle:
        builder.small(plan_text(view.plan))
    builder.actions(ids.block(ids.ME), main_buttons(view.coming))
    builder.actions(ids.block(ids.ME, 10), [button(MEETING, ids.action("meeting"))])
    if view.attention is not None and _anything(view.attention):
        builder.heading("What needs attention")
        _attention(builder, view.attention)
    _tracks(builder, view)
    _lessons(builder, view)
    put_cards(builder, view.cards, view.coming.today, MOST_CARDS)
    put_not_asked(builder, view.not_asked)
    put_home(builder, view.on_page, view.to_write)
    _words(builder, view)
    _talk(builder, view)
    if view.counts is not None:
        _admin(builder, view.counts)
        if view.attention is None or not _anything(view.attention):
            builder.small("Nothing needs your attention at the moment.")
    return builder.home()


def plan_text(view: PlanView) -> str:
    """Return a sentence on the hour, days and holidays of a learner's messages."""
    free = f", not on public holidays ({escape(view.country)})" if view.country else ""
    hour, zone, days = formatting.hour(view.at), formatting.zone(view.tz), formatting.weekdays(view.days)
    return f"Messages come at {hour} ({zone}), {days}{free}."


def _tracks(builder: Builder, view: HomeView) -> None:
    if not view.progress:
        return
    builder.heading("Your tracks")
    builder.say("\n".join(track_line(t) for t in view.progress[:MOST_TRACKS]))
    builder.small("Only you see the number. Admins see whether and when you started and finished, or take no part.")
    offered = {track_id for track_id, _ in view.coming.left}
    if left := [(t.track_id, t.title) for t in view.progress if t.left and t.track_id not in offered]:
        builder.actions(ids.block(ids.ME, 6), back_buttons(left))
    put_leave(builder, [t for t in view.progress if t.running], 7)


def _lessons(builder: Builder, view: HomeView) -> None:
    if view.behind:
        builder.heading("Lessons behind you")
        builder.actions(ids.block(ids.ME, 8), [read_again(view.behind)])


def _words(builder: Builder, view: HomeView) -> None:
    builder.heading("Words you have met")
    if not view.met:
        builder.say("None yet; they come with your lessons. Type any word to me, and I explain it. Nobody is told.")
        return
    builder.say(escape(", ".join(t.term for t in view.met)))
    options = [option(t.term, t.term_id) for t in view.met[:SELECT_OPTIONS]]
    builder.actions(
        ids.block(ids.ME, 2),
        [menu("static_select", ids.action("term"), options, placeholder=plain_text("Read one again"))],
    )


def _talk(builder: Builder, view: HomeView) -> None:
    if not view.talk_to:
        return
    builder.heading("Somebody to talk to")
    people = formatting.mentions(view.talk_to)
    if view.talk_since is not None:
        builder.say(passed_on_text(view.talk_to, view.talk_since, view.coming.today))
        return
    builder.say(f"Would you like to talk through your own case? I give {people} your name, and nothing else.")
    builder.actions(ids.block(ids.ME, 3), [talk_button()])


def _admin(builder: Builder, counts: tuple[TrackCount, ...]) -> None:
    builder.line().heading("For you as an admin")
    if counts:
        builder.say("\n".join(count_line(c) for c in counts[:MOST_TRACKS]))
    else:
        builder.say("Nobody has been assigned anything yet.")
    builder.actions(
        ids.block(ids.ME, 4),
        [
            button("Assign a track", ids.action("assign")),
            button("Who is enrolled", ids.action("enrolled")),
            button("Report", ids.action("report")),
            button("Rules", ids.action("rules")),
        ],
    )


def count_line(count: TrackCount) -> str:
    """Return a line on how many of a track's people have started and finished."""
    figures = f"{count.assigned} assigned, {count.started} started, {count.finished} finished"
    left = f", {count.left} not taking part" if count.left else ""
    paused = ", paused for everybody" if count.paused else ""
    return f"*{escape(count.title)}*: {figures}{left}{paused}"


def _anything(view: AttentionView) -> bool:
    return bool(view.unreachable or view.uncertain or view.failed or view.talks or view.to_review or view.reported)


def _attention(builder: Builder, view: AttentionView) -> None:
    for number, learner_id in enumerate(view.talks[:MOST_TALKS]):
        builder.say(f"{formatting.mention(learner_id)} would like to talk to someone.")
        builder.actions(ids.block(learner_id), [button("We have talked", ids.action("talked", number or ""))])
    if view.unreachable:
        builder.say(
            f"Couldn't be reached: {formatting.mentions(view.unreachable)}. I check every day whether they're back."
        )
    if view.uncertain:
        messages = formatting.count(view.uncertain, "message")
        builder.say(
            f"{messages} may or may not have arrived, and Slack doesn't let me look. I don't show whose. If you send "
            "again, some people may get it twice; if you leave it, a reminder will point them to it."
        )
        builder.actions(
            ids.block(ids.ME, 5), [button("Send again", ids.action("resend")), button("Leave it", ids.action("leave"))]
        )
    put_reported(builder, view.reported)
    if view.failed:
        titles = "\n".join(f"• {escape(title)}" for title in view.failed[:MOST_TRACKS])
        builder.say(f"Slack refused these, so they are left out until somebody mends the text:\n{titles}")
    if view.to_review:
        titles = "\n".join(f"• {escape(title)}" for title in view.to_review[:MOST_TRACKS])
        rest = len(view.to_review) - MOST_TRACKS
        more = f"\n• {rest} more" if rest > 0 else ""
        builder.say(
            f"Past their review date, so they may no longer be true:\n{titles}{more}\n"
            "Whoever edits the lessons can look at them. If nobody does, I'll say so again next month."
        )
