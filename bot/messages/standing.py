"""A learner's own standing, which only they see. No percentages, no streaks, no comparison with anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.limits import SELECT_OPTIONS
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, Message, button, menu, option, plain_text
from bot.messages.group_page import put_group_pages
from bot.messages.mrkdwn import escape
from bot.view_models import CardLine, StandingView, TitleLine, TrackProgress

NO_TRACK = (
    "You have no track at the moment. `/learn tracks` shows the ones you can start yourself, and `/jargon` "
    "explains a word whenever you meet one."
)
MOST_CARDS = 25
TIMES = {1: "once", 2: "twice"}


def standing_message(view: StandingView) -> Message:
    """Draw what a learner holds: how far they are, what comes back, what they can read again."""
    builder = Builder()
    builder.say("\n".join(track_line(track) for track in view.tracks) or NO_TRACK)
    if view.next_day is not None:
        day = formatting.day(view.next_day, view.today)
        builder.say(f"I'll write next on {day}.")
    put_cards(builder, view.cards, view.today, MOST_CARDS)
    if view.behind:
        builder.heading("Behind you")
        builder.actions(ids.block(ids.ME, 8), [read_again(view.behind)], _titles(view.behind))
    put_not_asked(builder, view.not_asked)
    put_group_pages(builder, view.pages)
    return builder.small("Only you see this.").message()


def track_line(track: TrackProgress) -> str:
    """Return a line on a learner's progress in a track."""
    state = "you've left it" if track.left else "finished" if track.finished else f"{track.done} of {track.total}"
    return f"*{escape(track.title)}*: {state}"


def put_cards(builder: Builder, cards: Sequence[CardLine], today: date | None, most: int) -> None:
    """Add what comes back, blind spots first; no more than so many."""
    if not cards:
        return
    builder.heading("What comes back")
    lines = "\n".join(f"• {_card(card, today)}" for card in cards[:most])
    rest = f"\n• {formatting.count(len(cards) - most, 'more', 'more')}" if len(cards) > most else ""
    builder.say(lines + rest)
    if any(card.blind for card in cards[:most]):
        builder.small("*A blind spot*: you were sure, but wrong. I ask it first, and only you see it.")


def _card(card: CardLine, today: date | None) -> str:
    if card.streak:
        known = f"right {TIMES.get(card.streak, f'{card.streak} times')}"
    else:
        known = "not right yet" if card.answered else "saved by you"
    due = today is not None and card.next_on <= today
    when = "due now" if due else f"next on {formatting.day(card.next_on, today)}"
    blind = "a blind spot, " if card.blind else ""
    return f"*{escape(card.title)}*: {blind}{known}, {when}"


def put_not_asked(builder: Builder, titles: Sequence[TitleLine]) -> None:
    """Add what isn't asked any more, each to be taken back."""
    if titles:
        builder.heading("No longer asked")
        builder.say("You asked me to stop these, or you knew them well and I made room for others.")
        options = [option(t.title, t.item_id) for t in titles[:SELECT_OPTIONS]]
        again = menu("static_select", ids.action("take_back"), options, placeholder=plain_text("Ask one again"))
        builder.actions(ids.block(ids.ME, 9), [again], _titles(titles))


def read_again(titles: Sequence[TitleLine]) -> Block:
    """Return a menu of titles. Each opens to be read again, without its question."""
    options = [option(t.title, t.item_id) for t in titles[:SELECT_OPTIONS]]
    return menu("static_select", ids.action("read_again"), options, placeholder=plain_text("Read one again"))


def progress_button() -> Block:
    """Return the button that shows a learner's standing."""
    return button("How far I am", ids.action("progress"))


def _titles(titles: Sequence[TitleLine]) -> str:
    return ", ".join(line.title for line in titles[:SELECT_OPTIONS])
