"""Rules of admins: made with an order that is kept, looked after every hour, paused and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import RuleNews
from bot.domain.enrolment_changes import refusal_of
from bot.domain.local_time import instant, local
from bot.domain.orders import Order, OrderVerb, people_json
from bot.domain.people import Learner
from bot.domain.rules import EVERY, SUMMARY_AT, GroupRule, RuleState
from bot.planning.new_delivery import new_delivery
from bot.queries.admins import admins
from bot.store import audit, deliveries, enrolments, erasures, lagging, learners, orders, rules, workspaces
from bot.store.database import Session


def keep(session: Session, ctx: AppContext, order: Order) -> None:
    """Make a rule of each group or channel that a confirmed order names. Done twice, it changes nothing."""
    at = ctx.clock.business()
    running = {(rule.source_id, rule.track_id) for rule in rules.known(session, order.workspace_id)}
    for source in order.sources:
        if (source.source_id, order.track_id) in running:
            continue
        rule = GroupRule(
            workspace_id=order.workspace_id,
            rule_id=uuid5(NAMESPACE_URL, f"{order.workspace_id}/{order.order_id}/{source.source_id}").hex,
            kind=source.kind,
            source_id=source.source_id,
            name=source.name,
            track_id=order.track_id,
            admin_id=order.admin_id,
            created_at=at,
            at=order.at,
            days=order.days,
            due_at=at + EVERY,
        )
        if rules.add(session, rule):
            _audit(session, ctx, rule, order.admin_id, "rule")


def look_after(session: Session, ctx: AppContext, rule: GroupRule, members: Sequence[str]) -> None:
    """Assign the track to those members of a rule's group who haven't had it. Done twice, it changes nothing.

    Nobody who left the track, from whom it was taken away, or who was erased is enrolled again.
    """
    if not _still_due(session, rule):
        return
    at = ctx.clock.business()
    rules.change(session, rule, due_at=at + EVERY, problem=None)
    people = _newcomers(session, rule, members)
    # a track that isn't served any more, or not just now, is nobody's to have
    if not people or rule.track_id not in ctx.catalogue_of(rule.workspace_id).tracks:
        return
    order = Order(
        workspace_id=rule.workspace_id,
        order_id=uuid5(NAMESPACE_URL, f"{rule.rule_id}/{rule.due_at}").hex,
        admin_id=rule.admin_id,
        verb=OrderVerb.ASSIGN,
        track_id=rule.track_id,
        people=people_json(people, [rule.source]),
        created_at=at,
        at=rule.at,
        days=rule.days,
        open_real=ctx.clock.real(),
        rule_id=rule.rule_id,
    )
    if orders.add(session, order):
        detail = f"{rule.kind} {rule.name or rule.source_id}, {rule.track_id}: {', '.join(people)}"
        audit.record(session, rule.workspace_id, at, rule.admin_id, "assign by rule", detail)


def _newcomers(session: Session, rule: GroupRule, members: Sequence[str]) -> list[str]:
    workspace = workspaces.get(session, rule.workspace_id)
    people = [person for person in dict.fromkeys(members) if workspace is None or person != workspace.bot_user_id]
    had = enrolments.of_track(session, rule.workspace_id, rule.track_id, people)
    known = learners.among(session, rule.workspace_id, people)
    strangers = [person for person in people if person not in known]
    # who Slack doesn't know isn't asked about hour after hour
    done_with = orders.tried_by_rule(session, rule.workspace_id, rule.rule_id, strangers)
    out = erasures.kept_out_among(session, rule.workspace_id, people) | done_with
    # a track that somebody started and left by themselves is theirs to come back to
    out |= {p for p, e in had.items() if e.assigned_by is not None or e.left_at is not None}
    out |= {p for p, learner in known.items() if refusal_of(learner) is not None}
    return [person for person in people if person not in out]


def not_listed(session: Session, ctx: AppContext, rule: GroupRule, code: str | None, wait: timedelta) -> None:
    """Note that Slack didn't say who is in a rule's group, and look again after a while.

    `code`: Slack's own; None where it couldn't be reached.
    """
    if _still_due(session, rule):
        rules.change(session, rule, due_at=ctx.clock.business() + wait, problem=code)


def _still_due(session: Session, rule: GroupRule) -> bool:
    """Lock a rule; return False where it was paused, ended or looked at since Slack was asked."""
    current = rules.get(session, rule.workspace_id, rule.rule_id, lock=True)
    return current is not None and current.state is RuleState.ACTIVE and current.due_at == rule.due_at


def set_state(session: Session, ctx: AppContext, rule: GroupRule, state: RuleState, admin_id: str) -> None:
    """Pause, resume or end a rule. Whoever has the track keeps it."""
    if rule.state in {state, RuleState.ENDED}:
        return
    due = ctx.clock.business() if state is RuleState.ACTIVE else None
    rules.change(session, rule, state=state, due_at=due)
    _audit(session, ctx, rule, admin_id, f"rule {state}")


def tell(session: Session, ctx: AppContext, order: Order) -> None:
    """Let the admin's next summary of their rules name what an order by a rule did; one comes a day."""
    admin = learners.get(session, order.workspace_id, order.admin_id)
    if admin is None or order.admin_id not in admins(session, ctx, order.workspace_id):
        return
    day = summary_day(order.created_at, admin)
    told = deliveries.by_request(session, order.workspace_id, order.admin_id, f"rules:{day}")
    if told is not None:
        lagging.touch(session, told, ctx.clock.real())
        return
    due = instant(day, SUMMARY_AT, admin.zone)
    deliveries.add(session, new_delivery(admin, Slot.NOTICE, due, caused_by=f"rules:{day}", about=RuleNews(day)))


def summary_day(at: datetime, admin: Learner) -> date:
    """Return the admin's local date on which they are told of what their rules did at this instant."""
    now = local(at, admin.zone)
    return now.date() if now.time() < SUMMARY_AT else now.date() + timedelta(days=1)


def _audit(session: Session, ctx: AppContext, rule: GroupRule, actor: str, action: str) -> None:
    detail = f"{rule.kind} {rule.name or rule.source_id}, {rule.track_id}"
    audit.record(session, rule.workspace_id, ctx.clock.business(), actor, action, detail)
