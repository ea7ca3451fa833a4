"""Rules as admins see them, and what they did in a day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.context import AppContext
from bot.domain.content import Catalogue
from bot.domain.delivery import Delivery
from bot.domain.local_time import instant
from bot.domain.order_effects import people_of
from bot.domain.orders import REFUSED, EffectOutcome, Order
from bot.domain.people import Learner
from bot.domain.rules import SUMMARY_AT, RuleState
from bot.store import orders, rules
from bot.store.database import Session
from bot.view_models import RefusedPerson, RuleDone, RuleLine, RuleNewsView


def rules_of(session: Session, ctx: AppContext, workspace_id: str) -> list[RuleLine]:
    """Return the rules that haven't ended, oldest first."""
    catalogue = ctx.catalogue_of(workspace_id)
    return [
        RuleLine(
            rule_id=rule.rule_id,
            source=rule.source,
            track=title_of(catalogue, rule.track_id),
            paused=rule.state is RuleState.PAUSED,
            problem=rule.problem,
        )
        for rule in rules.known(session, workspace_id)
    ]


def news_of(session: Session, catalogue: Catalogue, admin: Learner, told: Delivery, day: date) -> RuleNewsView:
    """Return what an admin's rules did from the summary of the day before to that of `day`, a local date of theirs."""
    until = instant(day, SUMMARY_AT, admin.zone)
    since = instant(day - timedelta(days=1), SUMMARY_AT, admin.zone)
    done = orders.by_rules(session, told.workspace_id, told.learner_id, since, until)
    return RuleNewsView(told.delivery_id, tuple(_done(session, catalogue, order) for order in done))


def _done(session: Session, catalogue: Catalogue, order: Order) -> RuleDone:
    effects = list(orders.effects(session, order).values())
    return RuleDone(
        source=order.sources[0],
        track=title_of(catalogue, order.track_id),
        given=people_of(effects, EffectOutcome.CHANGED, EffectOutcome.FINISHED),
        refused=tuple(RefusedPerson(e.learner_id, e.outcome) for e in effects if e.outcome in REFUSED),
    )


def title_of(catalogue: Catalogue, track_id: str) -> str:
    """Return a track's title; its id, where it isn't served any more."""
    track = catalogue.tracks.get(track_id)
    return track.title if track is not None else track_id
