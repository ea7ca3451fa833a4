"""The view of a delivery's message, from the database as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain import agenda
from bot.domain.content import Catalogue, Item, Term, prompt_of, question_of
from bot.domain.delivery import SLIP, WRONG_TRY, Asking, Delivery, Outcome, Slot
from bot.domain.delivery_note import Later
from bot.domain.delivery_subject import (
    AnswerAsked,
    AnswerGiven,
    Appointed,
    Closing,
    DmReply,
    DraftNews,
    ExplainedTerm,
    GivenBack,
    MonthlyReport,
    OrderSummary,
    Reviews,
    RuleNews,
    SharedPage,
    TalkWish,
    TokenRefused,
    TrialItem,
)
from bot.domain.local_time import local
from bot.domain.order_effects import had_finished, people_of
from bot.domain.orders import REFUSED, TOUCHED, EffectOutcome, OrderState, OrderVerb, UndoState
from bot.domain.people import HoldKind, Learner
from bot.planning.learner_facts import LearnerFacts
from bot.planning.preface import announcement
from bot.queries.closing_view import closing_view
from bot.queries.dm_reply_view import dm_reply_view, hint_view
from bot.queries.order_look import is_paused, quiet_from
from bot.queries.order_progress import begun
from bot.queries.programme import programme
from bot.queries.repeat_offer import look_again
from bot.queries.review_view import reviews_in
from bot.queries.rider_view import rider_in
from bot.queries.rules import news_of, title_of
from bot.queries.strategy import is_written
from bot.store import askings, orders
from bot.view_models import (
    AppointedView,
    DraftNewsView,
    ExplainView,
    GivenBackView,
    HeldView,
    ItemView,
    NoteView,
    PreviewView,
    PromptView,
    RefusedPerson,
    ReminderView,
    ReviewsView,
    SharedPageView,
    Skipped,
    SummaryView,
    TalkView,
    TrackLine,
    View,
    WelcomeState,
    WelcomeView,
)


def message_view(state: LearnerFacts, delivery: Delivery) -> View:
    """Return the view of a delivery."""
    if delivery.asking_id is not None:
        return _of_asking(state, delivery)
    if delivery.slot is Slot.WELCOME:
        return _welcome(state, delivery)
    match delivery.about:
        case Closing() as about:
            return closing_view(state, delivery, about)
        case Reviews() as about:
            return ReviewsView(
                delivery_id=delivery.delivery_id,
                reviews=reviews_in(state, delivery),
                asked_for=about.asked_for,
                rider=rider_in(state, delivery),
            )
        case OrderSummary(order_id):
            return _summary(state, delivery, order_id)
        case TrialItem(track_id, number):
            return preview_of(state.catalogue, track_id, number)
        case DmReply() | AnswerGiven() | AnswerAsked() as about:
            return dm_reply_view(state, delivery, about)
        case ExplainedTerm(term_id):
            term = state.catalogue.items.get(term_id)
            if isinstance(term, Term):
                return ExplainView(asked=term.term, term=term, whispered=False)
    return _news(state, delivery) or hint_view(state, delivery)


def _news(state: LearnerFacts, delivery: Delivery) -> View | None:
    """Return the view of a message that says what is new; None for any other."""
    match delivery.about:
        case RuleNews(day):
            return news_of(state.session, state.catalogue, state.learner, delivery, day)
        case MonthlyReport():
            ids = state.workspace_id, state.learner_id
            # whether Slack takes files is seen when one is asked for
            found = programme(state.session, state.ctx, *ids, files=True, delivery_id=delivery.delivery_id)
            # somebody who is no admin any more reads none
            return found if state.learner_id in state.admins else replace(found, tracks=(), dismissed=True)
        case TokenRefused(code):
            return HeldView(code)
        case TalkWish(learner_id):
            return TalkView(learner_id)
        case DraftNews(draft_id, ready):
            return DraftNewsView(draft_id, ready)
        case SharedPage(owner_id):
            return SharedPageView(owner_id)
        case Appointed(by_id, dismissed):
            return AppointedView(by_id, dismissed)
        case GivenBack(track_id):
            track = state.catalogue.tracks.get(track_id)
            return GivenBackView(track.title if track is not None else track_id)
    return None


def preview_of(catalogue: Catalogue, track_id: str, number: int) -> PreviewView:
    """Return a track's nth item, the first being 1, as an admin looks at it."""
    track = catalogue.tracks.get(track_id)
    items = track.items if track is not None else ()
    return PreviewView(
        track_id=track_id,
        title=track.title if track is not None else track_id,
        number=number,
        total=len(items),
        item=catalogue.items.get(items[number - 1]) if 1 <= number <= len(items) else None,
    )


