"""A figure as `make bench` and `make soak` write it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

BEGINS, ENDS = "<!-- figures -->", "<!-- end of figures -->"
"""Between these a page has its table."""


@dataclass(frozen=True)
class Row:
    """One figure. `ratio` is value over baseline; `ok` says whether it keeps to `target`, a bound of the ratio. A figure
    that is only reported has neither.
    """

    name: str
    value: float
    unit: str
    baseline: float
    ratio: float
    target: str = ""
    ok: bool | None = None


def row(
    name: str, value: float, unit: str, baseline: float, *, at_most: float | None = None, at_least: float | None = None
) -> Row:
    """Return a figure held against its target, if it has one."""
    ratio = value / baseline
    kept = (at_most is None or ratio <= at_most) and (at_least is None or ratio >= at_least)
    target = (
        f"ratio <= {at_most:g}" if at_most is not None else f"ratio >= {at_least:g}" if at_least is not None else ""
    )
    return Row(name, round(value, 3), unit, round(baseline, 3), round(ratio, 3), target, kept if target else None)


def write(rows: Sequence[Row], file: Path) -> None:
    """Print the rows, and write them as JSON."""
    for one in rows:
        verdict = {True: "ok ", False: "NO ", None: "   "}[one.ok]
        print(f"{verdict} {one.name}: {one.value} {one.unit}, against {one.baseline}, "
              f"ratio {one.ratio} ({one.target or 'reported'})")  # fmt: skip
    told = [{name: value for name, value in asdict(one).items() if value not in (None, "")} for one in rows]
    file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def with_table(page: str, table: Sequence[str], begins: str = BEGINS, ends: str = ENDS) -> str:
    """A page of the documentation with this table in the place of the one it had between these marks."""
    head, _, rest = page.partition(begins)
    return "\n".join([f"{head}{begins}", *table, f"{ends}{rest.partition(ends)[2]}"])
