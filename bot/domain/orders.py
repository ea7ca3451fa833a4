"""Orders of admins, and their effects on people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.audience import PeopleSource, SourceKind


class OrderVerb(StrEnum):
    """The effects an order can have on enrolments in its track."""

    ASSIGN = "assign"
    REMOVE = "remove"
    MOVE = "move"
    """The start of a track that they have."""


class OrderState(StrEnum):
    """The states of an order."""

    ASKS = "asks"
    """It goes once the admin confirms it."""
    STORED = "stored"
    """It is worked off as soon as a worker claims it."""
    DONE = "done"
    CANCELLED = "cancelled"


class UndoState(StrEnum):
    """The states of the undoing of an order."""

    NONE = "none"
    OFFERED = "offered"
    ASKS = "asks"
    """Some have begun since: undone once the admin confirms it."""
    DOING = "doing"
    DONE = "done"


class EffectOutcome(StrEnum):
    """The outcomes of an order for one person; all after the first two say why it did nothing."""

    CHANGED = "changed"
    FINISHED = "finished"
    """It is theirs (again), and nothing is left in it."""
    HAD_IT = "had_it"
    LEFT = "left"
    """They took themselves out of the track."""
    NOTHING = "nothing"
    """They don't have the track."""
    UNKNOWN = "unknown"
    FOREIGN = "foreign"
    BOT = "bot"
    DEACTIVATED = "deactivated"


TOUCHED = frozenset({EffectOutcome.CHANGED, EffectOutcome.FINISHED})
"""The outcomes that changed an enrolment, and can be undone."""


REFUSED = frozenset(EffectOutcome) - TOUCHED - {EffectOutcome.HAD_IT, EffectOutcome.LEFT}
"""The outcomes of those for whom an order can do nothing."""


class FollowUp(StrEnum):
    """The orders that a summary offers for those who had the track already, or have finished it."""

    MOVE = "move"
    RESTART = "restart"


@dataclass(frozen=True, kw_only=True)
class Order:
    """One request of an admin. `people["ids"]` keeps the order in which they were named, `people["from"]` the groups
    and channels whose members they were.
    """

    workspace_id: str
    order_id: str
    admin_id: str
    verb: OrderVerb
    track_id: str
    people: Mapping[str, Any]
    created_at: datetime
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    state: OrderState = OrderState.STORED
    undo: UndoState = UndoState.NONE
    open_real: datetime | None = None
    after_track: str | None = None
    """The track that comes before this one."""
    then: tuple[str, ...] = ()
    """The tracks that come after this one: each is an order of its own, given once this one is carried out."""
    rule_id: str | None = None
    """The rule that gave it."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the people named, each once."""
        return tuple(dict.fromkeys(self.people["ids"]))

    @property
    def sources(self) -> tuple[PeopleSource, ...]:
        """Return the groups and channels whose members they were."""
        named = self.people.get("from", ())
        return tuple(PeopleSource(SourceKind(each["kind"]), each["id"], each["name"]) for each in named)

    @property
    def kept(self) -> bool:
        """Return True where whoever joins these groups later is to have the track too: a rule follows from it."""
        return bool(self.people.get("kept"))


def people_json(ids: Sequence[str], sources: Sequence[PeopleSource] = (), *, kept: bool = False) -> dict[str, Any]:
    """Return whom an order is for, as it is stored."""
    named = [{"kind": each.kind.value, "id": each.source_id, "name": each.name} for each in sources]
    return {"ids": list(ids), **({"from": named} if named else {}), **({"kept": True} if kept else {})}


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The effect of an order on one person. `before`: the enrolment's columns before it, None if there was no
    enrolment.
    """

    workspace_id: str
    order_id: str
    learner_id: str
    outcome: EffectOutcome
    before: Mapping[str, Any] | None = None
    revision: int | None = None
    steps: int = 0
    """The number of items that the person had done by then."""
    put_back: bool = False
