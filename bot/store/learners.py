"""Learners and their holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, select

from bot.domain.people import Hold, HoldKind, Learner, Profile
from bot.domain.rider import LOOK_UPS_NOTICE, PrivacyNotice
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

LEARNERS = Rows(tables.learner, Learner)
HOLDS = Rows(tables.hold, Hold, kind=HoldKind)
_enrolment = tables.enrolment
_workspace = tables.workspace


_DUE = (
    select(LEARNERS.c.workspace_id, LEARNERS.c.learner_id)
    .where(
        LEARNERS.c.next_due_at <= bindparam("at"),
        ~exists().where(_workspace.c.workspace_id == LEARNERS.c.workspace_id, _workspace.c.held.is_not(None)),
    )
    .order_by(LEARNERS.c.next_due_at)
    .limit(bindparam("most"))
)


_LOCK = (
    select(LEARNERS.c.learner_id)
    .where(LEARNERS.c.workspace_id == bindparam("workspace_id"), LEARNERS.c.learner_id == bindparam("learner_id"))
    .with_for_update(key_share=True)
)
"""SQLite needs no row lock, since its one writer is alone from the start."""


_WITH_HOLDS = (
    select(*LEARNERS.columns, *HOLDS.columns)
    .select_from(
        LEARNERS.table.outerjoin(
            HOLDS.table,
            (HOLDS.c.workspace_id == LEARNERS.c.workspace_id) & (HOLDS.c.learner_id == LEARNERS.c.learner_id),
        )
    )
    .where(LEARNERS.c.workspace_id == bindparam("workspace_id"), LEARNERS.c.learner_id == bindparam("learner_id"))
)


def get(session: Session, workspace_id: str, learner_id: str, *, lock: bool = False) -> Learner | None:
    """Return the learner; with `lock`, nobody else changes that row until the transaction ends."""
    return LEARNERS.one(session, lock=lock, workspace_id=workspace_id, learner_id=learner_id)


def lock(session: Session, workspace_id: str, learner_id: str) -> None:
    """Let nobody else change what is theirs until the transaction ends. Whatever locks more of it locks this first, and
    a workspace's pace before, so that no two transactions wait for each other in a circle.
    """
    if session.dialect != "sqlite":
        session.execute(_LOCK, {"workspace_id": workspace_id, "learner_id": learner_id})


def add(session: Session, learner: Learner) -> bool:
    """Store somebody new; return False if they are known."""
    return LEARNERS.insert_new(session, learner)


def remember(session: Session, profile: Profile) -> Learner:
    """Store a profile of Slack's, and keep everything else about the person."""
    known = get(session, profile.workspace_id, profile.person_id, lock=True)
    said = profile_columns(profile, known)
    if known is None:
        learner = Learner(workspace_id=profile.workspace_id, learner_id=profile.person_id, **said)
        if add(session, learner):
            return learner
        # somebody else met this person at the same moment
        known = get(session, profile.workspace_id, profile.person_id, lock=True)
        assert known is not None
        said = profile_columns(profile, known)
    update(session, known, **said)
    return replace(known, **said)


def profile_columns(profile: Profile, known: Learner | None) -> dict[str, Any]:
    """Return the columns in a profile. An event may leave out what `users.info` has."""
    return {
        "name": profile.name,
        "tz": profile.tz,
        "locale": profile.locale or (known.locale if known is not None else ""),
        "deleted": profile.deleted,
        "bot": profile.bot,
        "foreign": profile.foreign,
    }


def ensure(session: Session, workspace_id: str, person_id: str, *, lock: bool = True) -> Learner:
    """Return the person, stored by their id alone until Slack says more. `lock`: False if only a message is sent to
    them.
    """
    known = get(session, workspace_id, person_id, lock=lock)
    return known or remember(session, Profile(workspace_id=workspace_id, person_id=person_id, name="", tz="UTC"))


def update(session: Session, learner: Learner, **columns: Any) -> None:
    """Change some of a learner's columns."""
    LEARNERS.change(session, learner, **columns)


def later(session: Session, learner: Learner, **columns: Any) -> Learner:
    """Change some of a learner's columns at the end of the transaction; return the learner as they are then."""
    return LEARNERS.later_change(session, learner, **columns)


def later_hold(session: Session, hold: Hold) -> Hold:
    """Store a hold at the end of the transaction."""
    HOLDS.later_put(session, hold)
    return hold


def later_lift(session: Session, away: Hold, at: datetime) -> Hold:
    """Mark a hold as lifted at the end of the transaction; return the hold as it is then."""
    return HOLDS.later_change(session, away, lifted_at=at)


def end_holds(session: Session, workspace_id: str, learner_id: str, kinds: list[HoldKind]) -> None:
    """End holds of these kinds."""
    session.execute(
        delete(HOLDS.table).where(
            HOLDS.c.workspace_id == workspace_id,
            HOLDS.c.learner_id == learner_id,
            HOLDS.c.kind.in_([kind.value for kind in kinds]),
        )
    )


