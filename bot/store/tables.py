"""The tables. Every key begins with the workspace, so that one workspace's rows stay together.

Idempotency stands here as constraints: `claimed_date` (one unasked message per learner and local
date), `caused_by` (one message per request or event), `unique_key` (one welcome ever), one first answer per asking, one
effect per Slack request. A NULL in any of the first three means "doesn't apply": unique constraints let NULLs repeat.

A field is named as code reads it. A released column keeps its name, so that the release before runs on the same schema.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint, Index, MetaData, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.domain.delivery_note import Note
from bot.domain.delivery_subject import Subject
from bot.store.types import Instant, LocalTime, NoteText, SubjectJson, Weekdays

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        str: String(255),
        datetime: Instant,
        time: LocalTime,
        frozenset[int]: Weekdays,
        dict[str, Any]: JSON,
    }


class WorkspaceRow(Base):
    """A Slack team. `held` is the error code that holds the whole workspace, such as `token_revoked`."""

    __tablename__ = "workspace"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_user_id: Mapped[str]
    held: Mapped[str | None] = mapped_column(Text)
    heard_wall: Mapped[datetime | None]
    """When a connection last heard Slack, by the machine's clock: what was typed since then may be unread."""


class RateLimitRow(Base):
    """How far a workspace's calls of a method are ahead of an even pace: its theoretical arrival time."""

    __tablename__ = "pace"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    arrival_real: Mapped[datetime | None]


class LearnerRow(Base):
    """A person, with what Slack says of them and when planning looks at them next."""

    __tablename__ = "learner"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    tz: Mapped[str]
    locale: Mapped[str]
    deleted: Mapped[bool]
    bot: Mapped[bool]
    foreign: Mapped[bool]
    own_at: Mapped[time | None]
    own_days: Mapped[frozenset[int] | None]
    own_tz: Mapped[str | None]
    own_country: Mapped[str | None] = mapped_column(String(2))
    titled: Mapped[bool] = mapped_column(server_default=false())
    channel_id: Mapped[str | None]
    welcome_done: Mapped[bool]
    askings: Mapped[int]
    steps: Mapped[int]
    next_due_on: Mapped[date | None]
    next_due_at: Mapped[datetime | None]
    home_hash: Mapped[str | None]
    __table_args__ = (
        Index(
            "ix_learner_due",
            "next_due_at",
            postgresql_where=text("next_due_at IS NOT NULL"),
            sqlite_where=text("next_due_at IS NOT NULL"),
        ),
    )


def _of_learner() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"])


class HoldRow(Base):
    """Why nothing unasked is sent; one row per reason."""

    __tablename__ = "hold"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime]
    until: Mapped[date | None]
    ends_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    __table_args__ = (_of_learner(),)


class EnrolmentRow(Base):
    """A learner in a track."""

    __tablename__ = "enrolment"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    track_id: Mapped[str] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    assigned_by: Mapped[str | None]
    at: Mapped[time | None]
    days: Mapped[frozenset[int] | None]
    after_step: Mapped[int]
    announced: Mapped[bool]
    last_asking: Mapped[int]
    finished_at: Mapped[datetime | None]
    closed: Mapped[bool]
    removed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    revision: Mapped[int]
    __table_args__ = (_of_learner(), Index("ix_enrolment_track", "workspace_id", "track_id"))


class ContentRow(Base):
    """The wording of an item as it was delivered, by its hash."""

    __tablename__ = "content"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    item_id: Mapped[str]
    packed: Mapped[str] = mapped_column(Text)


class QuarantineRow(Base):
    """A wording that Slack refused, set aside until the lesson is mended, which gives it another hash."""

    __tablename__ = "quarantine"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    problem: Mapped[str] = mapped_column(Text)


class AskingRow(Base):
    """One bringing of an item."""

    __tablename__ = "asking"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    asking_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    learner_id: Mapped[str]
    number: Mapped[int]
    item_id: Mapped[str]
    track_id: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    again: Mapped[bool]
    reminders: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(String(20))
    not_before: Mapped[date | None]
    preface: Mapped[str]
    __table_args__ = (
        _of_learner(),
        ForeignKeyConstraint(["workspace_id", "content_hash"], ["content.workspace_id", "content.content_hash"]),
        UniqueConstraint("workspace_id", "learner_id", "number"),
    )


