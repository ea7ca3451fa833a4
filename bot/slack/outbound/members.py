"""Orders for everybody in a user group or channel: who that is, and the question before they go."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.actions import orders as ordering
from bot.domain.local_time import local
from bot.domain.orders import OrderState, people_json
from bot.errors import SlackError, SlackRefusedError
from bot.messages import Message, admin_replies, ambiguous_day, dialogs, members, replies
from bot.messages.builder import Modal
from bot.queries.order_look import look_before
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import MembersOrder
from bot.store import learners, workspaces
from bot.store.database import Session

log = logging.getLogger(__name__)


def ask_about_members(deps: Deps, caller: Caller, asked: MembersOrder) -> Message | Modal:
    """Ask Slack who is meant, store the order as one that asks first, and return its question.

    Slack is called, so no transaction may be open.
    """
    found: list[str] = list(asked.order.ids)
    for source in asked.sources:
        try:
            found += deps.slack.members(caller.workspace_id, source, ordering.MOST_PEOPLE)
        except SlackRefusedError as error:
            log.warning("the members of %s %s: %s", source.kind, source.source_id, error)
            return members.not_listed(source, error.code)
        except SlackError as error:
            log.warning("the members of %s %s: %s", source.kind, source.source_id, error)
            return replies.try_again()
    with deps.ctx.db.write() as session:
        return _question(deps, session, asked, found)


def _question(deps: Deps, session: Session, asked: MembersOrder, found: Sequence[str]) -> Message | Modal:
    workspace = workspaces.get(session, asked.order.workspace_id)
    bot = workspace.bot_user_id if workspace is not None else ""
    people = [person for person in dict.fromkeys(found) if person != bot]
    if not people:
        return members.nobody(asked.sources)
    if len(people) > ordering.MOST_PEOPLE:
        return members.too_many(asked.sources, ordering.MOST_PEOPLE)
    order = ordering.draft(
        session, replace(asked.order, people=people_json(people, asked.sources, kept=asked.order.kept))
    )
    if order.state is not OrderState.ASKS:
        return admin_replies.order_answered(order.state)
    admin = learners.get(session, order.workspace_id, order.admin_id)
    today = local(deps.ctx.clock.business(), admin.zone if admin is not None else "UTC").date()
    view = look_before(session, deps.ctx, order, today)
    if asked.in_dialog:
        return dialogs.confirm_dialog(view)
    if asked.either is not None:
        return ambiguous_day.order_asks_day(view, asked.either, many=True)
    return admin_replies.order_asks(view)
