"""The state of one learner: loaded once per transaction, changed in memory, and written at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.agenda import Situation
from bot.domain.content import Catalogue, version
from bot.domain.delivery import FIRST_ANSWER, Asking, Delivery, LoggedResponse, Outcome, Reason, Slot, State
from bot.domain.delivery_subject import PLAIN, Subject
from bot.domain.local_time import Hours
from bot.domain.people import Done, Enrolment, Hold, HoldKind, Learner
from bot.store import askings, deliveries, enrolments, learners, responses, snapshot
from bot.store.database import Session
from bot.store.snapshot import Snapshot

BEHIND = timedelta(days=2)
"""The age of the oldest dates whose messages are in the snapshot: it is yesterday in some zones, and a tick may be
late.
"""


class LearnerState:
    """All that decides about one learner, with this transaction's changes.

    Later decisions see each change at once; it is written with the others at the end of the transaction, each row once.
    Whoever changes a learner holds their lock.
    """

    def __init__(self, session: Session, ctx: AppContext, at: datetime, rows: Snapshot) -> None:
        """`at`: business time, UTC, of all decisions."""
        self.session, self.ctx, self.at = session, ctx, at
        self._rows = rows
        self._situation: Situation | None = None
        self._hours: Hours | None = None

    @property
    def workspace_id(self) -> str:
        """Return the workspace's id."""
        return self._rows.learner.workspace_id

    @property
    def learner_id(self) -> str:
        """Return the learner's Slack id."""
        return self._rows.learner.learner_id

    @property
    def learner(self) -> Learner:
        """Return the learner."""
        return self._rows.learner

    @property
    def enrolments(self) -> tuple[Enrolment, ...]:
        """Return all enrolments by track, removed and finished ones included."""
        return tuple(self._rows.enrolments[track_id] for track_id in sorted(self._rows.enrolments))

    def enrolment(self, track_id: str) -> Enrolment | None:
        """Return one enrolment."""
        return self._rows.enrolments.get(track_id)

    @property
    def done(self) -> Mapping[str, int]:
        """Return the latest step at which each item was done."""
        return self.situation.done

    @property
    def holds(self) -> Mapping[HoldKind, Hold]:
        """Return the holds by kind."""
        return self._rows.holds

    @property
    def open(self) -> Asking | None:
        """Return the open item's asking, of which there is at most one."""
        return self.situation.open

    @property
    def catalogue(self) -> Catalogue:
        """Return the workspace's catalogue."""
        return self.ctx.catalogue_of(self.workspace_id)

    @property
    def situation(self) -> Situation:
        """Return the input of the agenda."""
        if self._situation is None:
            waiting = [a for a in self._rows.askings.values() if a.outcome is None and a.reason is Reason.ITEM]
            self._situation = Situation(
                learner=self.learner,
                enrolments=tuple(e for e in self.enrolments if e.removed_at is None),
                done={item_id: done.step for item_id, done in self._rows.done.items()},
                open=max(waiting, key=lambda a: a.number, default=None),
                welcomed=self.learner.welcome_done or self.welcome is not None,
                quarantined=self._quarantined_items(),
            )
        return self._situation

    def _quarantined_items(self) -> frozenset[str]:
        """Return the ids of items whose present wording Slack refused."""
        items = self.catalogue.items
        return frozenset(
            item_id
            for content_hash, item_id in self._rows.quarantined.items()
            if item_id in items and version(items[item_id]) == content_hash
        )

    @property
    def hours(self) -> Hours:
        """Return the learner's hour, days and zone."""
        if self._hours is None:
            defaults = self.ctx.defaults_of(self.workspace_id)
            self._hours = agenda.hours(self.learner, self.situation.enrolments, defaults)
        return self._hours

    @property
    def repeated(self) -> bool:
        """Return True if the request that the state was loaded for was dealt with before."""
        return self._rows.had_effect

    @property
    def today(self) -> date:
        """Return the learner's local date."""
        return self.hours.today(self.at)

    def held(self, day: date) -> bool:
        """Return True if nothing unasked may come on `day`."""
        pause = self.holds.get(HoldKind.PERSON)
        paused = pause is not None and (pause.until is None or day < pause.until)
        return paused or self.away_on(day) or bool(self.holds.keys() & {HoldKind.SILENCE, HoldKind.UNREACHABLE})

    @property
    def away_until(self) -> datetime | None:
        """Return the end of the away status; None if nothing is held back by one."""
        away = self.holds.get(HoldKind.AWAY)
        return away.ends_at if away is not None and away.lifted_at is None else None

    def away_on(self, day: date) -> bool:
        """Return True if `day`'s hour comes before the learner is back."""
        return self.away_until is not None and self.hours.due(day) < self.away_until

    @property
    def idle(self) -> bool:
        """Return True if nothing is left to teach."""
        return not agenda.active(self.situation, self.catalogue)

    # askings and messages

    def asking(self, asking_id: str) -> Asking | None:
        """Return one of the learner's askings."""
        return self._rows.askings.get(asking_id) or askings.get(self.session, self.workspace_id, asking_id)

    def answer_to(self, asking: Asking) -> LoggedResponse | None:
        """Return the first answer to an asking, the one that counts."""
        if asking.asking_id in self._rows.askings:
            return self._rows.answers.get(asking.asking_id)
        return responses.first_answer(self.session, self.workspace_id, asking.asking_id)

    @property
    def welcome(self) -> Delivery | None:
        """Return the learner's one welcome."""
        return next((d for d in self._rows.deliveries.values() if d.unique_key == Slot.WELCOME.value), None)

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one of the learner's messages; None for somebody else's too."""
        known = self._rows.deliveries.get(delivery_id)
        if known is None:
            known = deliveries.get(self.session, self.workspace_id, delivery_id)
        return known if known is not None and known.learner_id == self.learner_id else None

    def knows(self, delivery: Delivery) -> bool:
        """Return True where a message's view needs nothing that isn't loaded: it brings a loaded asking."""
        return delivery.asking_id in self._rows.askings

    def messages_of(self, asking: Asking) -> list[Delivery]:
        """Return all messages that brought an asking, in the order they were due."""
        if asking.asking_id in self._rows.askings:
            found = [d for d in self._rows.deliveries.values() if d.asking_id == asking.asking_id]
        else:
            found = deliveries.of_asking(self.session, self.workspace_id, asking.asking_id)
        return sorted(found, key=lambda d: d.due_at)

    def arrived(self, delivery_id: str, channel_id: str, ts: str) -> bool:
        """Record that a message stands in Slack at this `ts`; return True if that wasn't known."""
        known = self.delivery(delivery_id)
        if known is None or known.ts is not None:
            return False
        if not deliveries.arrived(self.session, self.workspace_id, self.learner_id, delivery_id, channel_id, ts):
            return False
        fresh = deliveries.get(self.session, self.workspace_id, delivery_id)
        assert fresh is not None
        self._keep(fresh)
        return True

    @property
    def pending(self) -> list[Delivery]:
        """Return the messages that nobody has begun to send, in the order they are due."""
        found = (d for d in self._rows.deliveries.values() if d.claimable_at is not None)
        return sorted(found, key=lambda d: d.due_at)

    @property
    def lagging(self) -> list[Delivery]:
        """Return the messages in Slack that show less than the database has, and whose update isn't put off."""
        now = self.ctx.clock.real()
        return [d for d in self._rows.deliveries.values() if d.lags_real is not None and d.lags_real <= now]

    def on_dates(self, first: date) -> dict[date, Delivery]:
        """Return the messages that use up the learner's dates from `first` on."""
        if first < self._rows.since:
            return deliveries.by_claimed_date(self.session, self.workspace_id, self.learner_id, first)
        dated = ((d.claimed_date, d) for d in self._rows.deliveries.values())
        return {claimed_date: d for claimed_date, d in dated if claimed_date is not None and claimed_date >= first}

    # changes

    def _changed(self) -> None:
        self._situation = self._hours = None

    def change_learner(self, **columns: Any) -> None:
        """Change columns of the learner."""
        self._rows.learner = learners.later(self.session, self.learner, **columns)
        self._changed()

    def save_enrolment(self, enrolment: Enrolment) -> None:
        """Store an enrolment, new or changed."""
        self._rows.enrolments[enrolment.track_id] = enrolments.later_save(self.session, enrolment)
        self._changed()

    def change_enrolment(self, enrolment: Enrolment, **columns: Any) -> None:
        """Change columns of an enrolment."""
        known = self._rows.enrolments[enrolment.track_id]
        self._rows.enrolments[enrolment.track_id] = enrolments.later(self.session, known, **columns)
        self._changed()

    def hold(self, kind: HoldKind, until: date | None = None, ends_at: datetime | None = None) -> None:
        """Hold the learner for this reason; a hold of the same kind gets the new date."""
        hold = Hold(
            workspace_id=self.workspace_id,
            learner_id=self.learner_id,
            kind=kind,
            since=self.at,
            until=until,
            ends_at=ends_at,
        )
        self._rows.holds[kind] = learners.later_hold(self.session, hold)

    def lift(self, hold: Hold) -> None:
        """Lift a hold: it stays stored and holds nothing back."""
        self._rows.holds[hold.kind] = learners.later_lift(self.session, hold, self.at)

    def release(self, *kinds: HoldKind) -> bool:
        """End holds of these kinds; return True if there was one."""
        there = [kind for kind in kinds if self._rows.holds.pop(kind, None) is not None]
        if there:
            learners.end_holds(self.session, self.workspace_id, self.learner_id, there)
        return bool(there)

    def add_asking(self, asking: Asking) -> None:
        """Store a new asking."""
        self._rows.askings[asking.asking_id] = askings.later_add(self.session, asking)
        self._changed()

    def change_asking(self, asking: Asking, **columns: Any) -> Asking:
        """Change columns of an asking; return it as it is now."""
        known = self._rows.askings.get(asking.asking_id, asking)
        changed = askings.later(self.session, known, **columns)
        if asking.asking_id in self._rows.askings:
            self._rows.askings[asking.asking_id] = changed
        self._changed()
        return changed

    def quarantine(self, asking: Asking, problem: str) -> None:
        """Quarantine an asking's wording: Slack refused it."""
        askings.quarantine(self.session, self.workspace_id, asking.content_hash, problem)
        self._rows.quarantined[asking.content_hash] = asking.item_id
        self._changed()

    def record(self, given: LoggedResponse) -> None:
        """Add to the log of responses."""
        responses.later_record(self.session, given)
        if given.attempt == FIRST_ANSWER:
            self._rows.answers[given.asking_id] = given

    def mark_done(self, item_id: str, how: Outcome) -> None:
        """Mark an item as done, one step further on the learner's logical clock."""
        step = self.learner.steps + 1
        self.change_learner(steps=step)
        done = Done(
            workspace_id=self.workspace_id,
            learner_id=self.learner_id,
            item_id=item_id,
            how=how.value,
            step=step,
            at=self.at,
        )
        self._rows.done[item_id] = enrolments.later_done(self.session, done)

    def add(
        self,
        slot: Slot,
        due_at: datetime | None = None,
        *,
        claimed_date: date | None = None,
        caused_by: str | None = None,
        unique_key: str | None = None,
        asking: Asking | None = None,
        about: Subject = PLAIN,
    ) -> Delivery:
        """Store a new message that can be claimed from `due_at` (now, if None) on, and return it."""
        delivery = new_delivery(
            self.learner,
            slot,
            due_at or self.at,
            claimed_date=claimed_date,
            caused_by=caused_by,
            unique_key=unique_key,
            asking=asking,
            about=about,
        )
        self._rows.deliveries[delivery.delivery_id] = deliveries.later_add(self.session, delivery)
        self._changed()
        return delivery

    def change_delivery(self, delivery: Delivery, **columns: Any) -> None:
        """Change columns of a message."""
        self._keep(deliveries.later(self.session, self._known(delivery), **columns))

    def touch(self, delivery: Delivery, **columns: Any) -> None:
        """Change what a message shows: it lags until it is updated in Slack."""
        self._keep(deliveries.later_touch(self.session, self._known(delivery), self.ctx.clock.real(), **columns))

    def retire(self, delivery: Delivery, state: State, problem: str | None = None) -> None:
        """End a message that was not sent; see `deliveries.retire`."""
        self.change_delivery(delivery, **deliveries.retired(state, problem))

    def _known(self, delivery: Delivery) -> Delivery:
        return self._rows.deliveries.get(delivery.delivery_id, delivery)

    def _keep(self, delivery: Delivery) -> None:
        self._rows.deliveries[delivery.delivery_id] = delivery
        self._changed()


