"""What an answer to typed words shows, from what the database says when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice

from bot.domain.content import Catalogue, Lesson, Term
from bot.domain.delivery import Asking, Delivery
from bot.domain.timing import local
from bot.domain.views import HintView, SaidView, TitleLine
from bot.services.explain import examples
from bot.services.home import coming, lessons_behind, plan
from bot.services.house import House
from bot.services.report import progress
from bot.services.standing import Standing, look
from bot.services.talk import known_to
from bot.store import askings, deliveries, enrolments
from bot.store.database import Session

MISSED = 5
SUGGESTED = 2


def said_view(session: Session, house: House, delivery: Delivery) -> SaidView:
    """An answer, with all that any of them may need."""
    standing = look(session, house, delivery.workspace_id, delivery.learner_id, lock=False)
    assert standing is not None
    about, learner, catalogue = delivery.about, standing.learner, standing.catalogue
    asking = _asking_of(session, delivery, standing)
    given = askings.first_answer(session, delivery.workspace_id, asking.asking_id) if asking else None
    mine = enrolments.of(session, delivery.workspace_id, delivery.learner_id)
    items = [catalogue.items.get(str(item_id)) for item_id in about.get("terms", ())]
    lesson = catalogue.items.get(str(about.get("lesson")))
    missed = _missed(session, delivery) if about["said"] == "wrong" else ()
    talk_to, talk_since = known_to(session, house, learner)
    return SaidView(
        str(about["said"]),
        coming(session, standing, house.clock.business()),
        date.fromisoformat(str(about["until"])) if "until" in about else None,
        talk_to,
        delivery.delivery_id,
        tuple(progress(session, house, learner)),
        tuple(sorted({e.assigned_by for e in mine if e.active and e.assigned_by})),
        time.fromisoformat(str(about["hour"])) if "hour" in about else None,
        local(datetime.fromisoformat(str(about["when"])), learner.zone) if "when" in about else None,
        askings.wording(session, asking.workspace_id, asking.content_hash).question if asking else None,
        given.choice if given else int(str(about.get("choice", 0))),
        tuple(dict.fromkeys(line.title for line in missed)),
        lessons_behind(standing.situation.done, catalogue)
        if about["said"] == "reread"
        else _still_there(missed, catalogue),
        tuple(item for item in items if isinstance(item, Term)),
        lesson if isinstance(lesson, Lesson) else None,
        standing.hours.days,
        standing.hours.tz,
        plan(standing).country,
        either=tuple(date.fromisoformat(str(day)) for day in about.get("either", ())),
        ahead=bool(about.get("ahead")),
        guessed=bool(about.get("guessed")),
        talk_since=talk_since,
        admins=tuple(sorted(house.admins_of(delivery.workspace_id))),
        answered=about["said"] == "wrong" and askings.answered(session, delivery.workspace_id, delivery.learner_id),
    )


def _asking_of(session: Session, delivery: Delivery, standing: Standing) -> Asking | None:
    """The asking that an answer speaks of: the one it names, else the open one."""
    named = delivery.about.get("asking")
    return askings.get(session, delivery.workspace_id, str(named)) if named else standing.situation.open


def _still_there(lines: Sequence[TitleLine], catalogue: Catalogue) -> tuple[TitleLine, ...]:
    return tuple(line for line in lines if line.item_id in catalogue.items)


def _missed(session: Session, delivery: Delivery) -> tuple[TitleLine, ...]:
    """What was answered otherwise at first, the latest first, each under the title that it had then."""
    found = askings.missed(session, delivery.workspace_id, delivery.learner_id, MISSED)
    latest: dict[str, TitleLine] = {}
    for each in found:
        title = askings.wording(session, each.workspace_id, each.content_hash).title
        latest.setdefault(each.item_id, TitleLine(each.item_id, title))
    return tuple(latest.values())


def hint_view(session: Session, house: House, delivery: Delivery) -> HintView:
    """Words that fit the moment, for somebody who wasn't understood."""
    standing = look(session, house, delivery.workspace_id, delivery.learner_id, lock=False)
    assert standing is not None
    talk_to, talk_since = known_to(session, house, standing.learner)
    return HintView(
        suggestions(standing, deliveries.said_before(session, delivery)),
        coming(session, standing, house.clock.business()),
        talk_to,
        delivery.delivery_id,
        talk_since,
    )


def suggestions(standing: Standing, turn: int) -> tuple[str, ...]:
    """Terms one could ask about: those of the open item first, then what comes next, others each turn."""
    catalogue, situation = standing.catalogue, standing.situation
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
