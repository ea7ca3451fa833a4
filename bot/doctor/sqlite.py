"""The check of SQLite's library."""

from __future__ import annotations

from bot.doctor.finding import Finding, Mark

SAFE_SQLITE = (3, 51, 3)
SAFE_BRANCHES = {(3, 44): 6, (3, 50): 7}
"""Older branches with a fix, and the patch that has it: https://sqlite.org/wal.html, "The WAL-Reset Bug" (looked up
2026-11-24).
"""


WITHDRAWN = {(3, 52, 0)}
"""Versions that SQLite's authors withdrew (the same page)."""


def version_finding(version: tuple[int, ...]) -> Finding:
    """Return a finding on the WAL-reset bug of this SQLite version. It needs two connections that write; the bot has
    one.
    """
    branch, named = (version[0], version[1]), ".".join(str(part) for part in version)
    if version in WITHDRAWN:
        return Finding(
            Mark.BAD,
            f"SQLite {named} was withdrawn by its authors",
            "install another one (3.51.3, 3.53.0 or newer), or use Postgres",
        )
    if version >= SAFE_SQLITE or version[2] >= SAFE_BRANCHES.get(branch, 10**6):
        return Finding(Mark.GOOD, f"SQLite {named}")
    return Finding(
        Mark.NOTE,
        f"SQLite {named} can corrupt a file that two connections write to at once; the bot writes through one",
        "let no other program write to the file; a newer SQLite (3.51.3, 3.50.7 or 3.44.6) takes the worry away",
    )
