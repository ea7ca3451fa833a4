"""The view of an answer to typed words, from the database's state when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.domain.content import Catalogue, Lesson, Term, question_of
from bot.domain.delivery import Asking, Delivery
from bot.domain.delivery_subject import AnswerAsked, AnswerGiven, DmReply
from bot.domain.intents import Meaning
from bot.domain.local_time import local
from bot.domain.questions import AnyQuestion, Response
from bot.planning.learner_facts import LearnerFacts
from bot.queries.dm_context import open_question
from bot.queries.glossary import examples
from bot.queries.home import coming, lessons_behind, plan
from bot.queries.reports import progress
from bot.queries.talk_contacts import known_to
from bot.store import askings, deliveries, responses
from bot.store.database import Session
from bot.view_models import DmReplyView, HintView, TitleLine

MISSED = 5
SUGGESTED = 2


def dm_reply_view(state: LearnerFacts, delivery: Delivery, about: DmReply | AnswerGiven | AnswerAsked) -> DmReplyView:
    """Return the view of an answer, with everything that any answer may need."""
    session = state.session
    learner, catalogue = state.learner, state.catalogue
    named = about if isinstance(about, DmReply) else DmReply(about.said)
    asking = _asking_of(state, delivery)
    question, response = _question_of(state, delivery, asking)
    items = [catalogue.items.get(item_id) for item_id in named.terms]
    lesson = catalogue.items.get(named.lesson)
    missed = _missed(session, delivery) if about.said is Meaning.WRONG else ()
    talk_to, talk_since = known_to(state)
    return DmReplyView(
        said=about.said,
        coming=coming(state),
        until=named.until,
        talk_to=talk_to,
        delivery_id=delivery.delivery_id,
        tracks=tuple(progress(state)),
        assigned_by=tuple(sorted({e.assigned_by for e in state.enrolments if e.active and e.assigned_by})),
        hour=named.hour,
        when=local(named.when, learner.zone) if named.when is not None else None,
        question=question,
        response=response,
        unrated=asking is not None and state.unrated(asking),
        missed=tuple(dict.fromkeys(line.title for line in missed)),
        again=lessons_behind(state.situation.done, catalogue)
        if about.said is Meaning.REREAD
        else _still_there(missed, catalogue),
        terms=tuple(item for item in items if isinstance(item, Term)),
        lesson=lesson if isinstance(lesson, Lesson) else None,
        days=state.hours.days,
        tz=state.hours.tz,
        country=plan(state).country,
        either=named.either,
        ahead=named.ahead,
        guessed=about.guessed,
        talk_since=talk_since,
        admins=tuple(sorted(state.admins)),
        answered=about.said is Meaning.WRONG
        and responses.answered(session, delivery.workspace_id, delivery.learner_id),
    )


def _asking_of(state: LearnerFacts, delivery: Delivery) -> Asking | None:
    """Return the asking that an answer names, else the one that is open."""
    if isinstance(delivery.about, AnswerGiven | AnswerAsked):
        return state.asking(delivery.about.asking_id)
    asks = isinstance(delivery.about, DmReply) and delivery.about.said is Meaning.NO_SUCH_CHOICE
    found = open_question(state) if asks else None
    return found[0] if found is not None else state.open


def _question_of(
    state: LearnerFacts, delivery: Delivery, asking: Asking | None
) -> tuple[AnyQuestion | None, Response | None]:
    """Return an asking's question with the response to it, else with what may be meant as one."""
    if asking is None:
        return None, None
    question = question_of(askings.asked_item(state.session, asking))
    given = state.answer_to(asking)
    if given is not None:
        return question, question.recall(given.response)
    about = delivery.about
    return question, question.respond([about.picked]) if isinstance(about, AnswerAsked) else None


def _still_there(lines: Sequence[TitleLine], catalogue: Catalogue) -> tuple[TitleLine, ...]:
    return tuple(line for line in lines if line.item_id in catalogue.items)


def _missed(session: Session, delivery: Delivery) -> tuple[TitleLine, ...]:
    """Return the items whose first answer was wrong, latest first, with their titles at that time."""
    found = responses.missed(session, delivery.workspace_id, delivery.learner_id, MISSED)
    latest: dict[str, TitleLine] = {}
    for each in found:
        title = askings.asked_item(session, each).title
        latest.setdefault(each.item_id, TitleLine(each.item_id, title))
    return tuple(latest.values())


def hint_view(state: LearnerFacts, delivery: Delivery) -> HintView:
    """Return words that fit the learner's state, for a message that wasn't understood."""
    talk_to, talk_since = known_to(state)
    return HintView(
        suggestions=suggestions(state, deliveries.said_before(state.session, delivery)),
        coming=coming(state),
        talk_to=talk_to,
        delivery_id=delivery.delivery_id,
        talk_since=talk_since,
    )


def suggestions(state: LearnerFacts, turn: int) -> tuple[str, ...]:
    """Return terms to ask about: those of the open item first, then of what comes next, rotating with each turn."""
    catalogue, situation = state.catalogue, state.situation
    waiting = [situation.open.item_id] if situation.open else []
    ahead = [
        i for e in situation.enrolments if e.active for i in _items(catalogue, e.track_id) if i not in situation.done
    ]
    near = list(dict.fromkeys(t for i in [*waiting, *ahead[:MISSED]] for t in _terms(catalogue, i)))
    everything = [t.term for t in catalogue.terms if t.term not in near]
    rest, near_now = _turned(everything, turn), _turned(near, turn)
    first = near[:1] if waiting else []
    return tuple(islice(dict.fromkeys([*first, *rest[:1], *near_now, *rest]), SUGGESTED)) or examples(catalogue)


def _turned(words: list[str], turn: int) -> list[str]:
    first = turn % max(1, len(words))
    return [*words[first:], *words[:first]]


def _items(catalogue: Catalogue, track_id: str) -> tuple[str, ...]:
    track = catalogue.tracks.get(track_id)
    return track.items if track else ()


def _terms(catalogue: Catalogue, item_id: str) -> list[str]:
    item = catalogue.items.get(item_id)
    if isinstance(item, Term):
        return [item.term]
    named = item.terms if item else ()
    return [catalogue.items[t].title for t in named if t in catalogue.items]