class AnswerRow(Base):
    """What was chosen; the key makes the first attempt the only first."""

    __tablename__ = "answer"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    asking_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[str]
    choice: Mapped[int]
    right: Mapped[bool]
    at: Mapped[datetime]
    request_id: Mapped[str]
    __table_args__ = (
        _of_learner(),
        ForeignKeyConstraint(["workspace_id", "asking_id"], ["asking.workspace_id", "asking.asking_id"]),
    )


class DoneRow(Base):
    """An item behind the learner."""

    __tablename__ = "done"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    how: Mapped[str] = mapped_column(String(20))
    step: Mapped[int]
    at: Mapped[datetime | None]
    __table_args__ = (_of_learner(),)


class DeliveryRow(Base):
    """One DM owed to one person. Columns ending in `_real` are on the machine's clock, the others on the business's."""

    __tablename__ = "delivery"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    learner_id: Mapped[str]
    slot: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime]
    claimed_date: Mapped[date | None] = mapped_column("place", key="claimed_date")
    caused_by: Mapped[str | None] = mapped_column("cause", key="caused_by")
    unique_key: Mapped[str | None] = mapped_column("once", String(20), key="unique_key")
    asking_id: Mapped[str | None] = mapped_column(String(40))
    about: Mapped[Subject] = mapped_column(SubjectJson)
    attempt: Mapped[int]
    channel_id: Mapped[str | None]
    ts: Mapped[str | None]
    problem: Mapped[str | None] = mapped_column(Text)
    note: Mapped[Note | None] = mapped_column(NoteText)
    revision: Mapped[int]
    shown: Mapped[int]
    claimable_at: Mapped[datetime | None]
    retry_real: Mapped[datetime | None]
    lease_real: Mapped[datetime | None]
    claimed_real: Mapped[datetime | None]
    lags_real: Mapped[datetime | None]
    __table_args__ = (
        _of_learner(),
        UniqueConstraint("workspace_id", "learner_id", "claimed_date"),
        UniqueConstraint("workspace_id", "learner_id", "caused_by"),
        UniqueConstraint("workspace_id", "learner_id", "unique_key"),
        Index("ix_delivery_asking", "workspace_id", "asking_id"),
        *(
            Index(
                f"ix_delivery_{columns[-1]}",
                *columns,
                sqlite_where=text(f"{columns[-1]} IS NOT NULL"),
                postgresql_where=text(f"{columns[-1]} IS NOT NULL"),
            )
            # what is due is looked for in each workspace by itself, so that none stands before another
            for columns in (("workspace_id", "claimable_at"), ("lease_real",), ("lags_real",))
        ),
    )


class RequestRow(Base):
    """A Slack request that had its effect."""

    __tablename__ = "request"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class UnreadRow(Base):
    """A DM that is still to be read back to `since_wall`, Slack's clock, after a gap. Nothing typed is kept."""

    __tablename__ = "unread"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    since_wall: Mapped[datetime]
    rank: Mapped[int]
    open_real: Mapped[datetime]
    __table_args__ = (_of_learner(), Index("ix_unread_rank", "workspace_id", "rank"))


class OrderRow(Base):
    """What an admin asked for, stored before it is worked off. `state`: asks, stored, done, cancelled."""

    __tablename__ = "admin_order"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(primary_key=True)
    admin_id: Mapped[str]
    verb: Mapped[str] = mapped_column(String(20))
    track_id: Mapped[str]
    people: Mapped[dict[str, Any]]
    first_day: Mapped[date | None]
    at: Mapped[time | None]
    days: Mapped[frozenset[int] | None]
    restart: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))
    undo: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    open_real: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_admin_order_open",
            "open_real",
            sqlite_where=text("open_real IS NOT NULL"),
            postgresql_where=text("open_real IS NOT NULL"),
        ),
    )


class EffectRow(Base):
    """What an order did to one person, with the enrolment as it was before, for *Undo*."""

    __tablename__ = "admin_effect"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any] | None]
    revision: Mapped[int | None]
    steps: Mapped[int]
    put_back: Mapped[bool]
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "order_id"], ["admin_order.workspace_id", "admin_order.order_id"]),
    )


class TalkRow(Base):
    """A learner would like to talk to somebody; `told` are the admins who know. Open until `settled_at`."""

    __tablename__ = "talk"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    told: Mapped[dict[str, Any]]
    settled_at: Mapped[datetime | None]
    __table_args__ = (_of_learner(),)


class AuditRow(Base):
    """Who assigned, removed, was refused."""

    __tablename__ = "audit"
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    audit_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_audit_at", "workspace_id", "at"),)
