"""The walker, on modals and Home: Slack's numbers hold exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import limits
from bot.limits import view_violations, violations

Thing = dict[str, Any]


def plain(text: str) -> Thing:
    return {"type": "plain_text", "text": text}


def modal(*blocks: Thing, **more: Any) -> Thing:
    return {"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": list(blocks), **more}


def home(*blocks: Thing, **more: Any) -> Thing:
    return {"type": "home", "blocks": list(blocks), **more}


def field(element: Thing, **more: Any) -> Thing:
    return {"type": "input", "label": plain("l"), "element": {"action_id": "a", **element}, **more}


def section(**more: Any) -> Thing:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, **more}


def options(count: int, **more: Any) -> list[Thing]:
    return [{"text": plain("x"), "value": f"v{n}", **more} for n in range(count)]


def groups(count: int, size: int = 1, label: str = "l") -> list[Thing]:
    return [{"label": plain(label), "options": options(size)} for _ in range(count)]


def menu(kind: str = "static_select", **more: Any) -> Thing:
    return field({"type": kind, **more})


def text_field(**more: Any) -> Thing:
    return field({"type": "plain_text_input", **more})


DIVIDER = {"type": "divider"}
BUTTON = {"type": "button", "text": plain("b"), "action_id": "b"}
LIMITS: list[tuple[str, Thing, Thing]] = [
    ("100 blocks", home(*[DIVIDER] * 100), home(*[DIVIDER] * 101)),
    ("24 in the title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25))),
    ("plain text in the title", modal(), modal(title={"type": "mrkdwn", "text": "x"})),
    ("24 in submit", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25))),
    ("24 in close", modal(close=plain("x" * 24)), modal(close=plain("x" * 25))),
    ("3,000 of metadata", home(private_metadata="x" * 3000), home(private_metadata="x" * 3001)),
    ("255 in callback_id", modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    ("255 in external_id", modal(external_id="x" * 255), modal(external_id="x" * 256)),
    ("two kinds", home(), {"type": "poster", "blocks": []}),
    ("blocks", home(), {"type": "home"}),
    ("submit for inputs", modal(text_field()), modal(text_field(), submit=None)),
    ("no submit in Home", home(text_field()), home(text_field(label=5), text_field())),
    ("formatted text", modal(field({"type": "rich_text_input"})),
     modal(field({"type": "rich_text_input", "dispatch_action_config": {"trigger_actions_on": ["x"]}}))),
    ("nothing filled into it", modal(field({"type": "rich_text_input"})),
     modal(field({"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": []}}))),
    ("formatted text in an input alone", modal(field({"type": "rich_text_input"})),
     modal({"type": "actions", "elements": [{"type": "rich_text_input", "action_id": "x"}]})),
    ("a label", modal(text_field()), modal({"type": "input", "element": {"type": "plain_text_input"}})),
    ("2,000 in a label", modal(field({"type": "plain_text_input"}, label=plain("x" * 2000))),
     modal(field({"type": "plain_text_input"}, label=plain("x" * 2001)))),
    ("2,000 in a hint", modal(field({"type": "plain_text_input"}, hint=plain("x" * 2000))),
     modal(field({"type": "plain_text_input"}, hint=plain("x" * 2001)))),
    ("150 in a placeholder", modal(text_field(placeholder=plain("x" * 150))),
     modal(text_field(placeholder=plain("x" * 151)))),
    ("booleans", modal(field({"type": "datepicker"}, optional=True, dispatch_action=True)),
     modal(field({"type": "datepicker"}, optional="yes"))),
    ("3,000 to enter", modal(text_field(max_length=3000)), modal(text_field(max_length=3001))),
    ("a length to begin", modal(text_field(min_length=0)), modal(text_field(min_length=-1))),
    ("no longer than it may be", modal(text_field(max_length=3, initial_value="abc")),
     modal(text_field(max_length=3, initial_value="abcd"))),
    ("no button as input", modal(text_field()), modal(field(BUTTON))),
    ("no text field in a section", home(section(accessory=BUTTON)), home(section(accessory=text_field()["element"]))),
    ("several people in a section", home(section(accessory={"type": "multi_users_select", "action_id": "u"})),
     home({"type": "actions", "elements": [{"type": "multi_users_select", "action_id": "u"}]})),
    ("10 fields", home(section(fields=[plain("x")] * 10)), home(section(fields=[plain("x")] * 11))),
    ("2,000 in a field", home(section(fields=[plain("x" * 2000)])), home(section(fields=[plain("x" * 2001)]))),
    ("fields instead of text", home({"type": "section", "fields": [plain("x")]}), home({"type": "section"})),
    ("10 checkboxes", modal(menu("checkboxes", options=options(10))), modal(menu("checkboxes", options=options(11)))),
    ("75 in a description", modal(menu(options=options(1, description=plain("x" * 75)))),
     modal(menu(options=options(1, description=plain("x" * 76))))),
    ("100 groups", modal(menu(option_groups=groups(100))), modal(menu(option_groups=groups(101)))),
    ("100 in a group", modal(menu(option_groups=groups(1, 100))), modal(menu(option_groups=groups(1, 101)))),
    ("75 in a group's label", modal(menu(option_groups=groups(1, label="x" * 75))),
     modal(menu(option_groups=groups(1, label="x" * 76)))),
    ("groups or options", modal(menu(options=options(1))), modal(menu(options=options(1), option_groups=groups(1)))),
    ("begins with an option", modal(menu(options=options(2), initial_option=options(2)[1])),
     modal(menu(options=options(2), initial_option=options(3)[2]))),
    ("begins with one of a group", modal(menu(option_groups=groups(1, 2), initial_option=options(2)[1])),
     modal(menu(option_groups=groups(1, 2), initial_option=options(3)[2]))),
    ("begins with options", modal(menu("checkboxes", options=options(2), initial_options=options(2))),
     modal(menu("checkboxes", options=options(2), initial_options=options(3)))),
    ("begins with some or none", modal(menu("checkboxes", options=options(2))),
     modal(menu("checkboxes", options=options(2), initial_options=[]))),
    ("one at least", modal(menu("multi_users_select", max_selected_items=1)),
     modal(menu("multi_users_select", max_selected_items=0))),
    ("a number to ask", modal(menu("external_select", min_query_length=0)),
     modal(menu("external_select", min_query_length="3"))),
    ("people by id", modal(menu("multi_users_select", initial_users=["U1"])),
     modal(menu("multi_users_select", initial_users=[1]))),
    ("a date", modal(menu("datepicker", initial_date="2026-03-02")), modal(menu("datepicker", initial_date="2.3.26"))),
    ("a time", modal(menu("timepicker", initial_time="23:59")), modal(menu("timepicker", initial_time="24:00"))),
    ("unique block_ids", modal({**DIVIDER, "block_id": "a"}), modal(*[{**DIVIDER, "block_id": "a"}] * 2)),
    ("unique action_ids", modal(text_field()), modal(text_field(), section(accessory={**BUTTON, "action_id": "a"}))),
    ("one focus", modal(text_field(focus_on_load=True)),
     modal(text_field(focus_on_load=True), field({"type": "datepicker", "action_id": "c", "focus_on_load": True}))),
    ("expand or not", home(section(expand=True)), home(section(expand="yes"))),
    ("Enter or any character", modal(text_field(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]})),
     modal(text_field(dispatch_action_config={"trigger_actions_on": ["on_leaving"]}))),
    ("one trigger at least", modal(text_field(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]})),
     modal(text_field(dispatch_action_config={"trigger_actions_on": []}))),
    ("2,000 in an alt text", home({"type": "image", "image_url": "https://e.org/x", "alt_text": "x" * 2000}),
     home({"type": "image", "image_url": "https://e.org/x", "alt_text": "x" * 2001})),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "good", "bad"), LIMITS, ids=[rule for rule, _, _ in LIMITS])
def test_slacks_limits_on_views_hold_exactly(rule: str, good: Thing, bad: Thing) -> None:
    assert view_violations(good) == []
    assert view_violations(bad), rule


def test_a_message_may_have_inputs_and_accessories_too() -> None:
    assert violations({"text": "t", "blocks": [text_field(), section(accessory=BUTTON)]}) == []
    assert violations({"text": "t", "blocks": [field({"type": "number_input", "is_decimal_allowed": False})]}) != []
    assert violations({"text": "t", "blocks": [section(accessory={**BUTTON, "text": plain("x" * 76)})]}) != []


def test_a_violation_says_where() -> None:
    found = view_violations(modal(text_field(max_length=0), title=plain("x" * 25)))
    assert [v.path for v in found] == ["/title/text", "/blocks/0/element/max_length"]
    assert limits.VIEW_TITLE == 24


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
)
NAMES = ("static_select", "checkboxes", "external_select", "multi_users_select", "plain_text_input", "datepicker")
KEYS = (
    "options",
    "option_groups",
    "initial_option",
    "initial_options",
    "initial_users",
    "max_length",
    "confirm",
    "dispatch_action_config",
    "expand",
)


@given(JSON, st.sampled_from(NAMES), st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_view_whatsoever_makes_the_walker_fall(junk: object, kind: str, more: Thing) -> None:
    view_violations({"type": junk, "blocks": junk})
    view_violations(modal(field({"type": kind, **more}), {"type": junk}, {"type": "input", "element": junk}))
    view_violations(modal(section(accessory=junk, fields=junk), title=junk, submit=junk, private_metadata=junk))
