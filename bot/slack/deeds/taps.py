"""Which deed a tap is."""

from __future__ import annotations

from bot.messages import ids
from bot.slack.deeds import admin, learner, leaving, status, typed_taps
from bot.slack.deeds.learner import Tapped

TAPS: dict[str, Tapped] = {**learner.TAPS, **leaving.TAPS, **typed_taps.TAPS, **admin.TAPS, **status.TAPS}
assert TAPS.keys() == ids.VERBS


def deed_of(tap: ids.Tap) -> Tapped:
    """What a tap asks for; in a preview, that nothing is recorded."""
    return admin.PREVIEW if tap.subject.startswith(ids.PREVIEW) else TAPS[tap.verb]
