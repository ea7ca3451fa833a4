"""Reviews: which card is asked in a message, in which words, and what becomes of those nobody answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from uuid import uuid4

from bot.domain import agenda
from bot.domain.cards import DOSE, Answered, Card, Wish, due, fold, to_retire
from bot.domain.choice_order import drawn_order
from bot.domain.content import asked_with, prompt_of, question_of
from bot.domain.delivery import FIRST_ANSWER, Asking, Delivery, Outcome, Reason
from bot.domain.questions import AnyQuestion
from bot.domain.reading_time import MOST_SECONDS, item_seconds, review_seconds
from bot.domain.samples import LAPSED, Sample
from bot.planning.learner_state import LearnerState
from bot.store import askings, cards

GUESS_DAYS = 2
"""Learning days from a guess before the text to its first review."""


@dataclass(frozen=True)
class NextReview:
    """A card that is asked next, and the wording."""

    card: Card
    question: AnyQuestion
    sample: Sample | None = None
    """The drawn item whose check it is."""


def read_cards(state: LearnerState, asking: Asking) -> None:
    """Read the cards that an item's end may concern, before anything is written: all of them after the last item."""
    situation, tracks = state.situation, agenda.active(state.situation, state.catalogue)
    left = {item for enrolment, track in tracks for item in agenda.remaining(track, enrolment, situation.done)}
    state.cards_now(asking.item_id, every=left <= {asking.item_id})


def renew(state: LearnerState, item_id: str, given: Answered | None = None) -> Card:
    """Make a card anew from the log, and store it.

    `given`: an answer that is being recorded, which is all there is of an item without a card.
    """
    before = state.card_of(item_id)
    blank = before or Card(workspace_id=state.workspace_id, learner_id=state.learner_id, item_id=item_id)
    if before is None and given is not None:
        return state.save_card(fold(blank, [given]))
    return state.save_card(
        fold(blank, cards.events(state.session, state.workspace_id, state.learner_id, item_id).get(item_id, []))
    )


def first_review_on(state: LearnerState) -> date:
    """Return the day of the first review after a guess that is made today."""
    days = islice(state.hours.learning_days(state.today + timedelta(days=1)), GUESS_DAYS)
    return max(days, default=state.today + timedelta(days=GUESS_DAYS))


def open_review(state: LearnerState, delivery: Delivery) -> Asking | None:
    """Ask one more card in a message, if the dose and the minute and a half allow it; return its asking.

    A message that asks for a line on one's own company asks nothing else.
    """
    settle_picks(state)
    if _has_prompt(state, delivery):
        return None
    chosen = choose(state, delivery)
    return ask(state, delivery, chosen) if chosen is not None else None


def _has_prompt(state: LearnerState, delivery: Delivery) -> bool:
    asked = state.asking(delivery.asking_id) if delivery.asking_id is not None else None
    return asked is not None and prompt_of(askings.asked_item(state.session, asked)) is not None


def choose(state: LearnerState, delivery: Delivery | None = None) -> NextReview | None:
    """Return the card to be asked next, and in which words; None where none is due, or none fits any more today.

    `delivery`: the message that is there already, which never asks the item that it teaches. What is over the dose for
    too long is retired. What the message of a request asks isn't asked elsewhere meanwhile: that may be the answer.
    """
    today, known = state.today, state.cards_now()
    if sum(card.asked_on == today for card in known) >= DOSE:
        return None
    teaches = state.asking(delivery.asking_id) if delivery is not None and delivery.asking_id is not None else None
    but_not = state.asked_here | ({teaches.item_id} if teaches is not None else set())
    check = _next_check(state, delivery, but_not)
    if check is not None:
        return check
    waiting = [card for card in due(known, today) if state.comes_back(card) and card.asked_on != today]
    waiting = [card for card in waiting if card.item_id not in but_not]
    retired = {card.item_id for card in wish(state, Wish.RETIRE, *to_retire(waiting))}
    waiting = [card for card in waiting if card.item_id not in retired]
    taken = _seconds(state, delivery) if waiting and delivery is not None else 0.0
    seen = askings.last_asked(state.session, state.workspace_id, state.learner_id, [card.item_id for card in waiting])
    for card in waiting:
        question = _next_wording(state, card, seen)
        if taken + review_seconds(question) <= MOST_SECONDS:
            return NextReview(card, question)
    return None


