"""The lessons that are served, and how they come up to date without a restart.

Folders are read again once they have changed and stood still for a look: somebody who saves ten files isn't served five
of them. What doesn't pass the check isn't served; what was served before still is, and the log says what is wrong. What
a workspace's admins wrote in Slack lies over the folders as one more layer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from sqlalchemy.exc import OperationalError

from bot.content import Report
from bot.content.fingerprint import Fingerprint, fingerprint
from bot.content.load import load_below, overlay, read
from bot.content.problem import Findings
from bot.content.whole import LayersReading
from bot.content.written_layer import layer, without
from bot.domain.content import Catalogue
from bot.domain.written import WrittenItem
from bot.logs import counted
from bot.messages.render import objections
from bot.package_files import folder
from bot.store import written
from bot.store.database import Database
from bot.store.written import Signature

log = logging.getLogger(__name__)
LOOK_SECONDS = 15.0
"""A change is served after two looks, well within a minute."""
SHOWN = 3
"""The most problems that the log names."""


class Shelf:
    """The catalogue of the lessons folders, and of each workspace that has written some of its own."""

    def __init__(self, roots: Sequence[Path], catalogue: Catalogue | None = None) -> None:
        """Read the folders, unless their catalogue is given.

        Raises:
            ContentError: something in them is wrong.
        """
        self._roots, self._one = tuple(roots), Lock()
        self._served = self._looked = fingerprint(self._roots)
        self._below = load_below(self._roots, objections) if catalogue is None else None
        """The folders as they were read, under what was written in Slack; None until somebody needs it."""
        self._base = self._below[0].catalogue if self._below is not None else catalogue or Catalogue()
        self._database: Database | None = None
        self._signature: Signature = {}
        self._own: dict[str, Catalogue] = {}
        self._written: dict[str, frozenset[str]] = {}
        """The ids of what each workspace's admins wrote."""
        self.changed: Callable[[], object] = lambda: None
        """Called after other lessons are served than before."""

    def catalogue_of(self, workspace_id: str) -> Catalogue:
        """Return the lessons that a workspace is served now."""
        return self._own.get(workspace_id, self._base)

    def own_items_of(self, workspace_id: str) -> frozenset[str]:
        """Return the ids of the items that aren't those that come with the program."""
        report, reading = self._folders()
        came = folder("lessons").resolve()
        theirs = {number for number, root in enumerate(self._roots, 1) if root.resolve() != came}
        own = (item_id for item_id in report.catalogue.items if reading.where[item_id].layer in theirs)
        return frozenset(own) | self._written.get(workspace_id, frozenset())

    def take_written(self, database: Database) -> None:
        """Serve what was written in Slack too, from now on."""
        self._database = database
        self.look()

    def look(self) -> None:
        """Take up what was written in Slack, and folders that have changed and stood still since the last look."""
        with self._one:
            found = fingerprint(self._roots)
            stands_still, self._looked = found == self._looked, found
            reread = stands_still and found != self._served and self._read(found)
            try:
                if self._take_up(anew=reread) or reread:
                    self.changed()
            except OperationalError:
                # the ticks warn of a database that can't be reached; the next look takes up what this one couldn't
                self._signature = {}

    def proofread(self, served: Sequence[WrittenItem]) -> Report:
        """Return what a workspace would be served with these over the folders, and what is wrong or doubtful."""
        return overlay(*self._folders(), layer(served, Findings()), objections, as_author=True)

    def _folders(self) -> tuple[Report, LayersReading]:
        if self._below is None:
            self._below = read(self._roots, objections)
        return self._below

    def _read(self, found: Fingerprint) -> bool:
        """Read the folders; return True if other lessons are served now."""
        self._served = found
        report, reading = read(self._roots, objections)
        if report.problems:
            log.warning(
                "the lessons have changed and aren't served (%s): `missinglink lessons check` names them. %s",
                counted(len(report.problems), "problem"),
                "; ".join(str(problem) for problem in report.problems[:SHOWN]),
            )
            return False
        if report.catalogue == self._base:
            return False
        # whoever looks a word up first doesn't wait for it
        _ = report.catalogue.matcher
        self._base, self._below = report.catalogue, (report, reading)
        tracks, items = len(self._base.tracks), len(self._base.items)
        log.info("the lessons were read again: %s, %s", counted(tracks, "track"), counted(items, "item"))
        return True

    def _take_up(self, *, anew: bool) -> bool:
        """Put what was written in Slack over the folders where either has changed; return True if anything has."""
        if self._database is None:
            return False
        with self._database.read() as session:
            signature = written.signature(session)
            known = {} if anew else self._signature
            stale = [workspace_id for workspace_id in signature if signature[workspace_id] != known.get(workspace_id)]
            rows = {workspace_id: written.served(session, workspace_id) for workspace_id in stale}
        for workspace_id, served in rows.items():
            self._own[workspace_id] = self._with(workspace_id, served)
            self._written[workspace_id] = frozenset(row.item_id for row in served)
        self._signature = signature
        return bool(rows)

    def _with(self, workspace_id: str, served: Sequence[WrittenItem]) -> Catalogue:
        """Return the folders with these over them, without those that no longer fit."""
        if not served:
            return self._base
        while served:
            report = overlay(*self._folders(), layer(served, Findings()), objections)
            if not report.problems:
                _ = report.catalogue.matcher
                return report.catalogue
            log.warning(
                "what was written in %s doesn't fit the lessons any more, and isn't served: %s",
                workspace_id,
                "; ".join(str(problem) for problem in report.problems[:SHOWN]),
            )
            fewer = without(served, {problem.file for problem in report.problems})
            served = fewer if len(fewer) < len(served) else []
        return self._base
