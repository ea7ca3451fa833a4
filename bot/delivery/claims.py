"""Claims of due deliveries, within each workspace's rate limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.delivery import Delivery
from bot.domain.rate_limit import POST, QUIET, RateLimit, RateLimits
from bot.store import delivery_queue, rate_limits
from bot.store.database import Session

AHEAD = timedelta(seconds=1)
"""Calls are given out this far ahead (real time), so that none is left unused between two claims."""
FARTHEST = timedelta(seconds=20)
"""The most that a call may be ahead of the rate limit. Beyond it, the method is on hold by `Retry-After`."""
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True)
class PacedClaim:
    """A claimed delivery, and the time to wait before it may be posted (real time)."""

    wait: timedelta
    number: int
    delivery: Delivery
    asks_quiet: bool = False
    """True if a call of `dnd.info` was claimed too, so that do-not-disturb may be checked."""


@dataclass(frozen=True)
class Clocks:
    """Both clocks, and the lease of a claim (real time)."""

    business: datetime
    real: datetime
    lease: timedelta


def claim(
    session: Session,
    workspaces: list[str],
    now: Clocks,
    limits: RateLimits,
    most: int,
    knows_quiet: Callable[[str], bool] = lambda _: False,
) -> list[PacedClaim]:
    """Claim due deliveries of these workspaces within the rate limit, at most `most` in all, shared out fairly.

    `knows_quiet`: whether a workspace lets the bot ask when somebody isn't to be disturbed. In a rush not everybody can
    be asked after; Slack itself keeps such a message silent.
    """
    limit = limits.post
    arrivals = rate_limits.lock(session, workspaces, POST, now.real)
    # before any delivery, as everything that has a rate limit is locked
    quiet = rate_limits.lock(session, filter(knows_quiet, workspaces), QUIET, now.real)
    # rotate the start so that no workspace starves: the one that called longest ago comes first
    waiting = sorted(workspaces, key=lambda w: arrivals[w] or EARLIEST)
    found: list[PacedClaim] = []
    for index, workspace_id in enumerate(waiting):
        share = -(-(most - len(found)) // (len(waiting) - index))
        calls = limit.next_calls(arrivals[workspace_id], now.real, now.real + AHEAD, share)
        claimed = delivery_queue.claim(
            session, workspace_id, at=now.business, real=now.real, lease=now.lease, most=len(calls)
        )
        if claimed:
            arrival = limit.arrival_after(arrivals[workspace_id], calls[: len(claimed)])
            rate_limits.advance(session, workspace_id, POST, arrival)
        asked = _quiet_calls(session, workspace_id, claimed, quiet, now.real, limits.of(QUIET))
        found += [
            PacedClaim(call - now.real, len(found) + n, d, d.delivery_id in asked)
            for n, (call, d) in enumerate(zip(calls, claimed, strict=False))
        ]
    return sorted(found, key=lambda turn: (turn.wait, turn.number))


def _quiet_calls(
    session: Session,
    workspace_id: str,
    claimed: list[Delivery],
    arrivals: Mapping[str, datetime | None],
    real: datetime,
    limit: RateLimit,
) -> set[str]:
    """Claim as many calls of `dnd.info` as there are now; the ids of the unasked deliveries they are for."""
    unasked = [d.delivery_id for d in claimed if d.unasked]
    if workspace_id not in arrivals or not unasked:
        return set()
    calls = limit.next_calls(arrivals[workspace_id], real, real, len(unasked))
    if calls:
        rate_limits.advance(session, workspace_id, QUIET, limit.arrival_after(arrivals[workspace_id], calls))
    return set(unasked[: len(calls)])


def claim_asked(
    session: Session, workspace_id: str, learner_id: str, now: Clocks, limit: RateLimit, most: int
) -> list[Delivery]:
    """Claim the deliveries that somebody waits for after a tap, ahead of the rate limit; the workspace's later ones
    wait for them. Claim none while Slack's `Retry-After` holds.
    """
    arrival = rate_limits.lock(session, [workspace_id], POST, now.real)[workspace_id]
    if limit.next_calls(arrival, now.real, now.real + FARTHEST, 1) == []:
        return []
    claimed = delivery_queue.claim(
        session, workspace_id, at=now.business, real=now.real, lease=now.lease, most=most, learner_id=learner_id
    )
    if claimed:
        rate_limits.advance(session, workspace_id, POST, limit.arrival_after(arrival, [now.real] * len(claimed)))
    return claimed


def hold(session: Session, workspace_id: str, method: str, until: datetime, limit: RateLimit) -> None:
    """Let no process call this method for this workspace before `until` (real): Slack answered with `Retry-After`."""
    arrival = rate_limits.lock(session, [workspace_id], method, until)[workspace_id]
    rate_limits.advance(session, workspace_id, method, limit.arrival_for_hold(arrival, until))


def wait_for(session: Session, workspace_id: str, method: str, real: datetime, limit: RateLimit) -> timedelta:
    """Take the next call of a method if it may come now; return the time to wait, zero if it was taken."""
    arrival = rate_limits.lock(session, [workspace_id], method, real)[workspace_id]
    call = limit.next_calls(arrival, real, datetime.max.replace(tzinfo=UTC), 1)[0]
    if call <= real:
        rate_limits.advance(session, workspace_id, method, limit.arrival_after(arrival, [call]))
    return call - real
