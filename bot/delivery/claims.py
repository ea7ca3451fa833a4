"""Who sends next, and when: claims that keep each workspace to its pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.delivery import Delivery
from bot.domain.rate_limit import POST, RateLimit
from bot.store import deliveries, rate_limits
from bot.store.database import Session

AHEAD = timedelta(seconds=1)
"""Turns are given out for so long ahead (real time): between two claims no turn passes unused."""
FARTHEST = timedelta(seconds=20)
"""Nobody goes before their turn by more than this: then Slack has said "not now"."""
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, order=True)
class PacedClaim:
    """A claimed delivery, and how long it has to wait before it may be posted (real time)."""

    wait: timedelta
    number: int
    delivery: Delivery


@dataclass(frozen=True)
class Clocks:
    """Both clocks, and how long a claim lasts (real time)."""

    business: datetime
    real: datetime
    lease: timedelta


def claim(session: Session, workspaces: list[str], now: Clocks, pace: RateLimit, most: int) -> list[PacedClaim]:
    """Claim what is due in these workspaces: each by its own turns, and none more than its share of `most`."""
    arrivals = rate_limits.lock(session, workspaces, POST, now.real)
    # whoever had a turn longest ago comes first
    waiting = sorted(workspaces, key=lambda w: arrivals[w] or EARLIEST)
    found: list[PacedClaim] = []
    for place, workspace_id in enumerate(waiting):
        share = -(-(most - len(found)) // (len(waiting) - place))
        turns = pace.turns(arrivals[workspace_id], now.real, now.real + AHEAD, share)
        claimed = deliveries.claim(session, workspace_id, now.business, now.real, now.lease, len(turns))
        if claimed:
            arrival = pace.after(arrivals[workspace_id], turns[: len(claimed)])
            rate_limits.advance(session, workspace_id, POST, arrival)
        found += [
            PacedClaim(turn - now.real, len(found) + n, d)
            for n, (turn, d) in enumerate(zip(turns, claimed, strict=False))
        ]
    return sorted(found)


def claim_asked(
    session: Session, workspace_id: str, learner_id: str, now: Clocks, pace: RateLimit, most: int
) -> list[Delivery]:
    """Claim what is due to somebody who has just tapped. It goes before its turn, and its workspace's later ones wait
    for it; nothing goes while Slack has said "not now".
    """
    arrival = rate_limits.lock(session, [workspace_id], POST, now.real)[workspace_id]
    if pace.turns(arrival, now.real, now.real + FARTHEST, 1) == []:
        return []
    claimed = deliveries.claim(session, workspace_id, now.business, now.real, now.lease, most, learner_id)
    if claimed:
        rate_limits.advance(session, workspace_id, POST, pace.after(arrival, [now.real] * len(claimed)))
    return claimed


def hold(session: Session, workspace_id: str, method: str, until: datetime, pace: RateLimit) -> None:
    """Slack said "not now": no process calls this method for this workspace before `until` (real)."""
    arrival = rate_limits.lock(session, [workspace_id], method, until)[workspace_id]
    rate_limits.advance(session, workspace_id, method, pace.held_until(arrival, until))


def wait_for(session: Session, workspace_id: str, method: str, real: datetime, pace: RateLimit) -> timedelta:
    """Take a turn of a method: no time to wait, or else how long until there is one."""
    arrival = rate_limits.lock(session, [workspace_id], method, real)[workspace_id]
    turn = pace.turns(arrival, real, datetime.max.replace(tzinfo=UTC), 1)[0]
    if turn <= real:
        rate_limits.advance(session, workspace_id, method, pace.after(arrival, [turn]))
    return turn - real
