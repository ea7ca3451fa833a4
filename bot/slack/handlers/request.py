"""A request inside its transaction, and the one way in for all requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.actions.look_ups import note_lacking, note_terms
from bot.context import AppContext
from bot.domain.ambiguous_day import AmbiguousDay
from bot.domain.audience import PeopleSource
from bot.domain.audit import REFUSED
from bot.domain.local_time import local
from bot.domain.orders import Order
from bot.domain.people import Learner
from bot.errors import UnknownButtonError
from bot.logs import WORK
from bot.messages import Message, replies
from bot.messages.builder import Modal
from bot.messages.status_file import File
from bot.planning.holds import wake
from bot.planning.learner_state import LearnerState, load
from bot.planning.plan_day import catch_up
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.follow_up_work import FollowUpWork, work_left_by
from bot.store import audit, learners, requests
from bot.store.database import Session


@dataclass(frozen=True)
class LeadBack:
    """An answer that leads to the open item; its link comes from Slack, once the transaction is committed."""

    title: str
    delivery_id: str


@dataclass(frozen=True)
class SentFile:
    """A file for the person who asked; it is made, and sent to their DM, once the transaction is committed."""

    make: Callable[[], File]
    instead: str
    """A sentence on what there is where Slack takes no file."""


@dataclass(frozen=True, kw_only=True)
class MembersOrder:
    """An order for everybody in some groups or channels: who that is, Slack is asked once the transaction is
    committed, and then the admin is asked.
    """

    order: Order
    sources: tuple[PeopleSource, ...]
    either: AmbiguousDay | None = None
    """The first day, where it could be either of two."""
    in_dialog: bool = False
    """A dialog asks, not a message."""


@dataclass(frozen=True)
class FormErrors:
    """The problems with a submitted form, by field."""

    at: Mapping[str, str]


@dataclass(frozen=True)
class Refusal(Message):
    """A refusal, in kind words."""


@dataclass(frozen=True)
class Unmet:
    """A request by somebody unknown: Slack is asked who they are after the acknowledgement, and nothing is done
    before.
    """


Shown = Message | Modal | LeadBack | SentFile | MembersOrder
Reply = Shown | FormErrors | Unmet | None


@dataclass(frozen=True)
class Handled:
    """A request that was dealt with: its reply, and what is left to do after the acknowledgement."""

    reply: Reply
    work: FollowUpWork


class Allowed(StrEnum):
    """The people who may ask for something. Nobody of another workspace may."""

    ANYBODY = "anybody here, about themselves"
    OWNER = "the person the message was sent to"
    ADMIN = "admins"
    ASKER = "the admin who asked"
    SLACK = "Slack alone"


ADMINS = frozenset({Allowed.ADMIN, Allowed.ASKER})
AS_A_TAP = frozenset({"/learn next", "/learn pause", "/learn resume", "/learn start", "submit settings"})
"""The requests that decide whether lessons come, as a tap does: no older message read afterwards overrides them."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request inside its transaction."""

    deps: Deps
    session: Session
    caller: Caller
    state: LearnerState
    fresh: bool
    """False for a repeated request, which changes nothing again."""

    @property
    def learner(self) -> Learner:
        """Return the person as this transaction has left them so far."""
        return self.state.learner

    @property
    def at(self) -> datetime:
        """Return the business time, UTC."""
        return self.state.at

    @property
    def today(self) -> date:
        """Return the person's local date."""
        return local(self.at, self.learner.zone).date()

    @property
    def ctx(self) -> AppContext:
        """Return the context, for actions and queries."""
        return self.deps.ctx


Given = TypeVar("Given")


@dataclass(frozen=True)
class Handler(Generic[Given]):
    """A request that the bot takes: who may ask, the function, and its answer in words for the documentation."""

    do: Callable[[Request, Given], Reply]
    allowed: Allowed
    answers: str
    _: KW_ONLY
    in_place: bool = False
    """The answer replaces the ephemeral message or dialog it was tapped in."""
    home_shows: bool = False
    """A tap in Home is answered by Home itself, which shows the result."""
    repeatable: bool = False
    """A repeated request is answered again; the function changes nothing twice by itself."""
    locks: Callable[[Session, Caller, Given], None] | None = None
    """The lock after the person and before anything of theirs changes: an order's (docs/adr/0019-lock-order.md)."""


