"""Payloads gone wrong, each by its seed: fields that are missing, of another type, doubled, nested, endless; text that
is broken off or is no text at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

Payload = dict[str, Any]
Path = tuple[Any, ...]
WORD = "qzxcanary"
"""Stands in for what people type: it must never be read in a log."""
LONG = f"{WORD} " * 4_000
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 7, 10**30, 10**400, 1e308, float("nan"), float("inf"), "", " ", "\x00", f"{WORD}\n{WORD}", LONG,
    "\ud800", "\u202e" + WORD, "💥" * 500, [], {}, [[]], [WORD], [None], [{}], [[{}]], {"id": 7}, {"type": 5}, {"": ""},
    "2026-02-30", "99:99", "<!channel>", "' OR 1=1 --", "%s%n{0}", "../../etc/passwd", "U0INES", "T0OTHER",
)  # fmt: skip
DEEP, AGAIN = "@deep@", "@again@"
"""Become nesting, and a key that is there twice, once the payload is text."""
DEPTHS = (5, 30, 70, 300, 900, 1_100, 3_000, 50_000)
IDS = frozenset({"trigger_id", "action_ts", "event_id", "hash", "client_msg_id"})
"""By these a request is told from another."""


def paths(thing: Any, before: Path = ()) -> Iterator[Path]:
    """Where something stands in a payload."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, part in inside:
        yield (*before, key)
        yield from paths(part, (*before, key))


def at(thing: Any, path: Path) -> Any:
    """What stands there."""
    for step in path:
        thing = thing[step]
    return thing


def fresh(payload: Payload, mark: str) -> Payload:
    """A copy that is another request: one that was dealt with before would change nothing."""
    made = deepcopy(payload)
    for path in list(paths(made)):
        if path[-1] in IDS and isinstance(at(made, path), str):
            at(made, path[:-1])[path[-1]] = f"{mark}.{path[-1]}"
    return made


def mutated(rng: Random, payload: Payload) -> str:
    """A payload with one to three places changed, as JSON."""
    made = deepcopy(payload)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        path = rng.choice(list(paths(made)) or [()])
        if path:
            rng.choice(CHANGES)(rng, at(made, path[:-1]), path[-1])
    return as_text(rng, made)


def as_text(rng: Random, made: Any) -> str:
    """JSON, with the nesting and the doubled keys that Python's own values can't hold."""
    text = json.dumps(made)
    if f'"{DEEP}"' in text:
        deep, (opened, closed) = rng.choice(DEPTHS), rng.choice((("[", "]"), ('{"a":', "}"), ('{"view":', "}")))
        text = text.replace(f'"{DEEP}"', opened * deep + "1" + closed * deep)
    return text.replace(AGAIN, "")


def wrecked(rng: Random, text: str) -> bytes:
    """JSON that is none, or no text."""
    body = text.encode("utf-8", "surrogatepass")
    place = rng.randrange(len(body) or 1)
    return rng.choice(
        (
            body[:place],
            body[:place] + bytes([rng.randrange(256)]) + body[place + 1 :],
            body[:place] + rng.randbytes(rng.choice((1, 3, 40))) + body[place:],
            b"\xef\xbb\xbf" + body,
            text.encode("utf-16", "surrogatepass"),
            body + body,
            b" " * rng.choice((0, 1, 5_000)),
            rng.randbytes(rng.choice((1, 20, 3_000))),
            b"[" * rng.choice((1, 3_000, 100_000)),
            b'{"a":' * rng.choice((3_000, 100_000)),
            b'{"type":"\\' * rng.choice((1, 3_000)),
            rng.choice((b"null", b"[]", b"5", b'"text"', b"true", b"{}", b"NaN", b"1e999", b"9" * 5_000)),
        )
    )


def _left_out(_rng: Random, inside: Any, key: Any) -> None:
    del inside[key]


def _junk(rng: Random, inside: Any, key: Any) -> None:
    inside[key] = deepcopy(rng.choice(JUNK))


def _retyped(rng: Random, inside: Any, key: Any) -> None:
    was = inside[key]
    inside[key] = rng.choice((str(was), [was], {"id": was}, {"type": was}, len(str(was)), [was, was]))


def _doubled(rng: Random, inside: Any, key: Any) -> None:
    was = inside[key]
    times = rng.choice((2, 30, 1_000))
    if isinstance(was, list):
        inside[key] = was * times
    elif isinstance(inside, dict):
        inside[f"{AGAIN}{key}"] = deepcopy(rng.choice(JUNK))
    else:
        inside.extend([was] * times)


def _nested(_rng: Random, inside: Any, key: Any) -> None:
    inside[key] = DEEP


def _shorter(rng: Random, inside: Any, key: Any) -> None:
    """Or longer, or with a sign in it that doesn't belong there."""
    was = inside[key]
    if not isinstance(was, str):
        return
    # an address keeps its beginning, so that nothing leaves this machine
    keep = was.find("/response/") + 1 if "://" in was else 0
    place = rng.randrange(keep, len(was) + 1)
    sign = rng.choice(("", "\x00", "\n", " ", "\ud800", "é", "\u200b", "'", "%", ":", "#", "x" * 300))
    inside[key] = was[:place] + sign + rng.choice((was[place:], was[place + 1 :], ""))


def _moved(rng: Random, inside: Any, key: Any) -> None:
    """Two fields have changed places."""
    other = rng.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
    if "response_url" not in (other, key):
        inside[key], inside[other] = inside[other], inside[key]


def _renamed(rng: Random, inside: Any, key: Any) -> None:
    if isinstance(inside, dict):
        inside[rng.choice((f"{key} ", key.upper(), f"{key}\x00", "", "__proto__"))] = inside.pop(key)


CHANGES: tuple[Callable[[Random, Any, Any], None], ...] = (
    _left_out, _junk, _junk, _junk, _retyped, _doubled, _nested, _shorter, _shorter, _moved, _renamed,
)  # fmt: skip
