"""Whatever Bolt reads of a payload for itself is typed, by one list, which is held against Bolt's own source."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from slack_bolt.kwargs_injection import utils
from slack_bolt.listener_matcher import builtins
from slack_bolt.middleware.attaching_function_token import attaching_function_token
from slack_bolt.middleware.authorization import internals as authorization
from slack_bolt.middleware.ignoring_self_events import ignoring_self_events
from slack_bolt.middleware.ssl_check import ssl_check
from slack_bolt.middleware.url_verification import url_verification
from slack_bolt.request import internals, payload_utils

from bot.slack.inbound.bolt_fields import BoltFields, Named, misshapen

MODULES = (internals, payload_utils, builtins, utils, authorization, ignoring_self_events, ssl_check, url_verification,
           attaching_function_token)  # fmt: skip
NO_PAYLOAD = {"context", "headers", "normalized_headers", "result", "query", "constraints", "all_available_args", "kwargs",
              "event_type", "params", "auth_test_result", "cls", "self"}  # fmt: skip
"""What else Bolt looks into, by the names of its variables."""
UNUSED = {
    "text": "of `app.message(keyword)`: a text may also be an object, as a button's is",
    "function": "of `app.function`",
    "payload": "of a form's text, which is read by the guard",
}
"""What only listeners read that this bot doesn't have."""


def read_by(module: ModuleType) -> Iterator[str]:
    """The fields that a module of Bolt's looks up: `x["field"]`, `x.get("field")`, `"field" in x`."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Subscript(value=thing, slice=ast.Constant(value=str(name))):
                pass
            case ast.Call(func=ast.Attribute(value=thing, attr="get"), args=[ast.Constant(value=str(name)), *_]):
                pass
            case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()], comparators=[thing]):
                pass
            case _:
                continue
        if _root(thing) not in NO_PAYLOAD:
            yield name


def _root(thing: ast.expr) -> str:
    while not isinstance(thing, ast.Name):
        inner = next((part for part in ast.iter_child_nodes(thing) if isinstance(part, ast.expr)), None)
        if inner is None:
            return ""
        if isinstance(thing, ast.Attribute) and thing.attr in NO_PAYLOAD:
            return thing.attr
        thing = inner
    return thing.id


def test_every_field_that_bolt_reads_is_typed() -> None:
    typed = BoltFields.__annotations__.keys() | Named.__annotations__.keys()
    found = {name for module in MODULES for name in read_by(module)}
    assert {"app_installed_team_id", "authorizations", "response_urls", "bot_id", "callback_id"} <= found
    assert found - typed - UNUSED.keys() == set()


def test_no_field_is_typed_that_bolt_does_not_read() -> None:
    found = {name for module in MODULES for name in read_by(module)}
    # ours in the same places: a tap's container, and what opens a dialog
    assert BoltFields.__annotations__.keys() - found == {"container", "trigger_id"}


@pytest.mark.parametrize("name", sorted(BoltFields.__annotations__.keys() - {"inputs", "workflow_step"}))
@pytest.mark.parametrize("where", ["", "event", "authorizations", "view", "message"])
def test_a_field_of_another_type_is_named_wherever_it_stands(name: str, where: str) -> None:
    payload: dict[str, Any] = {name: 5.5}
    if where:
        payload = {where: [payload] if where == "authorizations" else payload}
    assert misshapen(payload) == f"{where}.{name}".strip(".")


@pytest.mark.parametrize(("payload", "why"), [
    ({"type": "event_callback"}, "event"), ({"type": "event_callback", "event": {}}, "event"),
    ({"event": None}, "event"), ({"response_urls": None}, "response_urls"),
    ({"type": "block_actions"}, "actions"), ({"type": "block_actions", "actions": []}, "actions"),
    ({"type": "block_actions", "actions": [{"block_id": "b"}]}, "actions"), ({"actions": [None]}, "actions"),
    ({"type": "view_submission", "view": {"type": "modal"}}, "view"), ({"user": {"id": 7}}, "user.id"),
    ({"team": ["T1"]}, "team"), ({"team": None, "user": "U1", "view": None}, ""), ({}, ""),
])  # fmt: skip
def test_what_bolt_cant_do_without_is_there(payload: dict[str, Any], why: str) -> None:
    assert misshapen(payload) == why