def known_views(state: LearnerFacts) -> list[tuple[Delivery, View]] | None:
    """Return the learner's lagging messages as they are now; None where more than the loaded state is needed."""
    lagging = state.lagging
    if not all(state.knows(delivery) for delivery in lagging):
        return None
    return [(delivery, message_view(state, delivery)) for delivery in lagging]


def _of_asking(state: LearnerFacts, delivery: Delivery) -> View:
    asking, learner = state.asking(str(delivery.asking_id)), state.learner
    assert asking is not None
    if not delivery.brings_item:
        title = askings.asked_item(state.session, asking).title if asking.outcome else ""
        skipped = _skipped(state, asking)
        return ReminderView(
            delivery_id=delivery.delivery_id,
            last=delivery.last_reminder,
            note=_note(delivery, learner),
            done=title,
            skipped=skipped,
        )
    return _item(state, delivery, asking)


def _item(state: LearnerFacts, delivery: Delivery, asking: Asking) -> ItemView:
    tracks, learner = state.catalogue.tracks, state.learner
    given = state.answer_to(asking)
    item = askings.asked_item(state.session, asking)
    question = question_of(item)
    tried = state.response_to(asking, WRONG_TRY) if given is None and question.tries > 1 else None
    track = tracks.get(asking.track_id)
    items = track.items if track else ()
    return ItemView(
        delivery_id=delivery.delivery_id,
        item=item,
        position=items.index(asking.item_id) + 1 if asking.item_id in items else 0,
        total=len(items),
        track=track.title if track else "",
        announce=announcement(asking.preface, tracks, learner.learner_id),
        response=question.recall(given.response) if given else None,
        tried=question.recall(tried.response) if tried else None,
        guessed=given is not None and given.guessed,
        asks_first=asking.asks_first,
        text_shown=asking.shows_text,
        ticked=asking.ticked,
        sure=state.confidence(asking) if asking.ticked else None,
        says_why=asking.asking_id == learner.first_guess,
        outcome=asking.outcome,
        note=_note(delivery, learner),
        titled=learner.titled,
        skipped=_skipped(state, asking),
        folded=delivery.folded,
        asking_id=asking.asking_id,
        reviews=reviews_in(state, delivery),
        rider=rider_in(state, delivery, asking.outcome),
        prompt=_prompt(state, item, asking),
        voided=given is not None and state.response_to(asking, SLIP) is not None,
    )


def _prompt(state: LearnerFacts, item: Item, asking: Asking) -> PromptView | None:
    """Return the prompt of an item that is behind them, as it was delivered."""
    prompt = prompt_of(item)
    if prompt is None or asking.outcome in {None, Outcome.SKIPPED}:
        return None
    return PromptView(item.id, prompt, written=is_written(state, item.id))


def _skipped(state: LearnerFacts, asking: Asking) -> Skipped | None:
    """Return the state of an item that was skipped: a track that was given again, or restarted, has it once more."""
    if asking.outcome is not Outcome.SKIPPED:
        return None
    tracks = state.catalogue.tracks
    has = [e for e in state.enrolments if e.removed_at is None and e.left_at is None and e.track_id in tracks]
    has = [e for e in has if asking.item_id in tracks[e.track_id].items]
    done = state.done
    ahead = [e for e in has if e.active and asking.item_id in agenda.remaining(tracks[e.track_id], e, done)]
    return Skipped(tracks[ahead[0].track_id].title) if ahead else Skipped(done=bool(has) and asking.item_id in done)


