"""Handlers of rules: one is made with a command, all are listed, and each can be paused, resumed and ended."""

from __future__ import annotations

from bot.actions.rules import set_state
from bot.domain.orders import Order, OrderVerb, people_json
from bot.domain.rules import RuleState
from bot.errors import UnknownButtonError
from bot.messages import Message, ids, replies, rules
from bot.queries.rules import rules_of
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, MembersOrder, Reply, Request
from bot.slack.typed import command_parser
from bot.store import rules as stored

STATES = {"rule_pause": RuleState.PAUSED, "rule_resume": RuleState.ACTIVE, "rule_end": RuleState.ENDED}
EXAMPLE = "For example: `/track rule @leadership speak-the-language`."


def typed(request: Request, text: str) -> Reply:
    """List the rules, or ask about a new one."""
    if not text:
        return _listed(request)
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    parsed = command_parser.parse_command("assign", text, catalogue, request.today)
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    if not parsed.sources or parsed.people:
        return replies.problem(f"A rule is for a user group or a channel. {EXAMPLE}")
    if parsed.track is None:
        return replies.problem(f"Which track? {EXAMPLE}")
    if parsed.restart or parsed.then or parsed.first_day or parsed.either:
        return replies.problem("A rule takes one track; you can add `at 08:30` and `on mon-thu`.")
    order = Order(
        workspace_id=request.caller.workspace_id,
        order_id=request.caller.request_id,
        admin_id=request.caller.person_id,
        verb=OrderVerb.ASSIGN,
        track_id=parsed.track.id,
        people=people_json((), parsed.sources, kept=True),
        created_at=request.at,
        at=parsed.at,
        days=parsed.days,
    )
    return MembersOrder(order=order, sources=parsed.sources)


def _listed(request: Request) -> Message:
    return rules.rule_list(rules_of(request.session, request.ctx, request.caller.workspace_id))


def _change(request: Request, tap: ids.TapMeaning) -> Message:
    rule = stored.get(request.session, request.caller.workspace_id, tap.subject, lock=True)
    if rule is None:
        raise UnknownButtonError(tap.subject)
    set_state(request.session, request.ctx, rule, STATES[tap.verb], request.caller.person_id)
    return _listed(request)


TAPS: dict[str, Tapped] = {
    "rules": Tapped(lambda request, _tap: _listed(request), Allowed.ADMIN, "the rules", repeatable=True),
    **{
        verb: Tapped(_change, Allowed.ADMIN, "the rules as they are then", in_place=True, repeatable=True)
        for verb in STATES
    },
}
