"""Taking oneself out of a track, and coming back."""

from __future__ import annotations

from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.messages.left import back_message, leave_message, left_message, not_left, nothing_left
from bot.services.quit_track import come_back, quit_track
from bot.services.report import progress
from bot.services.talk import known_to
from bot.slack.deeds.learner import Tapped, what_comes
from bot.slack.visit import Reply, Visit, Who


def offer(visit: Visit, _given: object) -> Reply:
    """What leaving a track means, with the button."""
    return leave_message([t for t in progress(visit.session, visit.house, visit.learner) if t.running])


def _quit(visit: Visit, tap: ids.Tap) -> Reply:
    track_id = None if tap.argument == ids.ALL else tap.argument
    tracks = visit.house.catalogue_of(visit.caller.workspace_id).tracks
    if track_id is not None and track_id not in tracks:
        raise UnknownButtonError(tap.argument)
    mine = {t.track_id: t for t in progress(visit.session, visit.house, visit.learner)}
    gone = quit_track(visit.session, visit.house, visit.learner, track_id, visit.at)
    titles = [(t, tracks[t].title) for t in gone if t in tracks]
    if not titles:
        return nothing_left(what_comes(visit))
    unseen = all(mine[t].own for t, _ in titles if t in mine)
    talk_to, since = known_to(visit.session, visit.house, visit.learner)
    return left_message(titles, what_comes(visit), talk_to, since, unseen=unseen)


def _come_back(visit: Visit, tap: ids.Tap) -> Reply:
    track = visit.house.catalogue_of(visit.caller.workspace_id).tracks.get(tap.argument)
    if track is None:
        raise UnknownButtonError(tap.argument)
    if come_back(visit.session, visit.house, visit.learner, track.id, visit.at):
        return back_message(track.title, what_comes(visit))
    return not_left(what_comes(visit))


TAPS: dict[str, Tapped] = {
    "leaving": Tapped(offer, Who.ANYBODY, "what leaving means, with the button", in_place=True, repeatable=True),
    "quit_track": Tapped(_quit, Who.ANYBODY, "that one has left, and the way back", in_place=True, home_shows=True),
    "come_back": Tapped(_come_back, Who.ANYBODY, "what comes next", in_place=True, home_shows=True),
}