def _note(delivery: Delivery, learner: Learner) -> NoteView | None:
    note = delivery.note
    if note is None:
        return None
    if isinstance(note, Later):
        note = Later(local(note.at, learner.zone))
    # seen from the day of the message, which stays as it is
    return NoteView(note, local(delivery.due_at, learner.zone).date())


def _welcome(state: LearnerFacts, delivery: Delivery) -> WelcomeView:
    active = [(e, t) for e, t in agenda.active(state.situation, state.catalogue) if e.assigned_by]
    return WelcomeView(
        delivery_id=delivery.delivery_id,
        tracks=tuple(TrackLine(t.title, t.summary, len(t.items)) for _, t in active),
        assigned_by=tuple(sorted({e.assigned_by for e, _ in active if e.assigned_by})),
        at=state.hours.at,
        days=state.hours.days,
        first_day=_first_item_on(state, delivery, [e.first_day for e, _ in active]),
        state=_state(state, taught=bool(active)),
        hour_changed=state.learner.own_at is not None,
        holidays=bool(state.hours.country),
        by_oneself={e.assigned_by for e, _ in active} == {delivery.learner_id},
    )


def _state(state: LearnerFacts, *, taught: bool) -> WelcomeState:
    if not taught:
        assigned = [e for e in state.situation.enrolments if e.assigned_by]
        if not assigned:
            return WelcomeState.WITHDRAWN
        return WelcomeState.LEFT if any(e.left_at for e in assigned) else WelcomeState.FINISHED
    if state.learner.askings:
        return WelcomeState.STARTED
    return WelcomeState.PAUSED if HoldKind.PERSON in state.holds else WelcomeState.OPEN


def _first_item_on(state: LearnerFacts, delivery: Delivery, first_days: list[date]) -> date | None:
    if not first_days:
        return None
    sent_on = delivery.claimed_date or state.hours.today(delivery.due_at)
    days = state.hours.learning_days(min(first_days))
    return next((day for day in days if day > sent_on), None)


def _summary(state: LearnerFacts, delivery: Delivery, order_id: str) -> SummaryView:
    session, ctx = state.session, state.ctx
    order = orders.get(session, delivery.workspace_id, order_id)
    assert order is not None
    by_person = orders.effects(session, order)
    effects = [by_person[person] for person in order.ids if person in by_person]
    changed = people_of(effects, *TOUCHED)
    again = look_again(session, order)
    put_back = sum(e.put_back for e in effects)
    return SummaryView(
        delivery_id=delivery.delivery_id,
        verb=order.verb,
        track=title_of(state.catalogue, order.track_id),
        track_id=order.track_id,
        changed=changed,
        had_it=people_of(effects, EffectOutcome.HAD_IT),
        refused=tuple(RefusedPerson(e.learner_id, e.outcome) for e in effects if e.outcome in REFUSED),
        first_day=order.first_day,
        at=order.at,
        days=order.days,
        restart=order.restart,
        undo=order.undo,
        begun=begun(session, ctx, order) if order.undo is UndoState.ASKS else 0,
        put_back=put_back,
        kept=len(changed) - put_back,
        left=people_of(effects, EffectOutcome.LEFT),
        again=again.people,
        movable=again.movable,
        followed=again.followed,
        today=order.created_at.date(),
        finished=had_finished(effects) if order.verb is OrderVerb.ASSIGN else (),
        doing=(len(effects), len(order.ids)) if order.state is OrderState.STORED else None,
        then=title_of(state.catalogue, order.then[0]) if order.then else "",
        after=title_of(state.catalogue, order.after_track) if order.after_track else "",
        paused=is_paused(session, order),
        quiet=quiet_from(session, order, order.created_at.date()),
    )
