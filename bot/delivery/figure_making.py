"""The figures of reports, made once a month."""

from __future__ import annotations

import logging
from datetime import date
from threading import Lock, Thread

from bot.actions.figures import make_figures
from bot.context import AppContext
from bot.domain.local_time import month_of
from bot.logs import WORK
from bot.store import workspaces
from bot.store.database_errors import why

log = logging.getLogger(__name__)


class FigureMaking:
    """May be asked as often as one likes."""

    def __init__(self, ctx: AppContext, *, beside: bool) -> None:
        """`beside`: in a thread of its own, since it takes a minute among a hundred thousand people, and what is due
        doesn't wait for it.
        """
        self._ctx, self._beside = ctx, beside
        self._made: date | None = None
        self._one = Lock()
        self._worker: Thread | None = None

    def make(self) -> None:
        """Make the figures of this month, unless that was done or is being done."""
        month = month_of(self._ctx.clock.business())
        if self._made == month or (self._worker is not None and self._worker.is_alive()):
            return
        if not self._beside:
            with self._one:
                if self._made != month:
                    self._make(month)
            return
        # a daemon: a stop doesn't wait for it, and what is missing is made after the next start
        self._worker = Thread(target=self._try, args=(month,), name="figures", daemon=True)
        self._worker.start()

    def _try(self, month: date) -> None:
        try:
            self._make(month)
        except Exception as error:
            log.exception(
                "the figures of %s aren't made; the next tick tries it again", month, **why(error, self._ctx.db.url)
            )

    def _make(self, month: date) -> None:
        with self._ctx.db.read() as session:
            known = [each.workspace_id for each in workspaces.known(session)]
        for workspace_id in known:
            if make_figures(self._ctx, workspace_id):
                WORK.info("the figures of the month were made", extra={"workspace": workspace_id})
        self._made = month