def _next_check(state: LearnerState, delivery: Delivery | None, but_not: Collection[str]) -> NextReview | None:
    """Return the check of a drawn item that is due and fits; one without words that are new lapses."""
    ready = [s for day, s in state.checks_ahead if day <= state.today and s.item_id not in but_not]
    taken = _seconds(state, delivery) if ready and delivery is not None else 0.0
    # a track that was begun again may have needed the words that were kept
    seen = askings.last_asked(state.session, state.workspace_id, state.learner_id, [s.item_id for s in ready])
    for sample in ready:
        question, card = state.for_check(sample), state.card_of(sample.item_id)
        if question is None or (sample.item_id, question.id) in seen:
            _checked(state, sample, LAPSED)
            continue
        blank = Card(workspace_id=state.workspace_id, learner_id=state.learner_id, item_id=sample.item_id)
        asked_today = card is not None and card.asked_on == state.today
        if not asked_today and taken + review_seconds(question) <= MOST_SECONDS:
            return NextReview(card or blank, question, sample)
    return None


def _checked(state: LearnerState, sample: Sample, asking_id: str) -> None:
    state.save_sample(sample.checked(asking_id))


def wish(state: LearnerState, what: Wish, *about: Card) -> list[Card]:
    """Record a wish about some cards; return the cards as they are then."""
    if not about:
        return []
    for card in about:
        cards.later_wish(state.session, card, what, state.today, state.at)
    logs = cards.events(state.session, state.workspace_id, state.learner_id, *(card.item_id for card in about))
    return [state.save_card(fold(card, logs[card.item_id])) for card in about]


def lapse(state: LearnerState, asking: Asking) -> None:
    """End a review that nobody answered: an answer to it from now on feeds nothing."""
    if asking.outcome is None:
        state.change_asking(asking, outcome=Outcome.LAPSED)
        state.show(asking)


def settle_picks(state: LearnerState) -> None:
    """End the reviews whose answer stood without a word on confidence: they count without it."""
    for asking in state.open_reviews:
        if state.response_to(asking, FIRST_ANSWER) is not None:
            state.change_asking(asking, outcome=Outcome.ANSWERED)
            state.show(asking)


def _next_wording(state: LearnerState, card: Card, seen: Mapping[tuple[str, str], int]) -> AnyQuestion:
    """Return the wording that was asked least recently, which is never the latest."""
    item = state.catalogue.items[card.item_id]
    return min(state.for_reviews(item), key=lambda question: seen.get((item.id, question.id), 0))


def _seconds(state: LearnerState, delivery: Delivery) -> float:
    """Return the seconds that a message takes already, in the longest case."""
    first = state.asking(delivery.asking_id) if delivery.asking_id is not None else None
    taken = item_seconds(askings.asked_item(state.session, first)) if first is not None else 0.0
    beside = state.askings_beside(delivery)
    return taken + sum(review_seconds(question_of(askings.asked_item(state.session, each))) for each in beside)


def ask(state: LearnerState, delivery: Delivery, chosen: NextReview) -> Asking:
    """Ask a card in a message, in the place of the last time it was asked; return its asking."""
    card, question, learner = chosen.card, chosen.question, state.learner
    before = state.asking(card.asking_id) if card.asking_id is not None else None
    if before is not None:
        lapse(state, before)
    item = state.catalogue.items[card.item_id]
    number = learner.askings + 1
    since = (state.today - card.last_on).days if card.last_on is not None else 0
    asking = Asking(
        workspace_id=learner.workspace_id,
        asking_id=uuid4().hex,
        learner_id=learner.learner_id,
        number=number,
        item_id=item.id,
        track_id=_track_of(state, item.id),
        content_hash=askings.later_keep(state.session, learner.workspace_id, asked_with(item, question)),
        opened_at=state.at,
        again=False,
        preface=str(since),
        reason=Reason.CHECK if card.check_only or chosen.sample is not None else Reason.REVIEW,
        question_id=question.id,
        choice_order=drawn_order(question, learner.workspace_id, learner.learner_id, str(number)),
    )
    state.add_asking(asking)
    state.change_learner(askings=number)
    state.let_ride(delivery, asking)
    state.touch(delivery)
    state.save_card(replace(card, asking_id=asking.asking_id, asked_on=state.today))
    if chosen.sample is not None:
        _checked(state, chosen.sample, asking.asking_id)
    return asking


def _track_of(state: LearnerState, item_id: str) -> str:
    """Return the learner's track that has an item; "" where none has it any more."""
    tracks = state.catalogue.tracks
    have = (e.track_id for e in state.situation.enrolments if e.track_id in tracks)
    return next((track_id for track_id in have if item_id in tracks[track_id].items), "")
