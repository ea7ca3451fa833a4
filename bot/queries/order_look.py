"""A look at an order before it goes."""

from __future__ import annotations

from datetime import date

from bot.context import AppContext
from bot.domain.enrolment_changes import refusal_of
from bot.domain.orders import Order
from bot.store import enrolments, erasures, learners, paused_tracks, quiet_spans
from bot.store.database import Session
from bot.view_models import OrderView, RefusedPerson


def is_paused(session: Session, order: Order) -> bool:
    """Return True where the track is paused for everybody."""
    paused = paused_tracks.get(session, order.workspace_id, order.track_id)
    return paused is not None and not paused.ended


def quiet_from(session: Session, order: Order, today: date) -> tuple[date, date] | None:
    """Return the quiet days on which the first message of an order would come. `today`: the admin's local date."""
    first = max(order.first_day or today, today)
    spans = quiet_spans.ahead(session, order.workspace_id, today)
    return next(((span.first, span.last) for span in spans if span.has(first)), None)


def look_before(session: Session, ctx: AppContext, order: Order, today: date) -> OrderView:
    """Return what an order would do for whom, as far as an admin may see it: who started the track by themselves looks
    like everybody else, and who was erased like somebody who left.

    `today`: the admin's local date.
    """
    tracks = ctx.catalogue_of(order.workspace_id).tracks
    track = tracks.get(order.track_id)
    people = learners.among(session, order.workspace_id, order.ids)
    has = {e.learner_id: e for e in enrolments.assigned(session, order.workspace_id, order.track_id)}
    erased = erasures.kept_out_among(session, order.workspace_id, order.ids)
    refused = {p: reason for p, known in people.items() if (reason := refusal_of(known)) is not None}
    return OrderView(
        order_id=order.order_id,
        verb=order.verb,
        track=track.title if track is not None else order.track_id,
        people=order.ids,
        sources=order.sources,
        had_it=tuple(p for p in order.ids if p in has and has[p].left_at is None and p not in refused),
        left=tuple(p for p in order.ids if p in erased or (p in has and has[p].left_at is not None)),
        refused=tuple(RefusedPerson(p, refused[p]) for p in order.ids if p in refused),
        unmet=tuple(p for p in order.ids if p not in erased and (p not in people or not people[p].name)),
        unwelcomed=sum(not people[p].welcome_done if p in people else p not in erased for p in order.ids),
        busy=tuple(sorted(enrolments.busy_among(session, order.workspace_id, order.ids, order.track_id))),
        items=sum(len(tracks[t].items) for t in (order.track_id, *order.then) if t in tracks),
        first_day=order.first_day,
        at=order.at,
        days=order.days,
        restart=order.restart,
        kept=order.kept,
        then=tuple(tracks[t].title for t in order.then if t in tracks),
        paused=is_paused(session, order),
        quiet=quiet_from(session, order, today),
        today=today,
    )