def load(
    session: Session,
    ctx: AppContext,
    workspace_id: str,
    learner_id: str,
    at: datetime | None = None,
    *,
    lock: bool = True,
    about: str = "",
    request_id: str = "",
) -> LearnerState | None:
    """Load a learner's state; None for somebody the bot has never met.

    Args:
        session: the caller's transaction.
        ctx: the running bot.
        workspace_id: their workspace.
        learner_id: their Slack id.
        at: business time, UTC; None for now.
        lock: False for whoever changes nothing.
        about: the id of the message that a request is in.
        request_id: the id of the request.
    """
    if lock:
        learners.lock(session, workspace_id, learner_id)
    at = at or ctx.clock.business()
    rows = snapshot.read(session, workspace_id, learner_id, (at - BEHIND).date(), about=about, request_id=request_id)
    return LearnerState(session, ctx, at, rows) if rows is not None else None


def new_delivery(
    learner: Learner,
    slot: Slot,
    due_at: datetime,
    *,
    claimed_date: date | None = None,
    caused_by: str | None = None,
    unique_key: str | None = None,
    asking: Asking | None = None,
    about: Subject = PLAIN,
) -> Delivery:
    """Return a new delivery that can be claimed from `due_at` on."""
    return Delivery(
        workspace_id=learner.workspace_id,
        delivery_id=uuid4().hex,
        learner_id=learner.learner_id,
        slot=slot,
        state=State.DUE,
        due_at=due_at,
        claimed_date=claimed_date,
        caused_by=caused_by,
        unique_key=unique_key,
        asking_id=asking.asking_id if asking else None,
        about=about,
        channel_id=learner.channel_id,
        claimable_at=due_at,
    )


def as_it_was_open(state: LearnerState, track_id: str) -> tuple[Enrolment, ...]:
    """Return the enrolments that weren't removed, with this track as if it hadn't ended."""
    return tuple(replace(e, finished_at=None) if e.track_id == track_id else e for e in state.situation.enrolments)
