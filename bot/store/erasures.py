"""Erasing a person: their rows, their id in the rows of others, and the mark that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, bindparam, cast, delete, or_, select, update

from bot.domain.delivery_subject import Appointed, SharedPage, Subject, TalkWish
from bot.domain.erasing import ERASED, NAME, Erasure, mark_of, new_key
from bot.store import drafts, group_shares, instants, look_ups, tables
from bot.store.database import Session
from bot.store.deliveries import DELIVERIES
from bot.store.rows import Rows


@dataclass(frozen=True)
class _Mark:
    workspace_id: str
    digest: str


_erasure = Rows(tables.erasure, Erasure)
_mark = Rows(tables.erased, _Mark)
_UNFINISHED = (
    select(*_erasure.columns)
    .where(instants.come(_erasure.c.open_real))
    .order_by(_erasure.c.open_real)
    .limit(bindparam("most"))
)
_ADMINS = (
    (tables.order, "admin_id"),
    (tables.rule, "admin_id"),
    (tables.quiet_span, "admin_id"),
    (tables.paused_track, "admin_id"),
    (tables.appointed_admin, "appointed_by"),
    (tables.audit, "actor"),
)
"""Where an admin is named who asked for something."""
_KEPT = frozenset({"erasure"})
"""Tables that name a learner, and whose rows an erasure leaves: its own, until it is over."""


def ask(session: Session, erasure: Erasure) -> None:
    """Store an erasure; one that is under way begins anew, since they may have started something meanwhile."""
    session.due_at_once = True
    known = _erasure.one(session, workspace_id=erasure.workspace_id, learner_id=erasure.learner_id)
    if known is not None and erasure.channel_id is None:
        erasure = replace(erasure, channel_id=known.channel_id)
    _erasure.put(session, erasure)


def unfinished(session: Session, real: datetime, most: int) -> list[Erasure]:
    """Return erasures that are to be gone on with, the longest waiting first."""
    return _erasure.run(session, _UNFINISHED, **instants.now(real), most=most)


def change(session: Session, erasure: Erasure, **columns: Any) -> Erasure:
    """Change an erasure; return it as it is then."""
    _erasure.change(session, erasure, **columns)
    return replace(erasure, **columns)


def over(session: Session, erasure: Erasure) -> None:
    """Forget an erasure, which is over: the last row that names the person."""
    of = tables.erasure.c
    session.execute(
        delete(tables.erasure).where(of.workspace_id == erasure.workspace_id, of.learner_id == erasure.learner_id)
    )


def channel_of(session: Session, workspace_id: str, learner_id: str) -> str | None:
    """Return the DM with a person, as far as it is known."""
    of, sent = tables.learner.c, tables.delivery.c
    mine = of.workspace_id == workspace_id, of.learner_id == learner_id
    known: str | None = session.execute(select(of.channel_id).where(*mine)).scalar()
    if known is not None:
        return known
    theirs = sent.workspace_id == workspace_id, sent.learner_id == learner_id, sent.channel_id.is_not(None)
    found: str | None = session.execute(select(sent.channel_id).where(*theirs).limit(1)).scalar()
    return found


def rows_of(session: Session, workspace_id: str, learner_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return all rows about a person, by table and column, in the order of their keys."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables.metadata.sorted_tables:
        if "learner_id" in table.c and table.name not in _KEPT:
            mine = table.c.workspace_id == workspace_id, table.c.learner_id == learner_id
            rows = session.execute(select(table).where(*mine).order_by(*table.primary_key.columns)).mappings()
            found[table.name] = [dict(row) for row in rows]
    return found


def erase_rows(session: Session, erasure: Erasure) -> None:
    """Delete all rows about a person, who is locked. Requests keep no person but in the ids of taps and typed words."""
    workspace_id, learner_id = erasure.workspace_id, erasure.learner_id
    for track_id in group_shares.of_learner(session, workspace_id, learner_id):
        group_shares.take_out(session, workspace_id, learner_id, track_id)
    for table in reversed(tables.metadata.sorted_tables):
        if "learner_id" in table.c and table.name not in _KEPT:
            mine = table.c.workspace_id == workspace_id, table.c.learner_id == learner_id
            session.execute(delete(table).where(*mine))
    look_ups.forget(session, workspace_id, learner_id)
    of = tables.request.c
    begins = [f"tap:{learner_id}:", *([f"said:{erasure.channel_id}:"] if erasure.channel_id else [])]
    theirs = or_(*(of.request_id.startswith(begin, autoescape=True) for begin in begins))
    session.execute(delete(tables.request).where(of.workspace_id == workspace_id, theirs))


def scrub_orders(session: Session, workspace_id: str, learner_id: str) -> None:
    """Name nobody in admins' orders, among those told of a wish to talk or shown a page, and in the audit."""
    _scrub_lists(session, tables.order, "people", workspace_id, learner_id)
    _scrub_lists(session, tables.talk, "told", workspace_id, learner_id)
    for table, column in (
        (tables.order, "admin_id"),
        (tables.rule, "admin_id"),
        (tables.quiet_span, "admin_id"),
        (tables.paused_track, "admin_id"),
        (tables.audit, "actor"),
    ):
        named = table.c.workspace_id == workspace_id, table.c[column] == learner_id
        session.execute(update(table).where(*named).values({column: ERASED}))
    _scrub_details(session, workspace_id, learner_id)
    effects = tables.effect
    for row in session.execute(select(effects).where(*_naming(effects, "before", workspace_id, learner_id))).all():
        before = {name: ERASED if value == learner_id else value for name, value in row.before.items()}
        this = effects.c.order_id == row.order_id, effects.c.learner_id == row.learner_id
        session.execute(update(effects).where(effects.c.workspace_id == workspace_id, *this).values(before=before))
    drafts.forget_all_of(session, workspace_id, learner_id)
    of = tables.share.c
    session.execute(delete(tables.share).where(of.workspace_id == workspace_id, of.with_id == learner_id))


