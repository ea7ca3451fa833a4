"""The follow-up of an acknowledged request: due messages, messages that lag, the person's Home."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.follow_up_work import FollowUpWork
from bot.slack.outbound import homes
from bot.view_models import View


def follow_up(
    deps: Deps,
    caller: Caller,
    work: FollowUpWork,
    tapped: str | None = None,
    via: Callable[[View], bool] | None = None,
) -> None:
    """Do what a request left to do. Slack is called, so no transaction may be open.

    `tapped`: the id of the message that was tapped, which is updated through `via`, its response_url.
    """
    whose = caller.workspace_id, caller.person_id
    if work.lessons:
        deps.ctx.reread()
    if work.due_at_once and tapped is None:
        # an answer to what was typed comes before anything that is only brought up to date
        deps.sender.hurry(*whose)
    if work.views is None:
        deps.sender.refresh(*whose, tapped, via)
    elif work.views:
        deps.sender.show(*whose, work.views, tapped, via)
    if work.due_at_once and tapped is not None:
        deps.sender.hurry(*whose)
    if work.home:
        homes.refresh_home(deps, *whose)
