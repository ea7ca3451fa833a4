"""A snapshot of all that decides about one learner, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, false, or_, select

from bot.domain.cards import Card
from bot.domain.delivery import FIRST_ANSWER, Asking, Delivery, LoggedResponse
from bot.domain.people import Done, Enrolment, Hold, HoldKind, Learner
from bot.domain.quiet_days import QuietSpan
from bot.domain.samples import Sample
from bot.store import tables
from bot.store.appointments import APPOINTED
from bot.store.askings import ASKINGS, CONTENTS, QUARANTINE
from bot.store.cards import CARDS
from bot.store.database import Session
from bot.store.deliveries import DELIVERIES
from bot.store.enrolments import DONE, ENROLMENTS
from bot.store.further_askings import FURTHER, by_message
from bot.store.learners import HOLDS, LEARNERS
from bot.store.paused_tracks import PAUSED
from bot.store.quiet_spans import QUIET
from bot.store.responses import RESPONSES, logged
from bot.store.rows import Rows
from bot.store.samples import SAMPLES

SPAN = timedelta(days=3)
"""From `since`, which is the day before yesterday, to the latest date that it can be anywhere now."""


@dataclass(kw_only=True)
class Snapshot:
    """The rows of one learner that planning and answering need."""

    learner: Learner
    enrolments: dict[str, Enrolment]
    """All enrolments by track, removed and finished ones too."""
    done: dict[str, Done]
    """The items done, by id."""
    holds: dict[HoldKind, Hold]
    askings: dict[str, Asking]
    """The open askings, and the one that the message `about` brought."""
    responses: dict[tuple[str, int], LoggedResponse]
    """The entries about these askings, by asking and attempt."""
    further: dict[str, list[str]]
    """The askings beside the first one of the message `about`, in their order."""
    about: str
    cards: dict[str, Card]
    """The cards that are due or were asked about today, and those of what the message `about` asks, by item."""
    samples: dict[tuple[str, str], Sample]
    """The items drawn of their tracks, by track and item."""
    deliveries: dict[str, Delivery]
    """The messages that brought these askings, wait to be sent, lag, or claim a date from `since` on; the welcome."""
    since: date
    had_effect: bool
    """The request that the snapshot is for was dealt with before."""
    quiet: tuple[QuietSpan, ...]
    """The workspace's quiet days that aren't over."""
    appointed: frozenset[str]
    """The workspace's admins whom another one appointed."""
    paused_tracks: frozenset[str]
    """The tracks that an admin paused for everybody who was assigned them."""
    quarantined: dict[str, str]
    """Quarantined wordings by hash, each with its item's id."""


def read(
    session: Session, workspace_id: str, learner_id: str, since: date, *, about: str = "", request_id: str = ""
) -> Snapshot | None:
    """Read the snapshot; return None for somebody the bot has never met.

    `about`, `request_id`: the ids of the message that a request is in, and of the request.
    """
    given = {
        "in_workspace": workspace_id,
        "of_learner": learner_id,
        "since": since,
        "about": about,
        "request_id": request_id,
        # it may be tomorrow already, or yesterday still, where the learner is
        "latest": since + SPAN,
    }
    found = session.execute(_snapshot(session.dialect), given).one()
    learners = LEARNERS.from_json(found[0])
    if not learners:
        return None
    given_to = [logged(row) for row in RESPONSES.from_json(found[5])]
    return Snapshot(
        learner=learners[0],
        enrolments={e.track_id: e for e in sorted(ENROLMENTS.from_json(found[1]), key=lambda e: e.track_id)},
        done={d.item_id: d for d in DONE.from_json(found[2])},
        holds={h.kind: h for h in HOLDS.from_json(found[3])},
        askings={a.asking_id: a for a in sorted(ASKINGS.from_json(found[4]), key=lambda a: a.number)},
        responses={(given.asking_id, given.attempt): given for given in given_to},
        further=by_message(FURTHER.from_json(found[9])),
        about=about,
        samples={(sample.track_id, sample.item_id): sample for sample in SAMPLES.from_json(found[11])},
        cards={card.item_id: card for card in CARDS.from_json(found[10])},
        deliveries={d.delivery_id: d for d in sorted(DELIVERIES.from_json(found[6]), key=lambda d: d.due_at)},
        since=since,
        had_effect=bool(found[8]),
        quiet=tuple(QUIET.from_json(found[12])),
        appointed=frozenset(each.learner_id for each in APPOINTED.from_json(found[13])),
        paused_tracks=frozenset(each.track_id for each in PAUSED.from_json(found[14])),
        quarantined={c.content_hash: c.item_id for c in CONTENTS.from_json(found[7])},
    )


