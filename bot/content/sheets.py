"""A reader's sheet as Markdown and CSV, to be filled in by a colleague and read again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.blind_reading import How, Mode, Sheet, SheetQuestion
from bot.domain.questions import LETTERS

ABOUT = re.compile(r"<!-- sheet (?P<track>[a-z0-9-]+) (?P<mode>[a-z-]+) (?P<seed>-?[0-9]+) -->")
NAME = re.compile(r"(?P<track>[a-z0-9-]+) (?P<mode>[a-z-]+) (?P<seed>-?[0-9]+) (?P<code>[0-9a-f]+)")
_CODE = re.compile(r"<!-- (?P<code>[0-9a-f]{10}) -->")
_ANSWER = re.compile(r"\**answer\**:\**(?P<said>.*)", re.IGNORECASE)
_HOW = re.compile(r"\**how\**[^:]*:\**(?P<said>.*)", re.IGNORECASE)
HOW_TO = (
    "Answer every question, also where you have to guess: choices with a letter (several letters where several are "
    "right), other questions with a word or a number. Then say how you came to it: *knew* (from your work or your "
    "reading), *reasoned* (it follows from something here), or *hunch* (nothing says so, it feels right). Don't look "
    "anything up."
)
UNSEEN = {
    Mode.CHOICES: "You see neither the questions nor their texts: say which choice you'd take to be the right one.",
    Mode.BLIND: "You see the questions without their texts.",
    Mode.AFTER: "Read the texts first, close them, and then answer.",
}


@dataclass(frozen=True)
class SheetName:
    """The track of a sheet, its mode and its seed."""

    track_id: str
    mode: Mode
    seed: int


@dataclass(frozen=True)
class Line:
    """An answer of a sheet that came back."""

    code: str
    answer: str
    how: How | None


class UnreadableSheetError(ValueError):
    """A file that is no sheet, or one that was damaged. The message says what is wrong with it."""


def as_markdown(sheet: Sheet, title: str) -> str:
    """Return a sheet to be filled in with any text editor. `title`: of the track."""
    lines = [
        f"# {title}: {len(sheet.questions)} questions",
        f"<!-- sheet {sheet.track_id} {sheet.mode} {sheet.seed} -->",
        "",
        f"{UNSEEN[sheet.mode]} {HOW_TO}",
        "",
    ]
    for number, asked in enumerate(sheet.questions, 1):
        lines += [f"## {number}", f"<!-- {asked.code} -->"]
        if sheet.mode is not Mode.CHOICES:
            lines += [f"*{asked.title}*", "", asked.question.stem, ""]
        lines += [f"- {letter}. {text}" for letter, text in asked.letters]
        lines += ["", "Answer: ", "How (knew, reasoned, hunch): ", ""]
    return "\n".join(lines)


def as_csv(sheet: Sheet) -> str:
    """Return a sheet to be filled in with a spreadsheet."""
    most = max((len(asked.letters) for asked in sheet.questions), default=0)
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    seen = [] if sheet.mode is Mode.CHOICES else ["title", "question"]
    rows.writerow(["number", *seen, *LETTERS[:most], "answer", "how", "sheet"])
    for number, asked in enumerate(sheet.questions, 1):
        choices = [text for _, text in asked.letters]
        told = [] if sheet.mode is Mode.CHOICES else [asked.title, asked.question.stem]
        name = f"{sheet.track_id} {sheet.mode} {sheet.seed} {asked.code}"
        rows.writerow([number, *told, *choices, *[""] * (most - len(choices)), "", "", name])
    return out.getvalue()


def read_sheet(text: str) -> tuple[SheetName, list[Line]]:
    """Return what a sheet is of, and what was filled in.

    Raises:
        UnreadableSheetError: it is no sheet of either form.
    """
    text = text.lstrip("\ufeff")
    about = ABOUT.search(text)
    if about is not None:
        return _name(about), list(_markdown_lines(text))
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    names = [NAME.fullmatch((row.get("sheet") or "").strip()) for row in rows]
    first = next((name for name in names if name is not None), None)
    if first is None:
        raise UnreadableSheetError("it is no sheet that `missinglink lessons blind` wrote")
    return _name(first), [_csv_line(name["code"], row) for name, row in zip(names, rows, strict=True) if name]


def _separator(text: str) -> str:
    """Return what parts the columns: spreadsheets of many countries write semicolons."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _name(found: re.Match[str]) -> SheetName:
    try:
        return SheetName(found["track"], Mode(found["mode"]), int(found["seed"]))
    except ValueError as error:
        raise UnreadableSheetError(f'there is no sheet of the kind "{found["mode"]}"') from error


def _csv_line(code: str, row: Mapping[str, str | None]) -> Line:
    return Line(code, (row.get("answer") or "").strip(), _how(row.get("how") or ""))


def _markdown_lines(text: str) -> Iterator[Line]:
    code, answer, how = "", "", ""
    for line in [*text.splitlines(), "## end"]:
        if line.startswith("## "):
            if code:
                yield Line(code, answer, _how(how))
            code, answer, how = "", "", ""
        elif found := _CODE.fullmatch(line.strip()):
            code = found["code"]
        elif found := _ANSWER.fullmatch(line.strip()):
            answer = found["said"].strip()
        elif found := _HOW.fullmatch(line.strip()):
            how = found["said"].strip()


def _how(said: str) -> How | None:
    """Return the word that was written, or its first letter; None for nothing, or for several."""
    words = set(re.findall("[a-z]+", said.casefold()))
    meant = {how for how in How if how.value in words or how.value[0] in words}
    return meant.pop() if len(meant) == 1 else None


def found_in(sheet: Sheet, code: str) -> SheetQuestion | None:
    """Return the question that a code names; None where its words have changed since."""
    return next((asked for asked in sheet.questions if asked.code == code), None)
