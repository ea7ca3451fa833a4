"""Messages to admins, and the dialog in which an order is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Refusal:
    """Somebody who wasn't assigned, and why: bot, deactivated, foreign, unknown, nothing (to remove)."""

    person_id: str
    reason: str


@dataclass(frozen=True)
class SummaryView:
    """What became of an admin's request. `undo`: none, offered, asks, done."""

    delivery_id: str
    verb: str
    """assign, remove, or move (the start)."""
    track: str
    track_id: str
    changed: tuple[str, ...] = ()
    had_it: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    undo: str = "none"
    begun: int = 0
    put_back: int = 0
    kept: int = 0
    """At *Undo*: enrolments that somebody changed since, and that were therefore left alone."""
    left: tuple[str, ...] = ()
    """Those who took themselves out of the track before, and whom nobody else puts back."""
    again: tuple[str, ...] = ()
    """Of those who had it, or have finished it: for whom it can start again."""
    movable: tuple[str, ...] = ()
    """Of those who had it: whose start can be moved to what the order named."""
    followed: tuple[str, ...] = ()
    """What was asked for from this summary: move, restart."""
    today: date | None = None
    """The date on which it was asked for."""
    finished: tuple[str, ...] = ()
    """Of all these: who had nothing left in the track, so that no lesson of it comes."""


@dataclass(frozen=True)
class OrderView:
    """An assignment before it goes. `had_it`: those among `people` for whom nothing would change; `left`: who left."""

    order_id: str
    track: str
    people: tuple[str, ...]
    had_it: tuple[str, ...] = ()
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    left: tuple[str, ...] = ()
    today: date | None = None
    """The date it is for the admin."""


@dataclass(frozen=True)
class TalkView:
    """A learner would like to talk to somebody. The name, and nothing else."""

    learner_id: str


@dataclass(frozen=True)
class HeldView:
    """For a while Slack refused the workspace's token, with this code."""

    code: str
