"""Slack's limits on charts and tables, which messages alone take here."""

from __future__ import annotations

from typing import Any

import pytest

from bot.limits import view_violations, violations

Thing = dict[str, Any]


def chart(points: int = 2, lines: int = 1, **more: Any) -> Thing:
    labels = [f"{n}" for n in range(points)]
    data = [{"label": label, "value": 1} for label in labels]
    made = {"type": "bar", "series": [{"name": f"s{n}", "data": data} for n in range(lines)],
            "axis_config": {"categories": labels}}  # fmt: skip
    return {"type": "data_visualization", "title": "T", "chart": {**made, **more}}


def table(rows: int = 2, columns: int = 2, text: str = "x") -> Thing:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns for _ in range(rows)]}


LIMITS: list[tuple[str, list[Thing], list[Thing]]] = [
    ("50 in a title", [{**chart(), "title": "x" * 50}], [{**chart(), "title": "x" * 51}]),
    ("a kind of chart", [chart(type="line")], [chart(type="radar")]),
    ("6 series", [chart(lines=6)], [chart(lines=7)]),
    ("20 points", [chart(20)], [chart(21)]),
    ("one point for each category", [chart()], [chart(axis_config={"categories": ["0"]})]),
    ("20 in a category", [chart(1, series=[{"name": "s", "data": [{"label": "x" * 20, "value": 1}]}],
     axis_config={"categories": ["x" * 20]})], [chart(1, series=[{"name": "s", "data": [{"label": "x" * 21, "value": 1}]}],
     axis_config={"categories": ["x" * 21]})]),
    ("numbers", [chart()], [chart(1, series=[{"name": "s", "data": [{"label": "0", "value": "1"}]}])]),
    ("names that differ", [chart(lines=2)], [chart(series=[*chart()["chart"]["series"], *chart()["chart"]["series"]])]),
    ("two charts", [chart(), chart()], [chart(), chart(), chart()]),
    ("100 rows", [table(100)], [table(101)]),
    ("20 columns", [table(2, 20)], [table(2, 21)]),
    ("as many cells in each row", [table()], [{**table(), "rows": [*table()["rows"], *table(1, 3)["rows"]]}]),
    ("something in a cell", [table()], [table(text="")]),
    ("10,000 characters together", [table(2, 5, "x" * 500), table(2, 5, "x" * 500)],
     [table(2, 5, "x" * 500), table(2, 5, "x" * 501)]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "good", "bad"), LIMITS, ids=[rule for rule, _, _ in LIMITS])
def test_slacks_limits_on_charts_and_tables_hold_exactly(rule: str, good: list[Thing], bad: list[Thing]) -> None:
    assert violations({"text": "t", "blocks": good}) == []
    assert violations({"text": "t", "blocks": bad}), rule


@pytest.mark.parametrize("block", [chart(), table()], ids=["chart", "table"])
def test_a_dialog_takes_neither(block: Thing) -> None:
    title = {"type": "plain_text", "text": "T"}
    assert view_violations({"type": "modal", "title": title, "blocks": [block]})
