"""Admins whom another admin appointed: the last one stays."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.appoint import Dismissal, appoint, dismiss
from bot.context import AppContext
from bot.queries.admins import admins
from tests.helpers import ADMIN, TEAM


def test_the_last_admin_cant_be_dismissed(ctx: AppContext) -> None:
    nobody = replace(ctx, admins_of=lambda _: frozenset())
    at = ctx.clock.business()
    with ctx.db.write() as session:
        assert appoint(session, TEAM, "U1", ADMIN, at, "r")
        assert not appoint(session, TEAM, "U1", ADMIN, at, "r")
        assert dismiss(session, nobody, TEAM, "U1", by="U1", at=at, caused_by="r") is Dismissal.LAST
        assert appoint(session, TEAM, "U2", "U1", at, "r")
        assert dismiss(session, nobody, TEAM, "U1", by="U1", at=at, caused_by="r") is Dismissal.DONE
        assert admins(session, nobody, TEAM) == {"U2"}


def test_whoever_is_an_admin_by_the_setting_stays_one(ctx: AppContext) -> None:
    at = ctx.clock.business()
    with ctx.db.write() as session:
        assert dismiss(session, ctx, TEAM, ADMIN, by=ADMIN, at=at, caused_by="r") is Dismissal.CONFIGURED
        assert appoint(session, TEAM, "U1", ADMIN, at, "r")
        assert dismiss(session, ctx, TEAM, "U1", by=ADMIN, at=at, caused_by="r") is Dismissal.DONE
        assert admins(session, ctx, TEAM) == {ADMIN}
