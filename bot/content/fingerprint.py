"""The fingerprint of lessons folders, which changes with any file in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.files import DEEPEST, DRAFTS

Fingerprint = frozenset[tuple[str, int, int]]
"""Of each file the path, the time of its last change in nanoseconds, and its size in bytes."""


def fingerprint(roots: Sequence[Path]) -> Fingerprint:
    """Return what changes when a file is saved, added, moved or taken away, also behind a link. Drafts don't count."""
    return frozenset(entry for root in roots for entry in _files(root))


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    for place, folders, names in os.walk(root, followlinks=True):
        deep = len(Path(place).relative_to(root).parts) >= DEEPEST
        folders[:] = [] if deep else [name for name in folders if name[0] != "."]
        if Path(place) == root:
            folders[:] = [name for name in folders if name != DRAFTS]
        for name in names:
            path = Path(place, name)
            try:
                found = path.stat()
            except OSError:
                # taken away since, or a link that leads nowhere: the check says so
                continue
            yield str(path), found.st_mtime_ns, found.st_size
