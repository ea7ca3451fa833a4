"""A month's figures are made beside the ticks."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event

import pytest

from bot.context import AppContext
from bot.delivery import figure_making
from bot.delivery.figure_making import FigureMaking
from tests.helpers import TEAM, FakeClock
from tests.patience import eventually


def test_what_is_due_doesnt_wait_for_figures_and_a_failure_is_tried_again(
    ctx: AppContext, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, asked = Event(), list[str]()

    def slow(_: AppContext, workspace_id: str) -> bool:
        asked.append(workspace_id)
        assert go_on.wait(60)
        if len(asked) == 1:
            raise RuntimeError("it broke off")
        return True

    monkeypatch.setattr(figure_making, "make_figures", slow)
    making = FigureMaking(ctx, beside=True)
    making.make()
    eventually(lambda: asked)
    making.make()
    assert asked == [TEAM], "it is being done"
    go_on.set()
    eventually(lambda: len(asked) == 2, meanwhile=making.make)
    eventually(lambda: making._made is not None)
    making.make()
    assert len(asked) == 2, "it was done"
    clock.at = datetime(2026, 4, 1, tzinfo=UTC)
    eventually(lambda: len(asked) == 3, meanwhile=making.make)