def others_naming(session: Session, workspace_id: str, learner_id: str) -> list[str]:
    """Return the people in whose own rows somebody is named: who assigned them a track, who would like to talk."""
    given = select(tables.enrolment.c.learner_id).where(
        tables.enrolment.c.workspace_id == workspace_id, tables.enrolment.c.assigned_by == learner_id
    )
    told = select(tables.delivery.c.learner_id).where(or_(*_told_of(workspace_id, learner_id)))
    return sorted({*session.execute(given).scalars(), *session.execute(told).scalars()} - {learner_id})


def scrub_of(session: Session, workspace_id: str, other_id: str, learner_id: str) -> None:
    """Name nobody in another person's rows, who is locked."""
    of = tables.enrolment
    given = of.c.workspace_id == workspace_id, of.c.learner_id == other_id, of.c.assigned_by == learner_id
    session.execute(update(of).where(*given).values(assigned_by=ERASED))
    wishes = or_(*_told_of(workspace_id, learner_id)), DELIVERIES.c.learner_id == other_id
    for told in DELIVERIES.run(session, select(*DELIVERIES.columns).where(*wishes)):
        about = _without(told.about, learner_id)
        # the id of their tap has theirs in it
        caused_by = f"{ERASED}:{told.delivery_id}" if learner_id in (told.caused_by or "") else told.caused_by
        DELIVERIES.change(session, told, about=about, caused_by=caused_by)


def _scrub_details(session: Session, workspace_id: str, learner_id: str) -> None:
    """Name nobody in the audit's words."""
    audit, word = tables.audit, re.compile(rf"\b{re.escape(learner_id)}\b")
    for row in session.execute(select(audit).where(*_naming(audit, "detail", workspace_id, learner_id))).all():
        said = audit.c.workspace_id == workspace_id, audit.c.audit_id == row.audit_id
        session.execute(update(audit).where(*said).values(detail=word.sub(NAME, row.detail)))


