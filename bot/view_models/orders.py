"""Messages to admins, and the dialog in which an order is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.domain.audience import PeopleSource
from bot.domain.orders import EffectOutcome, FollowUp, OrderVerb, UndoState


@dataclass(frozen=True)
class RefusedPerson:
    """A person who wasn't assigned. `reason`: bot, deactivated, foreign, unknown, nothing (to remove)."""

    person_id: str
    reason: EffectOutcome


@dataclass(frozen=True, kw_only=True)
class SummaryView:
    """The result of an order."""

    delivery_id: str
    verb: OrderVerb
    track: str
    track_id: str
    changed: tuple[str, ...] = ()
    had_it: tuple[str, ...] = ()
    refused: tuple[RefusedPerson, ...] = ()
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    undo: UndoState = UndoState.NONE
    begun: int = 0
    put_back: int = 0
    kept: int = 0
    """The number of enrolments that *Undo* left alone, since somebody changed them after the order."""
    left: tuple[str, ...] = ()
    """People who had left the track, which only they can undo."""
    again: tuple[str, ...] = ()
    """People who had or finished the track, for whom it can be restarted."""
    movable: tuple[str, ...] = ()
    """People who had the track, and whose start can be moved to what the order named."""
    followed: tuple[FollowUp, ...] = ()
    """The follow-up orders given from this summary."""
    today: date | None = None
    """The admin's local date on which it was ordered."""
    doing: tuple[int, int] | None = None
    """While it is carried out: the number of people done, and of all."""
    then: str = ""
    """The title of the track that comes after it."""
    after: str = ""
    """The title of the track that comes before it."""
    paused: bool = False
    """The track is paused for everybody."""
    quiet: tuple[date, date] | None = None
    """Quiet days on which its first message would come."""
    finished: tuple[str, ...] = ()
    """Those of all these people who had no item of the track left, so that no lesson comes."""


@dataclass(frozen=True, kw_only=True)
class OrderView:
    """An order before it goes. `had_it`: people who have the track; `left`: people who left it."""

    order_id: str
    track: str
    people: tuple[str, ...]
    verb: OrderVerb = OrderVerb.ASSIGN
    sources: tuple[PeopleSource, ...] = ()
    """The groups and channels whose members they are."""
    had_it: tuple[str, ...] = ()
    refused: tuple[RefusedPerson, ...] = ()
    """People for whom it can do nothing."""
    unmet: tuple[str, ...] = ()
    """People of whom nothing is known yet: they are looked up while it is carried out."""
    unwelcomed: int = 0
    """The number of people who would get a welcome first, if it can do something for them."""
    busy: tuple[str, ...] = ()
    """People who are in the middle of another track."""
    items: int = 0
    """The number of items in the track and those after it."""
    then: tuple[str, ...] = ()
    """The titles of the tracks that come after it."""
    paused: bool = False
    """The track is paused for everybody."""
    quiet: tuple[date, date] | None = None
    """Quiet days on which its first message would come."""
    kept: bool = False
    """Whoever joins these groups later is to have it too."""
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    left: tuple[str, ...] = ()
    today: date | None = None
    """The admin's local date."""

    @property
    def new(self) -> tuple[str, ...]:
        """Return the people for whom it would change something."""
        out = {*self.left, *(each.person_id for each in self.refused)}
        if self.verb is OrderVerb.REMOVE or self.verb is OrderVerb.MOVE:
            return tuple(person for person in self.people if person in self.had_it and person not in out)
        out |= set() if self.restart else set(self.had_it)
        return tuple(person for person in self.people if person not in out)


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A rule in the list of them. `problem`: Slack's code, where it doesn't say who is in its group."""

    rule_id: str
    source: PeopleSource
    track: str
    paused: bool = False
    problem: str | None = None


@dataclass(frozen=True)
class RuleDone:
    """The outcome of an order that a rule gave."""

    source: PeopleSource
    track: str
    given: tuple[str, ...] = ()
    refused: tuple[RefusedPerson, ...] = ()


@dataclass(frozen=True)
class RuleNewsView:
    """A day of an admin's rules: what they did."""

    delivery_id: str
    done: tuple[RuleDone, ...]


@dataclass(frozen=True)
class TalkView:
    """A learner's wish to talk to somebody: the name, and nothing else."""

    learner_id: str


@dataclass(frozen=True)
class SharedPageView:
    """The news that somebody shares their strategy page."""

    owner_id: str


@dataclass(frozen=True)
class GivenBackView:
    """A track that somebody began by themselves, and that no admin sees any more. `title`: the track's."""

    title: str


@dataclass(frozen=True)
class AppointedView:
    """Somebody is an admin now, or no longer. `by_id`: who has seen to it."""

    by_id: str
    dismissed: bool


@dataclass(frozen=True)
class DraftNewsView:
    """The news of a draft for discussion. `ready`: everybody agreed."""

    draft_id: str
    ready: bool


@dataclass(frozen=True)
class HeldView:
    """The news that Slack refused the workspace's token for a while, with this code."""

    code: str
