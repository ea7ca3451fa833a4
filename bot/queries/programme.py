"""A programme's report: how far it has come, and what may be told about knowledge."""

from __future__ import annotations

from dataclasses import replace

from bot.context import AppContext
from bot.queries.admins import admins
from bot.queries.completion import completion
from bot.queries.figures import active_of, figures_of
from bot.store import digests, enrolments, talks
from bot.store.database import Session
from bot.view_models import ProgrammeView


def programme(
    session: Session,
    ctx: AppContext,
    workspace_id: str,
    reader_id: str,
    *,
    track_id: str = "",
    files: bool = False,
    delivery_id: str = "",
) -> ProgrammeView:
    """Return the report on all tracks, or on one. Nobody's answer is read for it.

    Args:
        session: the caller's transaction.
        ctx: the running bot.
        workspace_id: the workspace.
        reader_id: the admin who reads it.
        track_id: the track; "" for all.
        files: Slack lets the bot send files.
        delivery_id: the message that it is, where it came by itself.
    """
    catalogue = ctx.catalogue_of(workspace_id)
    known = figures_of(session, catalogue, workspace_id, track_id or None)
    found = completion(session, ctx, workspace_id, track_id or None)
    tracks = tuple(replace(each, figures=known.get(each.count.track_id, ())) for each in found)
    return ProgrammeView(
        tracks=tracks,
        admins=tuple(sorted(admins(session, ctx, workspace_id))),
        track_id=track_id,
        people=0 if track_id else enrolments.count_assigned(session, workspace_id),
        active=() if track_id else active_of(session, workspace_id),
        talks=0 if track_id else talks.count(session, workspace_id),
        monthly=digests.wants(session, workspace_id, reader_id),
        files=files,
        delivery_id=delivery_id,
    )
