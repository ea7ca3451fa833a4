"""Handlers of tracks that an admin pauses for everybody."""

from __future__ import annotations

from bot.actions.pause_track import let_go_on, pause_track
from bot.domain.content import Track
from bot.messages import Message, paused_tracks, replies
from bot.slack.handlers.request import Reply, Request
from bot.slack.typed import command_parser
from bot.store import paused_tracks as stored


def pause(request: Request, text: str) -> Reply:
    """Pause a track, or list those that are."""
    found = _track(request, text)
    if isinstance(found, Track):
        caller = request.caller
        pause_track(request.session, request.ctx, caller.workspace_id, found.id, caller.person_id)
        return paused_tracks.paused(found.title)
    return found


def resume(request: Request, text: str) -> Reply:
    """Let a track go on, or list those that are paused."""
    found = (_only_one(request) if not text else None) or _track(request, text)
    if isinstance(found, Track):
        caller = request.caller
        there = let_go_on(request.session, request.ctx, caller.workspace_id, found.id, caller.person_id)
        return paused_tracks.goes_on(found.title, was_paused=there)
    return found


def _only_one(request: Request) -> Track | None:
    """Return the one track that is paused: whoever names none means it."""
    workspace_id = request.caller.workspace_id
    ids = [each.track_id for each in stored.running(request.session, workspace_id)]
    return request.ctx.catalogue_of(workspace_id).tracks.get(ids[0]) if len(ids) == 1 else None


def _track(request: Request, text: str) -> Track | Message:
    workspace_id = request.caller.workspace_id
    catalogue = request.ctx.catalogue_of(workspace_id)
    parsed = command_parser.find_track(text, catalogue)
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    if parsed.track is not None:
        return parsed.track
    ids = [each.track_id for each in stored.running(request.session, workspace_id)]
    return paused_tracks.listed([catalogue.tracks[i].title if i in catalogue.tracks else i for i in ids])
