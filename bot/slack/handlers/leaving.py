"""Taking oneself out of a track, and coming back."""

from __future__ import annotations

from bot.actions.quit_track import come_back, quit_track
from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.messages.leave_replies import back_message, leave_message, left_message, not_left, nothing_left
from bot.queries.reports import progress
from bot.queries.talk_contacts import known_to
from bot.slack.handlers.learner_taps import Tapped, what_comes
from bot.slack.handlers.request import Allowed, Reply, Request


def offer(request: Request, _given: object) -> Reply:
    """Return the consequences of leaving a track, with the button."""
    return leave_message([t for t in progress(request.state) if t.running], what_comes(request))


def _quit(request: Request, tap: ids.TapMeaning) -> Reply:
    track_id = None if tap.argument == ids.ALL else tap.argument
    tracks = request.ctx.catalogue_of(request.caller.workspace_id).tracks
    if track_id is not None and track_id not in tracks:
        raise UnknownButtonError(tap.argument)
    mine = {t.track_id: t for t in progress(request.state)}
    gone = quit_track(request.state, track_id)
    titles = [(t, tracks[t].title) for t in gone if t in tracks]
    if not titles:
        return nothing_left(what_comes(request))
    unseen = all(mine[t].own for t, _ in titles if t in mine)
    talk_to, since = known_to(request.state)
    return left_message(titles, what_comes(request), talk_to, since, unseen=unseen)


def _come_back(request: Request, tap: ids.TapMeaning) -> Reply:
    track = request.ctx.catalogue_of(request.caller.workspace_id).tracks.get(tap.argument)
    if track is None:
        raise UnknownButtonError(tap.argument)
    if come_back(request.state, track.id):
        return back_message(track.title, what_comes(request))
    return not_left(what_comes(request))


TAPS: dict[str, Tapped] = {
    "leaving": Tapped(offer, Allowed.ANYBODY, "what leaving means, with the button", in_place=True, repeatable=True),
    "quit_track": Tapped(_quit, Allowed.ANYBODY, "that one has left, and the way back", in_place=True, home_shows=True),
    "come_back": Tapped(_come_back, Allowed.ANYBODY, "what comes next", in_place=True, home_shows=True),
}
