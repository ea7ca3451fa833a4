"""The buttons for leaving a track and coming back, below what admins see of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.limits import PHONE_LABEL, SELECT_OPTIONS
from bot.messages import ids
from bot.messages.builder import Block, Builder, button, menu, option, plain_text
from bot.view_models import TrackProgress

SEEN = (
    "If you leave a track you were given, admins see “not taking part” and no reason. "
    "Your answers stay yours, and you can come back at any time."
)
SEEN_OF_OWN = "You started this by yourself, so no admin sees it if you leave. You can start it again at any time."
FEW = 3


def put_leave(builder: Builder, running: Sequence[TrackProgress], nth: int) -> None:
    """Add what leaving means, and its button, as the nth block about this person."""
    if not running:
        return
    builder.small(SEEN_OF_OWN if all(t.own for t in running) else SEEN)
    builder.actions(ids.block(ids.ME, nth), _leave(running), "You can leave here; `/learn leave` does the same.")


def _leave(running: Sequence[TrackProgress]) -> list[Block]:
    if len(running) == 1:
        return [button("Leave this track", ids.action("quit_track", running[0].track_id))]
    everything = button("Leave all", ids.action("quit_track", ids.ALL))
    if len(running) <= FEW and all(len(f"Leave {t.title}") <= PHONE_LABEL for t in running):
        return [*(_named("Leave", "quit_track", t.track_id, t.title) for t in running), everything]
    options = [option(t.title, t.track_id) for t in running[:SELECT_OPTIONS]]
    chosen = menu("static_select", ids.action("quit_track"), options, placeholder=plain_text("Leave a track"))
    return [chosen, everything]


def back_buttons(left: Sequence[tuple[str, str]], style: str | None = None) -> list[Block]:
    """Return a *Come back* button for each (id, title). `style`: that of the first."""
    if len(left) == 1:
        action = ids.action("come_back", left[0][0])
        return [button("Come back", action, style=style, heard=f"Come back to {left[0][1]}")]
    return [
        _named("Back to", "come_back", track_id, title, style=None if number else style)
        for number, (track_id, title) in enumerate(left[:FEW])
    ]


def _named(what: str, verb: str, track_id: str, title: str, style: str | None = None) -> Block:
    said = f"{what} {title}"
    short = said if len(said) <= PHONE_LABEL else said[: PHONE_LABEL - 1].rstrip() + "…"
    return button(short, ids.action(verb, track_id), style=style, heard=said)