@cache
def _snapshot(dialect: str) -> Any:
    """Return the statement: a JSON list of rows for each table, in the order of `read`."""
    mine = _askings()
    brought = select(ASKINGS.c.asking_id).where(*mine)
    answers = RESPONSES.c.attempt >= FIRST_ANSWER, RESPONSES.c.asking_id.in_(brought)
    relevant = _relevant(brought)
    quarantined = select(QUARANTINE.c.content_hash).where(QUARANTINE.c.workspace_id == bindparam("in_workspace"))
    had_effect = exists().where(
        tables.request.c.workspace_id == bindparam("in_workspace"),
        tables.request.c.request_id == bindparam("request_id"),
    )
    return select(
        LEARNERS.as_json(dialect, *_of_learner(LEARNERS)),
        ENROLMENTS.as_json(dialect, *_of_learner(ENROLMENTS)),
        DONE.as_json(dialect, *_of_learner(DONE)),
        HOLDS.as_json(dialect, *_of_learner(HOLDS)),
        ASKINGS.as_json(dialect, *mine),
        RESPONSES.as_json(dialect, RESPONSES.c.workspace_id == bindparam("in_workspace"), *answers),
        DELIVERIES.as_json(dialect, *_of_learner(DELIVERIES), relevant),
        CONTENTS.as_json(
            dialect,
            CONTENTS.c.workspace_id == bindparam("in_workspace"),
            CONTENTS.c.content_hash.in_(quarantined),
        ),
        had_effect.label("had_effect"),
        FURTHER.as_json(dialect, *_of_learner(FURTHER), FURTHER.c.delivery_id == bindparam("about")),
        CARDS.as_json(dialect, *_of_learner(CARDS), _needed()),
        SAMPLES.as_json(dialect, *_of_learner(SAMPLES)),
        QUIET.as_json(
            dialect,
            QUIET.c.workspace_id == bindparam("in_workspace"),
            QUIET.c.last >= bindparam("since"),
            QUIET.c.removed.is_(false()),
        ),
        APPOINTED.as_json(dialect, APPOINTED.c.workspace_id == bindparam("in_workspace")),
        PAUSED.as_json(dialect, PAUSED.c.workspace_id == bindparam("in_workspace"), PAUSED.c.ended.is_(false())),
    )


def _askings() -> tuple[Any, ...]:
    """Return the conditions of the askings that are open, or that the message `about` asks."""
    return (*_of_learner(ASKINGS), or_(ASKINGS.c.outcome.is_(None), *_asked_about(ASKINGS.c)))


def _asked_about(asking: Any) -> tuple[Any, Any]:
    """Return the two conditions of which an asking of the message `about` fulfils one."""
    tapped = (
        select(DELIVERIES.c.asking_id)
        .where(DELIVERIES.c.workspace_id == bindparam("in_workspace"), DELIVERIES.c.delivery_id == bindparam("about"))
        .scalar_subquery()
    )
    riding = select(FURTHER.c.asking_id).where(
        FURTHER.c.workspace_id == bindparam("in_workspace"), FURTHER.c.delivery_id == bindparam("about")
    )
    return asking.asking_id == tapped, asking.asking_id.in_(riding)


def _needed() -> Any:
    """Return the condition of the cards that a tap may need; a few that aren't due yet are among them."""
    asked = tables.asking.alias("asked").c
    items = select(asked.item_id).where(asked.workspace_id == bindparam("in_workspace"), or_(*_asked_about(asked)))
    return or_(
        CARDS.c.due_on <= bindparam("latest"), CARDS.c.asked_on >= bindparam("since"), CARDS.c.item_id.in_(items)
    )


def _relevant(brought: Any) -> Any:
    """Return the condition of the messages that decide something. `brought`: the askings that they may bring."""
    return or_(
        DELIVERIES.c.delivery_id == bindparam("about"),
        DELIVERIES.c.asking_id.in_(brought),
        DELIVERIES.c.claimable_at.is_not(None),
        DELIVERIES.c.lags_real.is_not(None),
        DELIVERIES.c.claimed_date >= bindparam("since"),
        DELIVERIES.c.unique_key.is_not(None),
    )


def _of_learner(rows: Rows[Any]) -> tuple[Any, Any]:
    return rows.c.workspace_id == bindparam("in_workspace"), rows.c.learner_id == bindparam("of_learner")