def _scrub_lists(session: Session, table: Table, column: str, workspace_id: str, learner_id: str) -> None:
    """Take a person out of lists of ids."""
    keys = list(table.primary_key.columns)
    for row in session.execute(select(table).where(*_naming(table, column, workspace_id, learner_id))).mappings().all():
        said = row[column]
        ids = [person for person in said["ids"] if person != learner_id]
        this = (key == row[key.key] for key in keys)
        session.execute(update(table).where(*this).values({column: {**said, "ids": ids}}))


def _without(about: Subject, learner_id: str) -> Subject:
    """Return a message's subject without a person."""
    match about:
        case TalkWish(who) if who == learner_id:
            return TalkWish(ERASED)
        case SharedPage(who) if who == learner_id:
            return SharedPage(ERASED)
        case Appointed(who) if who == learner_id:
            return replace(about, by_id=ERASED)
    return about


def _told_of(workspace_id: str, learner_id: str) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of messages that name somebody, in what they are about or in what brought them about."""
    for column in ("about", "caused_by"):
        yield and_(*_naming(tables.delivery, column, workspace_id, learner_id))


def _naming(table: Table, column: str, workspace_id: str, learner_id: str) -> tuple[Any, Any]:
    """Return the conditions of the rows of a workspace in whose text or JSON an id occurs."""
    return table.c.workspace_id == workspace_id, cast(table.c[column], String).contains(learner_id, autoescape=True)


# the mark that stays


def keep_out(session: Session, workspace_id: str, learner_id: str) -> None:
    """Leave the mark by which an erased person isn't enrolled again."""
    key = key_of(session, workspace_id)
    _mark.insert_new(session, _Mark(workspace_id, mark_of(key, workspace_id, learner_id)))


def is_kept_out(session: Session, workspace_id: str, learner_id: str) -> bool:
    """Return True for somebody who was erased and hasn't started anything since."""
    key = known_key(session, workspace_id)
    if key is None:
        return False
    return _mark.one(session, workspace_id=workspace_id, digest=mark_of(key, workspace_id, learner_id)) is not None


def kept_out_among(session: Session, workspace_id: str, learner_ids: Sequence[str]) -> frozenset[str]:
    """Return those of these people who were erased and haven't started anything since."""
    key = known_key(session, workspace_id)
    if key is None:
        return frozenset()
    marks = {mark_of(key, workspace_id, learner_id): learner_id for learner_id in learner_ids}
    of = tables.erased.c
    found = session.execute(select(of.digest).where(of.workspace_id == workspace_id, of.digest.in_(marks)))
    return frozenset(marks[digest] for digest in found.scalars())


def let_in(session: Session, workspace_id: str, learner_id: str) -> None:
    """Remove the mark: they have started a track themselves."""
    key = known_key(session, workspace_id)
    if key is not None:
        of, digest = tables.erased.c, mark_of(key, workspace_id, learner_id)
        session.execute(delete(tables.erased).where(of.workspace_id == workspace_id, of.digest == digest))


def key_of(session: Session, workspace_id: str) -> str:
    """Return the workspace's key, a new one if it has none."""
    key = known_key(session, workspace_id)
    if key is None:
        of = tables.workspace
        unset = of.c.workspace_id == workspace_id, of.c.erasure_key.is_(None)
        session.execute(update(of).where(*unset).values(erasure_key=new_key()))
        # another process may have been first
        key = known_key(session, workspace_id)
    assert key is not None
    return key


def known_key(session: Session, workspace_id: str) -> str | None:
    """Return the workspace's key, if it has one."""
    of = tables.workspace.c
    found: str | None = session.execute(select(of.erasure_key).where(of.workspace_id == workspace_id)).scalar()
    return found