def open_request(deps: Deps, session: Session, caller: Caller, state: LearnerState | None = None) -> Request:
    """Let a request in: it is a sign of life, and the person is known from now on. `state`: theirs, if it is loaded."""
    state = state or _known(deps, session, caller)
    requests.later_note(session, caller.workspace_id, caller.request_id, deps.ctx.clock.real())
    if caller.saw is not None and state.arrived(*caller.saw):
        WORK.info("an uncertain message is settled: it was tapped", extra={"delivery": caller.saw[0]})
    catch_up(state)
    wake(state)
    return Request(deps=deps, session=session, caller=caller, state=state, fresh=not state.repeated)


def _known(deps: Deps, session: Session, caller: Caller) -> LearnerState:
    state = load_caller(deps, session, caller)
    if state is None:
        learners.ensure(session, caller.workspace_id, caller.person_id)
        state = load_caller(deps, session, caller)
    assert state is not None
    return state


def load_caller(deps: Deps, session: Session, caller: Caller) -> LearnerState | None:
    """Load and lock whoever is behind a request; return None for somebody never met."""
    about = caller.saw[0] if caller.saw is not None else ""
    ids = caller.workspace_id, caller.person_id
    return load(session, deps.ctx, *ids, about=about, request_id=caller.request_id)


def met(deps: Deps, session: Session, caller: Caller) -> LearnerState | None:
    """Load and lock the person as their profile has them; return None until Slack was asked."""
    state = load_caller(deps, session, caller)
    return state if state is not None and state.learner.name else None


def dispatch(handler: Handler[Given], deps: Deps, session: Session, caller: Caller, given: Given, name: str) -> Handled:
    """Carry out a request if this person may ask for it; do nothing yet for somebody unknown.

    `name`: what it is called in the audit.

    Raises:
        UnknownButtonError: what was given means nothing.
    """
    deps = replace(deps, ctx=deps.ctx.steady())
    state = met(deps, session, caller)
    if state is None:
        return Handled(Unmet(), FollowUpWork(due_at_once=True))
    reply = _carry_out(handler, deps, state, caller, given, name)
    return Handled(reply, work_left_by(session, state))


def _carry_out(
    handler: Handler[Given], deps: Deps, state: LearnerState, caller: Caller, given: Given, name: str
) -> Reply:
    session = state.session
    if state.learner.foreign:
        return _refuse(handler, deps, session, caller, name, replies.not_from_here())
    if handler.locks is not None:
        handler.locks(session, caller, given)
    request = open_request(deps, session, caller, state)
    if handler.allowed in ADMINS and not is_admin(request):
        return _refuse(handler, deps, session, caller, name, replies.not_an_admin())
    if not request.fresh and not handler.repeatable:
        return None
    try:
        reply = handler.do(request, given)
    except UnknownButtonError:
        if handler.allowed is not Allowed.ASKER:
            raise
        # the order is another admin's, or made up. These handlers check first, so there is no change to undo
        return _refuse(handler, deps, session, caller, name, replies.old_button())
    if request.fresh and name in AS_A_TAP and not isinstance(reply, FormErrors):
        requests.decided(session, caller.workspace_id, caller.person_id, deps.ctx.clock.real())
    return reply


def _refuse(
    handler: Handler[Given], deps: Deps, session: Session, caller: Caller, name: str, kindly: Message
) -> Refusal:
    """Refuse; what is an admin's to do is recorded in the audit."""
    if handler.allowed in ADMINS:
        at = deps.ctx.clock.business()
        audit.record(session, caller.workspace_id, at, caller.person_id, REFUSED, name)
    return Refusal(kindly.text, kindly.blocks)


def looked_up(request: Request, term_ids: Iterable[str], text: str = "") -> None:
    """Note which terms the person behind a request looked up, and which words in a text no term explains."""
    caller = request.caller
    note_terms(request.ctx, caller.workspace_id, caller.person_id, term_ids)
    if text:
        note_lacking(request.ctx, caller.workspace_id, caller.person_id, text)


def is_admin(request: Request) -> bool:
    """Return True for admins, of the setting or appointed, whose account is active."""
    return request.caller.person_id in request.state.admins and not request.learner.deleted
