"""The committed schemas as validators, with each union decided by what tells its members apart.

A union of twenty kinds of block says of a wrong one only that it is none of the twenty. Before validating, such a
union becomes a question about `type` (or `subtype`, or `response_action`), and the complaint is that of the block's
own kind. `Block`, the package's catch-all for kinds it doesn't know, is left out: whatever has a `type` would pass.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema_rs import Draft7Validator

HERE = Path(__file__).parent
Node = dict[str, Any]
TELLING = (("type",), ("subtype",), ("response_action",), ("text", "type"))
"""What tells the members of a union apart, in the order in which it is asked; a path of property names."""


class Complaint(NamedTuple):
    """What a payload has wrong. `path` is a JSON pointer."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or '/'}: {self.message}"


@cache
def definitions(subject: str) -> Node:
    """The definitions of one schema file, unions decided."""
    raw: Node = json.loads((HERE / "schemas" / f"{subject}.json").read_text(encoding="utf-8"))
    made: Node = _decided(raw, raw)
    return made


@cache
def validator(subject: str, name: str) -> Draft7Validator:
    """The validator of one definition of a schema file."""
    return Draft7Validator({"$ref": f"#/definitions/{_quoted(name)}", "definitions": definitions(subject)})


def complaints(subject: str, name: str, payload: Any) -> list[Complaint]:
    """Everything that a payload has wrong by the types, exceptions not considered."""
    check = validator(subject, name)
    if check.is_valid(payload):
        return []
    return [Complaint(_pointer(e.instance_path), _short(e.message)) for e in check.iter_errors(payload)]


def _pointer(path: Sequence[Any]) -> str:
    return "".join(f"/{part}" for part in path)


def _short(message: str) -> str:
    return message if len(message) <= 300 else f"{message[:200]} … {message[-97:]}"


def _quoted(name: str) -> str:
    return name.replace("<", "%3C").replace(">", "%3E").replace(",", "%2C")


def _decided(node: Any, raw: Node) -> Any:
    """The same schema with every union in it decided."""
    if isinstance(node, list):
        return [_decided(part, raw) for part in node]
    if not isinstance(node, dict):
        return node
    made = {key: _decided(part, raw) for key, part in node.items() if key != "anyOf"}
    if isinstance(node.get("anyOf"), list):
        made |= _union(_members(node["anyOf"], raw), raw, TELLING)
    return made


def _members(alternatives: list[Node], raw: Node) -> list[Node]:
    """A union's members, those of unions inside it included."""
    found: list[Node] = []
    for alternative in alternatives:
        target = _resolved(alternative, raw)
        found += _members(target["anyOf"], raw) if isinstance(target.get("anyOf"), list) else [alternative]
    return found


def _union(members: list[Node], raw: Node, telling: Sequence[tuple[str, ...]]) -> Node:
    objects = [m for m in members if _resolved(m, raw).get("type") == "object"]
    for index, path in enumerate(telling):
        known: dict[str, list[Node]] = {}
        for member in objects:
            for value in _values(member, path, raw):
                known.setdefault(value, []).append(member)
        rest = [m for m in objects if not _values(m, path, raw)]
        if not known or len(known) + bool(rest) < 2:
            continue
        if path == ("type",):
            rest = []
        others = telling[index + 1 :]
        asked = _asked(path, {v: _union(m, raw, others) for v, m in known.items()}, rest and _union(rest, raw, others))
        return _beside(asked, [m for m in members if m not in objects], raw)
    return _decided(members[0], raw) if len(members) == 1 else {"anyOf": [_decided(m, raw) for m in members]}


def _asked(path: tuple[str, ...], known: dict[str, Node], rest: Any) -> Node:
    """Whoever has this value must be that; who has none must be one of the rest."""
    cases = [{"if": _has(path, {"const": value}), "then": schema} for value, schema in known.items()]
    values = {"enum": sorted(known)}
    if rest:
        cases.append({"if": {"not": _has(path, {})}, "then": rest})
        return {"type": "object", "allOf": [*cases, {"if": _has(path, {}), "then": _has(path, values)}]}
    return {"type": "object", "allOf": [_has(path, values), *cases]}


def _has(path: tuple[str, ...], value: Node) -> Node:
    inner = value if len(path) == 1 else {"type": "object", **_has(path[1:], value)}
    return {"properties": {path[0]: inner}, "required": [path[0]]}


def _beside(asked: Node, others: list[Node], raw: Node) -> Node:
    """A union of objects and of something else, such as null."""
    if not others:
        return asked
    return {"if": {"type": "object"}, "then": asked, "else": {"anyOf": [_decided(m, raw) for m in others]}}


def _values(member: Node, path: tuple[str, ...], raw: Node) -> list[str]:
    """The values a member allows at a path, if it allows only some."""
    node = _resolved(member, raw)
    for name in path:
        node = _resolved(node.get("properties", {}).get(name, {}), raw)
    values = [node["const"]] if "const" in node else node.get("enum", [])
    return [v for v in values if isinstance(v, str)]


def _resolved(node: Node, raw: Node) -> Node:
    while "$ref" in node:
        name = node["$ref"].removeprefix("#/definitions/")
        for code, sign in (("%3C", "<"), ("%3E", ">"), ("%2C", ",")):
            name = name.replace(code, sign)
        node = raw[name]
    return node
