"""The state of one learner: loaded once per transaction, changed in memory, and written at its end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.context import AppContext
from bot.domain.cards import Card
from bot.domain.delivery import Asking, Delivery, LoggedResponse, Outcome, Reason, Slot, State
from bot.domain.delivery_subject import PLAIN, Subject
from bot.domain.people import Done, Enrolment, Hold, HoldKind
from bot.domain.rider import Rider
from bot.domain.samples import Sample
from bot.planning.learner_facts import LearnerFacts
from bot.planning.new_delivery import new_delivery
from bot.store import (
    askings,
    cards,
    deliveries,
    enrolments,
    further_askings,
    lagging,
    learners,
    responses,
    samples,
    snapshot,
)
from bot.store.database import Session

BEHIND = timedelta(days=2)
"""The age of the oldest dates whose messages are in the snapshot: it is yesterday in some zones, and a tick may be
late.
"""


class LearnerState(LearnerFacts):
    """The facts about one learner, with this transaction's changes.

    Later decisions see each change at once; it is written with the others at the end of the transaction, each row once.
    Whoever changes a learner holds their lock.
    """

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

    def save_card(self, card: Card) -> Card:
        """Store a card as it follows from the log."""
        cards.later_put(self.session, card)
        self._deck.put(card)
        if self._deck.whole:
            # what comes alone follows from it
            self._changed()
        return card

    def save_sample(self, sample: Sample) -> None:
        """Store a drawn item, or its checks."""
        self._rows.samples[sample.track_id, sample.item_id] = samples.later_put(self.session, sample)
        self._changed()

    def let_ride(self, delivery: Delivery, asking: Asking) -> None:
        """Let a message also ask this, after all that it asks already."""
        beside = self._rows.further.setdefault(
            delivery.delivery_id, [a.asking_id for a in self.askings_beside(delivery)]
        )
        position = len(beside) + (2 if delivery.asking_id is not None else 1)
        further_askings.later_add(self.session, delivery, position, asking)
        beside.append(asking.asking_id)

    def quarantine(self, asking: Asking, problem: str) -> None:
        """Quarantine an asking's wording: Slack refused it."""
        askings.quarantine(self.session, self.workspace_id, asking.content_hash, problem)
        self._rows.quarantined[asking.content_hash] = asking.item_id
        self._changed()

    def record(self, given: LoggedResponse) -> None:
        """Add to the log of responses."""
        responses.later_record(self.session, given)
        self._rows.responses[given.asking_id, given.attempt] = given

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
        for enrolment in self.enrolments:
            self.note_start(enrolment.track_id)

    def note_start(self, track_id: str) -> None:
        """Note when a track was begun, if it was and that isn't stored yet."""
        enrolment, track = self.enrolment(track_id), self.catalogue.tracks.get(track_id)
        if enrolment is None or track is None or enrolment.started_at is not None:
            return
        done = (self._rows.done[item_id] for item_id in track.items if item_id in self._rows.done)
        times = [each.at or self.at for each in done if each.step > enrolment.after_step]
        if times:
            self.change_enrolment(enrolment, started_at=min(times))

    def note_told(self, delivery: Delivery) -> None:
        """Note that a message has come which says what reports tell."""
        if self.learner.figures_told_at is None and delivery.tells_of_figures:
            self.change_learner(figures_told_at=self.at)

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
        rider: Rider | None = None,
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
            rider=rider,
        )
        self._rows.deliveries[delivery.delivery_id] = deliveries.later_add(self.session, delivery)
        self._rows.further[delivery.delivery_id] = []
        self._changed()
        return delivery

    def change_delivery(self, delivery: Delivery, **columns: Any) -> None:
        """Change columns of a message."""
        self._keep(deliveries.later(self.session, self._known(delivery), **columns))

    def touch(self, delivery: Delivery, **columns: Any) -> None:
        """Change what a message shows: it lags until it is updated in Slack."""
        self._keep(lagging.later_touch(self.session, self._known(delivery), self.ctx.clock.real(), **columns))

    def show(self, asking: Asking) -> None:
        """Let every message that asks this show it as it is now."""
        is_item = asking.reason is Reason.ITEM
        shown_in = self.messages_of(asking) if is_item else further_askings.messages_with(self.session, asking)
        for delivery in shown_in:
            self.touch(delivery)

    def retire(self, delivery: Delivery, state: State, problem: str | None = None) -> None:
        """End a message that was not sent; see `deliveries.retire`."""
        self.change_delivery(delivery, **deliveries.retired(state, problem))

    def _known(self, delivery: Delivery) -> Delivery:
        return self._rows.deliveries.get(delivery.delivery_id, delivery)

    def _keep(self, delivery: Delivery) -> None:
        self._rows.deliveries[delivery.delivery_id] = delivery
        self._changed()

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
        self.note_told(fresh)
        return True


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
