"""The messages that come to a learner, and why, for the operator. No answer is revealed: not whether one was right, nor
how sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain import agenda, reminders
from bot.domain.cards import Card
from bot.domain.people import HoldKind
from bot.planning.learner_facts import LearnerFacts

ITEMS_AHEAD = 5
HELD = {
    HoldKind.PERSON: "they paused",
    HoldKind.AWAY: "their Slack status says that they are away",
    HoldKind.SILENCE: "two reminders brought no sign of life",
    HoldKind.UNREACHABLE: "Slack can't deliver to them",
}


CHECKED = "it was drawn when the track began, and is asked again in new words, whatever was answered"


@dataclass(frozen=True)
class OutlookLine:
    """Something that comes. `day`: the first local date on which it may; None where that is open."""

    day: date | None
    what: str
    why: str


def outlook(state: LearnerFacts) -> list[OutlookLine]:
    """Return what holds messages back, what comes next, the items after it, and the reviews that wait."""
    return [*_held(state), *_next(state), *_items(state), *_reviews(state)]


def _held(state: LearnerFacts) -> Iterator[OutlookLine]:
    for kind, hold in sorted(state.holds.items()):
        if hold.lifted_at is None:
            yield OutlookLine(hold.until, "nothing unasked until then", HELD[kind])


def _next(state: LearnerFacts) -> Iterator[OutlookLine]:
    day = state.learner.next_due_on
    if day is None:
        yield OutlookLine(None, "no message by itself", "nothing is left to teach, or something holds it back")
        return
    match agenda.decide(state.situation, state.catalogue, state.hours, day):
        case agenda.Welcome():
            yield OutlookLine(day, "the welcome", "nobody has welcomed them yet")
        case agenda.NewItem(item_id, track_id):
            why = f'the next of "{track_id}"; of several tracks, the one that was served least recently'
            yield OutlookLine(day, f'item "{item_id}"', why)
        case reminders.BringAgain(asking):
            yield OutlookLine(day, f'item "{asking.item_id}" once more', "it was put off, or a hold has ended")
        case reminders.Remind(asking, last):
            number = "the last reminder" if last else "a reminder"
            yield OutlookLine(day, f'{number} of "{asking.item_id}"', "it is open, and nobody has tapped it")
        case agenda.Close(track_id):
            yield OutlookLine(day, f'the closing of "{track_id}"', "nothing is left in it")
        case agenda.LoneReviews():
            yield OutlookLine(day, "a review alone", "nothing else is to be taught, and something is due")
        case _:
            yield OutlookLine(day, "a look at what is due", "something may have changed by then")


def _items(state: LearnerFacts) -> Iterator[OutlookLine]:
    situation = state.situation
    for enrolment, track in agenda.active(situation, state.catalogue):
        for item_id in agenda.remaining(track, enrolment, situation.done)[:ITEMS_AHEAD]:
            why = f'it stands in "{track.id}", which begins on {enrolment.first_day}'
            if item_id in situation.quarantined:
                why = "Slack refused its present wording: it waits until the lesson is mended"
            yield OutlookLine(None, f'item "{item_id}", one a day', why)


def _reviews(state: LearnerFacts) -> Iterator[OutlookLine]:
    for day, sample in state.checks_ahead:
        yield OutlookLine(day, f'check of "{sample.item_id}"', CHECKED)
    waiting = [card for card in state.cards_now(every=True) if card.active]
    for card in sorted(waiting, key=lambda card: (card.due_on or date.max, card.item_id)):
        yield OutlookLine(card.due_on, f'review of "{card.item_id}"', _why(state, card))


def _why(state: LearnerFacts, card: Card) -> str:
    if not state.comes_back(card):
        return "it waits: it has one wording, is in no lesson any more, or they left its track"
    wanted = "they wanted to remember it" if card.kept else "it was answered before, and its day follows from that"
    return f"{wanted}; below the item of a day, two a day at most, while the message takes ninety seconds"
