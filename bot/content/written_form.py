"""A lesson or a term as the fields of a dialog, and back as its file. Pure, and nothing is lost on the way.

What has no field of its own stays: other entries, another way to ask, further wordings, a prompt.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.content import Kind
from bot.domain.written import CHOICES, FormField

_PLAIN_VALUE = re.compile(r"[A-Za-z0-9À-ÿ][^:#\[\]{}\"'`|>&*!%@]*")
_KEY = re.compile(r"([a-z_]+)\s*:(.*)")
_HEADING = re.compile(r"##(?!#)\s*(.*)")
_QUESTION = re.compile(r"question\s*:\s*([a-z0-9-]+)\s*", re.IGNORECASE)
_CHOICE = re.compile(r"[-*]\s+\[([ xX])\]\s+(.*)")
_REASON = re.compile(r"\s+>\s?(.*)")


_ENTRIES = {
    Kind.LESSON: {"title": FormField.TITLE, "sources": FormField.SOURCES, "review_by": FormField.REVIEW_BY},
    Kind.TERM: {
        "term": FormField.TITLE,
        "stands_for": FormField.STANDS_FOR,
        "aliases": FormField.ALIASES,
        "heard": FormField.HEARD,
        "use_when": FormField.USE_WHEN,
        "avoid_when": FormField.AVOID_WHEN,
        "sources": FormField.SOURCES,
        "review_by": FormField.REVIEW_BY,
    },
}
"""The entries that have a field of their own."""
_LISTS = {FormField.ALIASES: (re.compile(r"[;,\n]"), ", "), FormField.SOURCES: (re.compile(r"\n"), "\n")}
"""The fields that are lists: what parts their values as they are typed, and as they are shown."""


@dataclass(frozen=True, kw_only=True)
class WrittenForm:
    """A lesson or a term as what stands in the fields of its dialog."""

    kind: Kind
    fields: Mapping[FormField, str]
    """Only what is filled in."""
    entries: Sequence[str] = ()
    """The lines of the entries that have no field."""
    question_id: str = ""
    further: Mapping[FormField, str] = field(default_factory=dict)
    """One more wording of the question, as what stands in the fields of a dialog of its own."""


@dataclass(frozen=True)
class Composed:
    """A file, and the field that each of its lines came from."""

    text: str
    field_of: Mapping[int, FormField]
    """By line, from 1. What stands on no line of a field belongs to the title."""


@dataclass
class _Writer:
    lines: list[str] = field(default_factory=list)
    field_of: dict[int, FormField] = field(default_factory=dict)

    def add(self, text: str, of: FormField | None = None) -> None:
        for line in text.split("\n"):
            self.lines.append(line)
            if of is not None:
                self.field_of[len(self.lines)] = of


def compose(form: WrittenForm, item_id: str) -> Composed:
    """Return a form as the file that it stands for."""
    out, given = _Writer(), form.fields
    out.add(f"---\nid: {item_id}")
    for key, of in _ENTRIES[form.kind].items():
        if given.get(of):
            out.add(f"{key}: {_listed(given[of], of) if of in _LISTS else quoted(given[of])}", of)
    for line in form.entries:
        out.add(line)
    out.add("---")
    out.add(given.get(FormField.TEXT, "").strip("\n"), FormField.TEXT)
    if any(given.get(of) for pair in CHOICES for of in pair) or given.get(FormField.STEM):
        _question(out, given, form.question_id or f"{item_id}-1")
    if given.get(FormField.MORE):
        out.add("")
        out.add(given[FormField.MORE].strip("\n"), FormField.MORE)
    if form.further:
        # its dialog has no other fields, and what the others have was sound before
        out.field_of.clear()
        _question(out, form.further, _free_id("\n".join(out.lines), item_id))
    return Composed("\n".join(out.lines) + "\n", out.field_of)


def _free_id(text: str, item_id: str) -> str:
    """Return an id for one more wording in a file."""
    taken = set(re.findall(r"^##[^:\n]*:\s*([a-z0-9-]+)", text, re.MULTILINE))
    return next(f"{item_id}-{n}" for n in range(2, len(taken) + 3) if f"{item_id}-{n}" not in taken)


def _question(out: _Writer, given: Mapping[FormField, str], question_id: str) -> None:
    out.add("")
    out.add(f"## Question: {question_id}", FormField.STEM)
    out.add(given.get(FormField.STEM, "").strip("\n"), FormField.STEM)
    out.add("")
    for choice, reason in CHOICES:
        said, why = given.get(choice, ""), given.get(reason, "")
        if not said and not why:
            continue
        out.add(f"- [{'x' if choice is FormField.RIGHT else ' '}] {' '.join(said.split())}", choice)
        for line in why.strip("\n").split("\n"):
            out.add(f"  > {line}" if line.strip() else "  >", reason)


def quoted(value: str) -> str:
    """Return a value as an entry that is read as it was typed."""
    value = " ".join(value.split())
    return value if _PLAIN_VALUE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _listed(value: str, of: FormField) -> str:
    names = [" ".join(name.split()) for name in _LISTS[of][0].split(value) if name.strip()]
    return f"[{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"


def take(text: str) -> WrittenForm | None:
    """Return a file as a form: a term if it has the entry `term`; None for a text that doesn't begin with entries."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n ").split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if lines[0].strip() != "---" or end is None:
        return None
    entries = _entries(lines[1:end])
    kind = Kind.TERM if any(key == "term" for key, _ in entries) else Kind.LESSON
    fields: dict[FormField, str] = {}
    kept: list[str] = []
    for key, written in entries:
        of = _ENTRIES[kind].get(key)
        value = _value(written, _LISTS[of][1] if of in _LISTS else "") if of is not None else None
        if of is not None and value is not None:
            fields[of] = value
        elif key != "id":
            kept += written
    below = lines[end + 1 :]
    starts = [n for n, line in enumerate(below) if _HEADING.match(line)]
    first = starts[0] if starts else len(below)
    fields[FormField.TEXT] = "\n".join(below[:first]).strip("\n")
    question_id, asked = _asked(below[first : starts[1] if len(starts) > 1 else len(below)])
    rest = below[first:] if asked is None else below[starts[1] if len(starts) > 1 else len(below) :]
    fields |= asked or {}
    fields[FormField.MORE] = "\n".join(rest).strip("\n")
    filled = {of: value for of, value in fields.items() if value}
    return WrittenForm(kind=kind, fields=filled, entries=tuple(kept), question_id=question_id)


