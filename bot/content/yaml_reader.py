"""A reader of YAML as editors write it: every value is the text in the file. No types, no aliases, no tags, little
nesting.

YAML reads `9:16` as 556, `1.10` as 1.1 and `no` as false. Here the code that wants a date or a yes parses it from the
text. A comment (` #`) after a value is reported, since it may be the value's own end, as in `title: Why #hashtags
matter`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bot.content.problem import ProblemReporter

DEPTH = 20
_REMARK = re.compile(r"\s*(#.*?)\s*$")


class _Plain(yaml.SafeLoader):
    """Python's loader, whose error messages are the same everywhere."""


class _Fast(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C loader, eight times as fast, if PyYAML was built with it."""


for _loader in (_Plain, _Fast):
    # every text is taken literally
    _loader.yaml_implicit_resolvers = {}


@dataclass(frozen=True)
class Entries:
    """The values of a mapping, and the line of each key. Values are texts, or lists and mappings of texts."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    below: Mapping[str, Entries]
    """The values that are mappings themselves."""


EMPTY = Entries({}, {}, {})


def read_mapping(text: str, first_line: int, reporter: ProblemReporter) -> Entries | None:
    """Return a YAML mapping; report a problem and return None if it is none.

    Args:
        text: the YAML.
        first_line: the line of the file on which it begins.
        reporter: takes line, problem and remedy.
    """
    try:
        if not any(_harms(text, _Fast)):
            return _mapping(*_read(text, _Fast), first_line, reporter)
    except (yaml.YAMLError, ValueError):
        pass
    # once more with the loader whose error messages are the same everywhere
    try:
        for harm in _harms(text, _Plain):
            (reporter.warn if harm.doubtful else reporter.problem)(first_line + harm.line, harm.problem, harm.remedy)
            if harm.final:
                return None
        return _mapping(*_read(text, _Plain), first_line, reporter)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reporter.problem(
            first_line + (mark.line if mark else 0),
            f"this isn't valid YAML ({getattr(error, 'problem', None) or error})",
            'Write each entry as "key: value"; put a value that contains a colon or begins with a sign in quotes',
        )
        return None


@dataclass(frozen=True, kw_only=True)
class _Harm:
    line: int
    problem: str
    remedy: str
    final: bool = True
    """True if reading stops here."""
    doubtful: bool = False
    """True if it may be meant as it is."""


def _harms(text: str, kind: Any) -> Iterator[_Harm]:
    """Yield everything that must not be loaded, or whose end would be cut off."""
    yield from _remarks(text, kind)
    depth = 0
    for event in yaml.parse(text, kind):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield _Harm(
                line=line,
                problem="YAML aliases (& and *) aren't used here",
                remedy="Write the value out, or put it in quotes",
            )
        elif getattr(event, "tag", None):
            yield _Harm(
                line=line, problem="YAML tags (!) aren't used here", remedy="Remove the tag, or put the value in quotes"
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            yield _Harm(
                line=line,
                problem=f"brackets are nested more than {DEPTH} deep",
                remedy="Keep to simple values and lists",
            )


_BLOCKS = (yaml.BlockEntryToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken)


def _remarks(text: str, kind: Any) -> Iterator[_Harm]:
    """Yield comments that could be meant as a value or as its end."""
    if "#" not in text:
        return
    lines = text.split("\n")
    last: Any = None
    for token in yaml.scan(text, kind):
        if last is not None:
            yield from _behind(last, token, lines)
        if token.end_mark.index > token.start_mark.index:
            last = token
        elif isinstance(token, _BLOCKS):
            # it has no width: only the next token matters
            last = None


def _behind(token: Any, following: Any, lines: Sequence[str]) -> Iterator[_Harm]:
    """Yield the comment after one part of an entry, on its line or indented on the next."""
    plain = isinstance(token, yaml.ScalarToken) and not token.style
    if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
        line, column = token.start_mark.line, token.start_mark.column + 1
    else:
        line, column = token.end_mark.line, token.end_mark.column
    before, rest = lines[line][:column], lines[line][column:]
    found = _REMARK.search(rest) if token.end_mark.line > line else _REMARK.match(rest)
    opens = isinstance(token, yaml.ValueToken) and isinstance(following, _BLOCKS)
    if found:
        if not (opens and _doubtful(found[1])):
            yield _cut(line, before, token, found[1], doubtful=opens)
        return
    below = lines[line + 1] if line + 1 < len(lines) else ""
    words = below.strip()
    set_in = len(below) - len(below.lstrip()) > len(before) - len(before.lstrip())
    takes_more = plain or (isinstance(token, yaml.ValueToken) and not opens)
    if takes_more and set_in and words.startswith("#") and not words.startswith("#-") and not rest.strip():
        yield _cut(line + 1, before, token, words)


def _doubtful(remark: str) -> bool:
    """Return True for "# like this", which is more often a comment than the end of a sentence."""
    return remark.startswith(("# ", "##")) or remark == "#"


def _cut(line: int, before: str, token: Any, remark: str, *, doubtful: bool = False) -> _Harm:
    """Return the problem of one comment: after a text it cuts its end off, elsewhere it stands in place of a value."""
    problem = f'" {_short(remark)}" is no value, since YAML takes a # behind a space for a remark'
    whole = remark
    if isinstance(token, yaml.ScalarToken):
        whole = f"{token.value} {remark}" if (token.style or "") not in {"|", ">"} else remark
        cut = token.value if (token.style or "") not in {"|", ">"} else before.strip()
        problem = f'"{_short(cut)}" ends before " {_short(remark)}", since YAML takes a # behind a space for a remark'
    elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
        problem = (
            f'"{_short(before.strip())}" ends before " {_short(remark)}", '
            "since YAML takes a # behind a space for a remark"
        )
    return _Harm(
        line=line,
        problem=problem,
        remedy=f"""Put the whole value in quotes, as "{_short(whole)}"; a remark gets a line of its own""",
        final=False,
        doubtful=doubtful or _doubtful(remark),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _read(text: str, kind: Any) -> tuple[Any, Any]:
    """Return the document's node, which has the lines of its keys, and its values."""
    loader = kind(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def _mapping(node: Any, values: Any, first_line: int, reporter: ProblemReporter) -> Entries | None:
    if values is None:
        return EMPTY
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        reporter.problem(first_line, "this should be a list of entries", 'Write each entry as "key: value"')
        return None
    return _entries(node, values, first_line, reporter)


def _entries(node: Any, values: dict[str, Any], first_line: int, reporter: ProblemReporter) -> Entries:
    lines: dict[str, int] = {}
    below: dict[str, Entries] = {}
    for key, value in node.value:
        name, line = str(key.value), first_line + key.start_mark.line
        if name in lines:
            reporter.problem(line, f'the key "{name}" stands here twice', "Keep one of them")
        lines.setdefault(name, line)
        if isinstance(value, yaml.MappingNode) and isinstance(values.get(name), dict):
            below[name] = _entries(value, values[name], first_line, reporter)
    return Entries({str(key): value for key, value in values.items()}, lines, below)
