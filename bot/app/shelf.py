"""The lessons that are served, and how they come up to date without a restart.

Folders are read again once they have changed and stood still for a look: somebody who saves ten files isn't served five
of them. What doesn't pass the check isn't served; what was served before still is, and the log says what is wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from bot import content
from bot.content.fingerprint import Fingerprint, fingerprint
from bot.domain.content import Catalogue
from bot.logs import counted
from bot.messages.render import objections

log = logging.getLogger(__name__)
LOOK_SECONDS = 15.0
"""A change is served after two looks, well within a minute."""
SHOWN = 3
"""The most problems of a folder that the log names."""


class Shelf:
    """The catalogue of the lessons folders."""

    def __init__(self, roots: Sequence[Path], catalogue: Catalogue | None = None) -> None:
        """Read the folders, unless their catalogue is given.

        Raises:
            ContentError: something in them is wrong.
        """
        self._roots, self._one = tuple(roots), Lock()
        self._served = self._looked = fingerprint(self._roots)
        self._catalogue = catalogue or content.load(self._roots, objections)
        self.changed: Callable[[], object] = lambda: None
        """Called after other lessons are served than before."""

    def catalogue_of(self, _workspace_id: str) -> Catalogue:
        """Return the lessons that a workspace is served now."""
        return self._catalogue

    def look(self) -> None:
        """Read the folders again if they have changed and stood still since the last look."""
        if not self._one.acquire(blocking=False):
            return
        try:
            found = fingerprint(self._roots)
            stands_still, self._looked = found == self._looked, found
            if stands_still and found != self._served:
                self._read(found)
        finally:
            self._one.release()

    def _read(self, found: Fingerprint) -> None:
        self._served = found
        report = content.check(self._roots, objections)
        if report.problems:
            first = "; ".join(str(problem) for problem in report.problems[:SHOWN])
            log.warning(
                "the lessons have changed and aren't served (%s): `missinglink lessons check` names them. %s",
                counted(len(report.problems), "problem"),
                first,
            )
            return
        if report.catalogue == self._catalogue:
            return
        # whoever looks a word up first doesn't wait for it
        _ = report.catalogue.matcher
        self._catalogue = report.catalogue
        log.info(
            "the lessons were read again: %s, %s",
            counted(len(report.catalogue.tracks), "track"),
            counted(len(report.catalogue.items), "item"),
        )
        self.changed()