def due(session: Session, at: datetime, most: int) -> list[tuple[str, str]]:
    """Return (workspace, learner) of those whom planning must look at, the longest due first; none of a held
    workspace.
    """
    found = session.execute(_DUE, {"at": at, "most": most})
    return [(workspace_id, learner_id) for workspace_id, learner_id in found]


def next_due(session: Session, after: datetime) -> datetime | None:
    """Return the earliest instant after `after` at which planning must look at anybody."""
    query = select(LEARNERS.c.next_due_at).where(LEARNERS.c.next_due_at.is_not(None), LEARNERS.c.next_due_at > after)
    found: datetime | None = session.execute(query.order_by(LEARNERS.c.next_due_at).limit(1)).scalar()
    return found


def among(session: Session, workspace_id: str, learner_ids: Sequence[str]) -> dict[str, Learner]:
    """Return those of these people who are known, by their id."""
    query = select(*LEARNERS.columns).where(
        LEARNERS.c.workspace_id == workspace_id, LEARNERS.c.learner_id.in_(learner_ids)
    )
    return {learner.learner_id: learner for learner in LEARNERS.run(session, query)}


def with_holds(session: Session, workspace_id: str, learner_id: str) -> tuple[Learner, dict[HoldKind, Hold]] | None:
    """Return the learner and their holds, read by their key without a lock; None for somebody never met."""
    found = session.execute(_WITH_HOLDS, {"workspace_id": workspace_id, "learner_id": learner_id}).all()
    if not found:
        return None
    wide = len(LEARNERS.columns)
    held = (HOLDS.make(row[wide:]) for row in found if row[wide] is not None)
    return LEARNERS.make(found[0][:wide]), {h.kind: h for h in held}


def unreachable(session: Session) -> list[tuple[str, str]]:
    """Return (workspace, learner) of everybody who can't be reached."""
    query = select(HOLDS.c.workspace_id, HOLDS.c.learner_id).where(HOLDS.c.kind == HoldKind.UNREACHABLE.value)
    return [(workspace_id, learner_id) for workspace_id, learner_id in session.execute(query)]


def unreachable_among(session: Session, workspace_id: str, learner_ids: list[str]) -> set[str]:
    """Return those of these learners who can't be reached."""
    query = select(HOLDS.c.learner_id).where(
        HOLDS.c.workspace_id == workspace_id,
        HOLDS.c.kind == HoldKind.UNREACHABLE.value,
        HOLDS.c.learner_id.in_(learner_ids),
    )
    return set(session.execute(query).scalars())


def told_of_figures(session: Session, workspace_id: str) -> dict[str, datetime]:
    """Return since when each person has been told what reports say, of those who have."""
    of = LEARNERS.c
    query = select(of.learner_id, of.figures_told_at).where(
        of.workspace_id == workspace_id, of.figures_told_at.is_not(None)
    )
    return {row.learner_id: row.figures_told_at for row in session.execute(query)}


def told_of_look_ups(session: Session, workspace_id: str, learner_ids: Sequence[str] | None = None) -> frozenset[str]:
    """Return the people who know that look-ups are counted: their welcome said so, or a notice that arrived; of these
    people, where some are named.
    """
    of, sent = LEARNERS.c, tables.delivery.c
    welcomed = of.workspace_id == workspace_id, of.welcome_done.is_(True), of.privacy_told >= LOOK_UPS_NOTICE
    noticed = sent.workspace_id == workspace_id, sent.rider == PrivacyNotice(LOOK_UPS_NOTICE), sent.ts.is_not(None)
    named = ([], []) if learner_ids is None else ([of.learner_id.in_(learner_ids)], [sent.learner_id.in_(learner_ids)])
    by_welcome = session.execute(select(of.learner_id).where(*welcomed, *named[0])).scalars()
    by_notice = session.execute(select(sent.learner_id).where(*noticed, *named[1])).scalars()
    return frozenset([*by_welcome, *by_notice])


def names(session: Session, workspace_id: str, learner_ids: list[str]) -> dict[str, str]:
    """Return these people's names in Slack, by their ids."""
    query = select(LEARNERS.c.learner_id, LEARNERS.c.name).where(
        LEARNERS.c.workspace_id == workspace_id, LEARNERS.c.learner_id.in_(learner_ids)
    )
    return {row.learner_id: row.name for row in session.execute(query)}


def forgotten(session: Session) -> list[tuple[str, str]]:
    """Return (workspace, learner) of those with an unfinished track whom planning won't look at by itself."""
    query = (
        select(LEARNERS.c.workspace_id, LEARNERS.c.learner_id)
        .join(
            _enrolment,
            (_enrolment.c.workspace_id == LEARNERS.c.workspace_id) & (_enrolment.c.learner_id == LEARNERS.c.learner_id),
        )
        .where(
            LEARNERS.c.next_due_at.is_(None),
            _enrolment.c.finished_at.is_(None),
            _enrolment.c.removed_at.is_(None),
            _enrolment.c.left_at.is_(None),
        )
        .distinct()
    )
    return [(workspace_id, learner_id) for workspace_id, learner_id in session.execute(query)]
