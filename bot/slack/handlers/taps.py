"""The handler of each tap."""

from __future__ import annotations

from bot.messages import ids
from bot.slack.handlers import (
    admin_taps,
    admins,
    briefs,
    dm_reply_taps,
    drafts,
    item_taps,
    learner_taps,
    leaving,
    own_data,
    quiet_days,
    reporting,
    review_taps,
    rules,
    status,
    strategy,
    ticks,
    writing,
)
from bot.slack.handlers.learner_taps import Tapped

TAPS: dict[str, Tapped] = {
    **learner_taps.TAPS,
    **item_taps.TAPS,
    **review_taps.TAPS,
    **ticks.TAPS,
    **briefs.TAPS,
    **own_data.TAPS,
    **strategy.TAPS,
    **drafts.TAPS,
    **leaving.TAPS,
    **dm_reply_taps.TAPS,
    **admin_taps.TAPS,
    **status.TAPS,
    **rules.TAPS,
    **reporting.TAPS,
    **admins.TAPS,
    **quiet_days.TAPS,
    **writing.TAPS,
}
assert TAPS.keys() == ids.VERBS


def handler_of(tap: ids.TapMeaning) -> Tapped:
    """Return the handler of a tap; in a preview, one that says that nothing is recorded."""
    return admin_taps.PREVIEW if tap.subject.startswith(ids.PREVIEW) else TAPS[tap.verb]