def _entries(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return each entry with its lines; a line that begins none belongs to the one before."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        key = _KEY.match(line)
        if key:
            found.append((key[1], [line]))
        elif found:
            found[-1][1].append(line)
        else:
            found.append(("", [line]))
    return found


def _value(lines: Sequence[str], joined: str) -> str | None:
    """Return an entry's value as it is typed into a field; None if it is written in a way that no field has.

    joined: what stands between the values of a list; "" for a field that is none.
    """
    written = _KEY.match(lines[0])
    value = written[2].strip() if written else ""
    if len(lines) > 1 and any(line.strip() for line in lines[1:]):
        return None
    if joined:
        if not (value.startswith("[") and value.endswith("]")):
            return None
        return joined.join(_unquoted(name) or "" for name in re.findall(r'"(?:[^"\\]|\\.)*"|[^,\[\]]+', value[1:-1])
                           if name.strip())  # fmt: skip
    return _unquoted(value)


def _unquoted(value: str) -> str | None:
    value = value.strip()
    if value[:1] == '"':
        try:
            said = json.loads(value)
        except ValueError:
            return None
        return said if isinstance(said, str) else None
    if value[:1] == "'":
        return value[1:-1].replace("''", "'") if len(value) > 1 and value.endswith("'") else None
    return value if " #" not in value else None


def _asked(lines: Sequence[str]) -> tuple[str, dict[FormField, str] | None]:
    """Return a question's id and fields; None for these if it is asked in a way that the dialog has no fields for."""
    heading = _HEADING.match(lines[0]) if lines else None
    named = _QUESTION.fullmatch(heading[1].strip()) if heading else None
    if named is None:
        return "", None
    found = _choices(lines[1:])
    right = [choice for choice in found[1] if choice.right] if found else []
    if found is None or len(right) != 1 or not 1 < len(found[1]) <= len(CHOICES):
        return "", None
    fields = {FormField.STEM: found[0]}
    ordered = [*right, *(choice for choice in found[1] if not choice.right)]
    for (choice, reason), each in zip(CHOICES, ordered, strict=False):
        fields[choice], fields[reason] = each.text, "\n".join(each.reason)
    return named[1], fields


@dataclass
class _Choice:
    right: bool
    text: str
    reason: list[str] = field(default_factory=list)


def _choices(lines: Sequence[str]) -> tuple[str, list[_Choice]] | None:
    """Return the question and its choices; None where anything else stands among them."""
    stem: list[str] = []
    found: list[_Choice] = []
    for line in lines:
        choice, reason = _CHOICE.fullmatch(line.rstrip()), _REASON.fullmatch(line.rstrip())
        if choice:
            found.append(_Choice(choice[1] in "xX", choice[2]))
        elif found and reason:
            found[-1].reason.append(reason[1])
        elif not found:
            stem.append(line)
        elif line.strip():
            return None
    return "\n".join(stem).strip("\n"), found


def slug(title: str) -> str:
    """Return an id for a title: the letters a to z, digits and hyphens; "" where it has none of these."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", letters.replace("'", ""))
    return "-".join(words)[:60].strip("-")
