"""The facts about one learner: loaded once per transaction, and what follows from them. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.context import AppContext
from bot.domain import agenda
from bot.domain.agenda import Situation
from bot.domain.cards import Card
from bot.domain.content import Catalogue, Item, asked_with, version, wordings
from bot.domain.delivery import CONFIDENCE, FIRST_ANSWER, Asking, Delivery, LoggedResponse, Outcome, Reason, Slot
from bot.domain.delivery_subject import Reviews
from bot.domain.local_time import Hours, local
from bot.domain.people import Enrolment, Hold, HoldKind, Learner
from bot.domain.questions import AnyQuestion
from bot.domain.rider import Rider
from bot.domain.samples import FEWEST_WORDINGS, Sample, kept_for_checks
from bot.planning.deck import Deck
from bot.store import askings, deliveries, further_askings, responses
from bot.store.database import Session
from bot.store.snapshot import Snapshot


class LearnerFacts:
    """All that decides about one learner, as it was loaded: one statement has read it."""

    def __init__(self, session: Session, ctx: AppContext, at: datetime, rows: Snapshot) -> None:
        """`at`: business time, UTC, of all decisions."""
        self.session, self.ctx, self.at = session, ctx, at
        self._rows = rows
        self._situation: Situation | None = None
        self._hours: Hours | None = None
        told = rows.deliveries.get(rows.about)
        asked = {told.asking_id, *rows.further.get(rows.about, ())} if told is not None else set()
        here = {a.item_id for a in rows.askings.values() if a.asking_id in asked}
        self._deck = Deck(rows.learner, rows.cards, here)

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
    def admins(self) -> frozenset[str]:
        """Return the workspace's admins: those of the setting, and those whom an admin appointed."""
        return self.ctx.admins_of(self.workspace_id) | self._rows.appointed

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
                resting=self.resting,
            )
            if self.learner.askings and not agenda.active(self._situation, self.catalogue):
                # what comes alone is looked up only for those who were taught, and have nothing left
                self._situation = replace(self._situation, reviews_from=self._lone_from())
        return self._situation

    @property
    def resting(self) -> frozenset[str]:
        """Return the tracks of theirs that an admin paused for everybody who was assigned them."""
        given = {e.track_id for e in self.enrolments if e.assigned_by is not None}
        return self.paused_tracks & given

    @property
    def paused_tracks(self) -> frozenset[str]:
        """Return the tracks that an admin paused for everybody who was assigned them."""
        return self._rows.paused_tracks

    @property
    def reviews_from(self) -> date | None:
        """Return the first day on which a card or a drawn item's check is due; None for never."""
        every = self.cards_now(every=True)
        days = [c.due_on for c in every if c.due_on and self.comes_back(c)]
        return min([*days, *(day for day, _ in self.checks_ahead)], default=None)

    @property
    def samples(self) -> list[Sample]:
        """Return the items drawn of their tracks."""
        return list(self._rows.samples.values())

    @property
    def checks_ahead(self) -> list[tuple[date, Sample]]:
        """Return the drawn items whose next check has its day, by that day."""
        found = []
        for sample in self.samples:
            done = self._rows.done.get(sample.item_id)
            if done is None or done.at is None or not self._has_track(sample.item_id):
                continue
            day = sample.due_on(local(done.at, self.learner.zone).date())
            if day is not None:
                found.append((day, sample))
        return sorted(found, key=lambda each: (each[0], each[1].track_id, each[1].item_id))

    def _lone_from(self) -> date | None:
        """Return the first day on which a review may come alone; None for never."""
        due = self.reviews_from
        if due is None or due - self.today >= agenda.LONE_WEEK:
            # what came by now is a week old by then
            return due
        lately = self.today - agenda.LONE_WEEK
        dated = deliveries.by_claimed_date(self.session, self.workspace_id, self.learner_id, lately)
        # what this transaction planned isn't written yet
        dated = {day: d for day, d in dated.items() if day < self._rows.since} | self.on_dates(self._rows.since)
        return agenda.lone_from(due, [day for day, d in dated.items() if isinstance(d.about, Reviews)])

    @property
    def asked_here(self) -> frozenset[str]:
        """Return the items of the reviews that the message of a request asks, and that aren't over."""
        here = self._rows.further.get(self._rows.about, ())
        return frozenset(a.item_id for a in self.open_reviews if a.asking_id in here)

    def cards_now(self, item_id: str = "", *, every: bool = False) -> list[Card]:
        """Return the cards that are due or were asked today, that of an item, or all: read once."""
        return self._deck.read(self.session, self.today, item_id, every=every)

    def card_of(self, item_id: str) -> Card | None:
        """Return the card of an item."""
        self.cards_now(item_id)
        return self._deck.of(item_id)

    def comes_back(self, card: Card) -> bool:
        """Return True for a card whose item can be asked in other words than last time, and is theirs to be asked."""
        item = self.catalogue.items.get(card.item_id)
        worded = item is not None and bool(item.further) and len(self.for_reviews(item)) > 1
        return card.active and worded and self._takes_part(card)

    def _takes_part(self, card: Card) -> bool:
        """Return True where a track that they haven't left has the item, also a finished one, or they wanted it."""
        return self._has_track(card.item_id, wanted=card.kept)

    def _has_track(self, item_id: str, *, wanted: bool = False) -> bool:
        tracks = self.catalogue.tracks
        theirs = [e.track_id for e in self.enrolments if e.removed_at is None and e.left_at is None]
        return any(wanted or item_id in tracks[t].items for t in theirs if t in tracks)

    def _quarantined_items(self) -> frozenset[str]:
        """Return the ids of items of which Slack refused every present wording."""
        refused = self._rows.quarantined
        items = {item_id: self.catalogue.items.get(item_id) for item_id in refused.values()}
        return frozenset(item_id for item_id, item in items.items() if item is not None and not self.askable(item))

    def askable(self, item: Item) -> list[AnyQuestion]:
        """Return the wordings of an item's question with which Slack hasn't refused it."""
        every = wordings(item)
        if not self._rows.quarantined:
            return list(every)
        return [q for q in every if version(asked_with(item, q)) not in self._rows.quarantined]

    def for_reviews(self, item: Item) -> list[AnyQuestion]:
        """Return the wordings in which an item may be asked, but for those that its checks still need."""
        kept = kept_for_checks(self.samples, item.id)
        needed = {question.id for question in wordings(item)[len(wordings(item)) - kept :]}
        return [question for question in self.askable(item) if question.id not in needed]

    def for_check(self, sample: Sample) -> AnyQuestion | None:
        """Return the wording that was kept for an item's next check; None where it can't be asked any more."""
        item = self.catalogue.items.get(sample.item_id)
        every = wordings(item) if item is not None else ()
        if item is None or len(every) < FEWEST_WORDINGS or not sample.open_checks:
            return None
        kept = every[len(every) - sample.open_checks]
        return kept if kept in self.askable(item) else None

    @property
    def hours(self) -> Hours:
        """Return the learner's hour, days and zone."""
        if self._hours is None:
            defaults = self.ctx.defaults_of(self.workspace_id)
            own = agenda.hours(self.learner, self.situation.enrolments, defaults)
            self._hours = replace(own, quiet=self._rows.quiet)
        return self._hours

    @property
    def repeated(self) -> bool:
        """Return True if the request that the state was loaded for was dealt with before."""
        return self._rows.had_effect

    @property
    def today(self) -> date:
        """Return the learner's local date."""
        return local(self.at, self.learner.zone).date()

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
        return self.response_to(asking, FIRST_ANSWER)

    def response_to(self, asking: Asking, attempt: int) -> LoggedResponse | None:
        """Return one of the entries about an asking."""
        if asking.asking_id in self._rows.askings:
            return self._rows.responses.get((asking.asking_id, attempt))
        return responses.entry(self.session, self.workspace_id, asking.asking_id, attempt)

    def confidence(self, asking: Asking) -> bool | None:
        """Return whether they said that they were sure of their answer; None until they say so."""
        told = self.response_to(asking, CONFIDENCE)
        return bool(told.response.get("sure")) if told is not None else None

    def unrated(self, asking: Asking) -> bool:
        """Return True where an answer waits for a word on confidence, or would: its reasons come after that."""
        if asking.reason is not Reason.ITEM:
            return asking.outcome is None
        return asking.vouched and asking.outcome is Outcome.ANSWERED and self.confidence(asking) is None

    def askings_beside(self, delivery: Delivery) -> list[Asking]:
        """Return the reviews and checks of a message, in their order."""
        known = self._rows.further
        if delivery.delivery_id not in known and delivery.delivery_id != self._rows.about:
            known[delivery.delivery_id] = further_askings.of_message(self.session, delivery)
        ids = known.get(delivery.delivery_id, [])
        found = [self.asking(asking_id) for asking_id in ids]
        return [asking for asking in found if asking is not None]

    @property
    def open_reviews(self) -> list[Asking]:
        """Return the reviews and checks that aren't over."""
        return [a for a in self._rows.askings.values() if a.outcome is None and a.reason is not Reason.ITEM]

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

    @property
    def recent_riders(self) -> list[Rider]:
        """Return the extra lines of the messages that are loaded."""
        return [d.rider for d in self._rows.deliveries.values() if d.rider is not None]

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
