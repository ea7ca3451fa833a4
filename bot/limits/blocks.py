"""The limits of blocks, alone and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.limits import numbers
from bot.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element, image, text_or_image
from bot.limits.parts import Thing, Violation, array, flag, identifier, kind_of, longest, plain, string, text


def blocks(found: object, most: int) -> Iterator[Violation]:
    """Check all blocks of a message or view.

    Action ids must differ in all of it. Slack requires that only within a block, but an app's listeners couldn't tell
    two equal ids apart.
    """
    if found is None:
        return
    if not isinstance(found, Sequence) or isinstance(found, str):
        yield Violation("/blocks", "blocks must be an array")
        return
    if len(found) > most:
        yield Violation("/blocks", f"no more than {most} items allowed")
    for index, one in enumerate(found):
        path = f"/blocks/{index}"
        if not isinstance(one, dict):
            yield Violation(path, "must be an object")
        else:
            yield from _block(one, path)
    whole = [one for one in found if isinstance(one, dict)]
    yield from _in_messages(whole, most)
    yield from _unique([one.get("block_id") for one in whole], "block_id")
    yield from _unique([e.get("action_id") for one in whole for e in _elements(one)], "action_id")


def _in_messages(whole: Sequence[Thing], most: int) -> Iterator[Violation]:
    """Check what only messages take, and how much of it. A Home would take a table; none of ours has one."""
    charts = [one for one in whole if kind_of(one) == "data_visualization"]
    tables = [one for one in whole if kind_of(one) == "table"]
    if most != numbers.BLOCKS_PER_MESSAGE:
        yield from (Violation("/blocks", f"unsupported type: {one['type']}") for one in (*charts, *tables))
    elif len(charts) > numbers.CHARTS_PER_MESSAGE:
        yield Violation("/blocks", f"no more than {numbers.CHARTS_PER_MESSAGE} charts allowed")
    cells = [cell for one in tables for row in _rows(one) for cell in row if isinstance(cell, dict)]
    if sum(len(str(cell.get("text") or "")) for cell in cells) > numbers.TABLE_CHARACTERS:
        yield Violation("/blocks", f"no more than {numbers.TABLE_CHARACTERS} characters in tables allowed")


def _rows(one: Thing) -> list[list[Any]]:
    rows = one.get("rows")
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _elements(one: Thing) -> Iterator[Thing]:
    listed = one.get("elements")
    several = listed if isinstance(listed, list) else []
    yield from (e for e in (*several, one.get("accessory"), one.get("element")) if isinstance(e, dict))


def _unique(ids: Sequence[object], name: str) -> Iterator[Violation]:
    for value, count in Counter(i for i in ids if isinstance(i, str)).items():
        if count > 1:
            yield Violation("/blocks", f"{name} {value!r} is not unique within the message")


def _block(one: Thing, path: str) -> Iterator[Violation]:
    kind = kind_of(one)
    if kind not in RULES:
        yield Violation(f"{path}/type", f"unsupported type: {one.get('type')}")
        return
    yield from identifier(one, "block_id", path)
    yield from RULES[kind](one, path)


def _section(one: Thing, path: str) -> Iterator[Violation]:
    if "text" in one or "fields" not in one:
        yield from text(one.get("text"), f"{path}/text", numbers.SECTION_TEXT)
    if "fields" in one:
        fields, wrong = array(one, "fields", path, numbers.SECTION_FIELDS)
        yield from wrong
        for index, field in enumerate(fields):
            yield from text(field, f"{path}/fields/{index}", numbers.FIELD_TEXT)
    if "accessory" in one:
        yield from element(one["accessory"], f"{path}/accessory", IN_SECTION)
    yield from flag(one, "expand", path)


def _header(one: Thing, path: str) -> Iterator[Violation]:
    yield from plain(one, "text", path, numbers.HEADER_TEXT, required=True)


def _context(one: Thing, path: str) -> Iterator[Violation]:
    found, wrong = array(one, "elements", path, numbers.CONTEXT_ELEMENTS)
    yield from wrong
    for index, thing in enumerate(found):
        yield from text_or_image(thing, f"{path}/elements/{index}")


def _actions(one: Thing, path: str) -> Iterator[Violation]:
    found, wrong = array(one, "elements", path, numbers.ACTIONS_ELEMENTS)
    yield from wrong
    for index, thing in enumerate(found):
        yield from element(thing, f"{path}/elements/{index}", IN_ACTIONS)


def _input(one: Thing, path: str) -> Iterator[Violation]:
    yield from plain(one, "label", path, numbers.INPUT_LABEL, required=True)
    yield from plain(one, "hint", path, numbers.INPUT_HINT)
    yield from flag(one, "optional", path)
    yield from flag(one, "dispatch_action", path)
    yield from element(one.get("element"), f"{path}/element", IN_INPUT)


def _image(one: Thing, path: str) -> Iterator[Violation]:
    yield from image(one, path)
    yield from plain(one, "title", path, numbers.IMAGE_TITLE)


def _chart(one: Thing, path: str) -> Iterator[Violation]:
    yield from string(one, "title", path, numbers.CHART_TITLE, required=True)
    chart = one.get("chart")
    if not isinstance(chart, dict) or kind_of(chart) not in {"bar", "line", "area"}:
        yield Violation(f"{path}/chart", "must be a bar, line or area chart")
        return
    series, wrong = array(chart, "series", f"{path}/chart", numbers.CHART_SERIES)
    yield from wrong
    axis = chart.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list) or not 1 <= len(categories) <= numbers.CHART_POINTS:
        yield Violation(f"{path}/chart/axis_config/categories", f"must be 1 to {numbers.CHART_POINTS} labels")
        return
    for label in categories:
        yield from longest(label, f"{path}/chart/axis_config/categories", numbers.CHART_LABEL)
    for index, each in enumerate(series):
        here = f"{path}/chart/series/{index}"
        yield from string(each, "name", here, numbers.CHART_LABEL, required=True)
        if [point.get("label") for point in each.get("data") or []] != categories:
            yield Violation(f"{here}/data", "must have one point for each category")
        if not all(isinstance(point.get("value"), int | float) for point in each.get("data") or []):
            yield Violation(f"{here}/data", "each point must have a number")
    yield from _unique([each.get("name") for each in series], "name")


def _table(one: Thing, path: str) -> Iterator[Violation]:
    rows = one.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= numbers.TABLE_ROWS:
        yield Violation(f"{path}/rows", f"must be 1 to {numbers.TABLE_ROWS} rows")
        return
    for index, row in enumerate(rows):
        if not isinstance(row, list) or not 1 <= len(row) <= numbers.TABLE_COLUMNS or len(row) != len(rows[0]):
            yield Violation(f"{path}/rows/{index}", f"must have 1 to {numbers.TABLE_COLUMNS} cells, as all rows")
            continue
        for cell in row:
            if kind_of(cell) != "raw_text" or not isinstance(cell.get("text"), str) or not cell["text"]:
                yield Violation(f"{path}/rows/{index}", "a cell must be a raw_text with something in it")


def _nothing(_one: Any, _path: str) -> Iterator[Violation]:
    return iter(())


RULES: dict[str, Callable[[Thing, str], Iterator[Violation]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _nothing,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "data_visualization": _chart,
    "table": _table,
}
