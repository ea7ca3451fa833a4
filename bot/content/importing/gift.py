"""Moodle's GIFT: https://docs.moodle.org/en/GIFT_format.

Read by hand: the parsers there are were last released years ago, and lose lines, weights and text formats.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from bot.content.importing import Imported, ImportedItem, ImportedQuestion, as_files, literal, title_of
from bot.content.problem import Findings, ProblemReporter
from bot.domain.questions.number import GIVE_OR_TAKE
from bot.domain.questions.written import ANYTHING_ELSE

_CATEGORY = re.compile(r"\$CATEGORY\s*:\s*(.*)")
_COURSE = re.compile(r"^(\$\w+\$|top)$")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_ESCAPED = {"~": "\ue001", "=": "\ue002", "#": "\ue003", "{": "\ue004", "}": "\ue005", ":": "\ue006", "\\": "\ue007",
            "n": "\ue008", "%": "\ue009", "-": "\ue00a", ">": "\ue00b"}  # fmt: skip
"""Signs behind a backslash, as signs of Unicode's private use area while the text is taken apart."""
_BACK = {held: "\n" if sign == "n" else sign for sign, held in _ESCAPED.items()}
_ANSWER = re.compile(r"([=~])((?:[^=~])*)")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUE_FALSE = {"t": True, "true": True, "f": False, "false": False}
_GAP = "_____"
HUNDRED = Decimal(100)
TOLERANT = Decimal("0.5")
"""Weights that add up to 100 within this are whole: thirds are written as 33.333."""


def read_gift(text: str, name: str, track: str) -> Imported:
    """Return what a GIFT file has. `name`: how its author knows it; `track`: the title where it names no category."""
    findings = Findings()
    reporter = findings.reporter(name)
    items: list[ImportedItem] = []
    category, told = "", ""
    for line, block in _blocks(text):
        if named := _CATEGORY.fullmatch(block.strip()):
            parts = [part for part in re.split(r"(?<!/)/(?!/)", named[1].strip()) if not _COURSE.match(part)]
            category = parts[-1].replace("//", "/") if parts else ""
            continue
        read = _Question(line, reporter)
        question = read.read(block)
        if question is None:
            told = read.description or told
            continue
        title = read.title or title_of(question.stem)
        items.append(ImportedItem(title=title, text=told, questions=[question], tracks=(category,) if category else ()))
        told = ""
    if told:
        reporter.problem(line, "the text at the end has no question below it", "Add it to a lesson by hand")
    if not items and not findings.problems:
        reporter.problem(1, "there is no question in this file", "Is it GIFT? A question has its answers in { }")
    return as_files(items, track, findings)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each question with the line on which it begins: they are parted by empty lines, outside of braces."""
    text = re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[0]), text.lstrip("\ufeff"))
    found: list[str] = []
    begins = 1
    for number, line in enumerate([*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        together = "\n".join(found)
        inside = together.count("{") > together.count("}")
        alone = _CATEGORY.fullmatch(line.strip())
        if (not line.strip() and not inside) or alone:
            if found:
                yield begins, together
            found = []
        if alone:
            yield number, line
        elif line.strip() or inside:
            begins = begins if found else number
            found.append(line)
    if found:
        yield begins, "\n".join(found)


@dataclass(frozen=True)
class _Answer:
    """One of a question's answers. `weight`: per cent of the mark, None where none is written."""

    right: bool
    weight: Decimal | None
    text: str
    feedback: str


class _Question:
    """A question being read. `title` and `description` are what else was found."""

    def __init__(self, line: int, reporter: ProblemReporter) -> None:
        self._line, self._reporter = line, reporter
        self.title = self.description = ""
        self._format = ""

    def _lost(self, problem: str, remedy: str) -> None:
        self._reporter.problem(self._line, problem, remedy)

    def read(self, block: str) -> ImportedQuestion | None:
        """Return the question; None for a description, and for one that can't be carried over, which is reported."""
        rest = block.strip()
        if rest.startswith("::"):
            name, _, rest = rest[2:].partition("::")
            self.title = self._plain(name)
        if marked := _FORMAT.match(rest):
            self._format, rest = marked[1].lower(), rest[marked.end() :]
        before, brace, behind = rest.partition("{")
        inside, closed, after = behind.partition("}")
        if not brace:
            self.description = self._text(rest)
            return None
        if not closed:
            self._lost("the answers aren't closed", "Put a } behind the last one")
            return None
        stem = self._text(f"{before.rstrip()} {_GAP}{after}" if after.strip() else before)
        answers, _, general = inside.partition("####")
        if general.strip():
            what = "the feedback for every answer has no place in a question"
            self._lost(what, "Work it into the lesson's text")
        return self._asked(stem, answers.strip())

    def _asked(self, stem: str, inside: str) -> ImportedQuestion | None:
        if not stem:
            self._lost("the question has no words", "Write what is asked before the {")
            return None
        if not inside:
            self._lost("an essay is graded by a person, and no lesson's question is", "Ask for a choice instead")
            return None
        word, *feedback = inside.split("#")
        if word.strip().lower() in _TRUE_FALSE:
            return self._true_or_false(stem, _TRUE_FALSE[word.strip().lower()], feedback)
        if inside.startswith("#"):
            return self._number(stem, inside[1:])
        answers = self._answers(inside)
        if not answers:
            self._lost("the braces have no answers in them", "Begin a right one with =, a wrong one with ~")
            return None
        if any("->" in answer.text for answer in answers):
            self._lost("matching pairs can't be asked in a message", "Ask for one of the pairs, with choices")
            return None
        if all(answer.right for answer in answers):
            return self._typed(stem, answers)
        return self._choices(stem, answers)

    def _answers(self, inside: str) -> list[_Answer]:
        found = []
        for sign, written in _ANSWER.findall(inside):
            weight = _WEIGHT.match(written)
            text, _, feedback = written[weight.end() if weight else 0 :].partition("#")
            percent = Decimal(weight[1]) if weight else None
            found.append(_Answer(sign == "=", percent, self._text(text), self._text(feedback)))
        return [answer for answer in found if answer.text]

    def _true_or_false(self, stem: str, true: bool, feedback: Sequence[str]) -> ImportedQuestion:
        wrong, right = (*(self._text(each) for each in feedback[:2]), "", "")[:2]
        choices = (("True", true, right if true else wrong), ("False", not true, wrong if true else right))
        return ImportedQuestion(stem=stem, heading="true or false", choices=choices)

    def _choices(self, stem: str, answers: Sequence[_Answer]) -> ImportedQuestion | None:
        rights = [answer for answer in answers if answer.right]
        paid = [answer for answer in answers if not answer.right and answer.weight is not None and answer.weight > 0]
        if len(rights) == 1:
            if paid:
                self._lost(f"part of the mark for “{paid[0].text}” can't be carried over", "It is a wrong choice here")
            return ImportedQuestion(stem=stem, choices=[(a.text, a.right, a.feedback) for a in answers])
        if not rights and paid:
            return self._several(stem, answers, paid)
        if rights:
            what = f"{len(rights)} choices are right, each for the whole mark, and a lesson's question has one"
            self._lost(what, "Keep one of them, or ask for several right")
        else:
            self._lost("no choice is right", "Begin the right one with =")
        return None

    def _several(self, stem: str, answers: Sequence[_Answer], paid: Sequence[_Answer]) -> ImportedQuestion | None:
        if len(paid) == 1:
            return ImportedQuestion(stem=stem, choices=[(a.text, a is paid[0], a.feedback) for a in answers])
        if len(paid) == len(answers):
            self._lost("every choice is right", "Add one that is wrong")
            return None
        whole = sum((answer.weight or Decimal(0) for answer in paid), Decimal(0))
        if abs(whole - HUNDRED) > TOLERANT:
            self._lost(f"the right choices' marks come to {whole} %", "Here all of them must be ticked, and no other")
        choices = [(a.text, a in paid, a.feedback) for a in answers]
        return ImportedQuestion(stem=stem, heading="several right", choices=choices)

    def _typed(self, stem: str, answers: Sequence[_Answer]) -> ImportedQuestion:
        full = [answer for answer in answers if answer.weight is None or answer.weight >= HUNDRED]
        for answer in answers:
            if answer not in full:
                self._lost(f"part of the mark for “{answer.text}” can't be carried over", "Add it as an answer, or not")
        accepted = "; ".join(answer.text for answer in full or answers)
        feedback = next((answer.feedback for answer in full if answer.feedback), "")
        return ImportedQuestion(
            stem=stem, heading="typed", choices=((accepted, True, feedback), (ANYTHING_ELSE, False, ""))
        )

    def _number(self, stem: str, inside: str) -> ImportedQuestion | None:
        answers = self._answers(inside) if "=" in inside else [self._alone(inside)]
        full = [answer for answer in answers if answer.weight is None or answer.weight >= HUNDRED]
        if len(full) != 1 or len(answers) > 1:
            what = f"of {len(answers)} numbers only the one for the whole mark is carried over"
            self._lost(what, "A number has one value and one tolerance here")
        value = _amount(full[0].text) if full else None
        if value is None:
            self._lost("the number can't be read", "Write it as 1822, 1822:5 or 1820..1825")
            return None
        return ImportedQuestion(
            stem=stem, heading="number", choices=((value, True, full[0].feedback), (ANYTHING_ELSE, False, ""))
        )

    def _alone(self, inside: str) -> _Answer:
        text, _, feedback = inside.partition("#")
        return _Answer(True, None, text.strip(), self._text(feedback))

    def _text(self, text: str) -> str:
        """Return a part of a question as Markdown."""
        form = self._format
        if marked := _FORMAT.match(text):
            form, text = marked[1].lower(), text[marked.end() :]
        text = "".join(_BACK.get(sign, sign) for sign in text).strip()
        if form == "markdown":
            return text
        if form in {"html", "moodle", ""} and re.search(r"</?[a-z][^>]*>|&[a-z#0-9]+;", text, re.IGNORECASE):
            return self._without_tags(text)
        return literal(text)

    def _without_tags(self, text: str) -> str:
        reader = _Tags()
        reader.feed(text)
        reader.close()
        for lost in dict.fromkeys(reader.lost):
            self._lost(f"{lost} can't be carried over", "Say in words what it shows")
        return literal(re.sub(r"\n{3,}", "\n\n", "".join(reader.said)).strip())

    def _plain(self, text: str) -> str:
        text = "".join(_BACK.get(sign, sign) for sign in text)
        return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text)).split())


def _amount(text: str) -> str | None:
    """Return a value with its tolerance, or a range, as a lesson's file writes it; None if it is none."""
    text = text.replace(" ", "")
    low, dots, high = text.partition("..")
    value, _, tolerance = text.partition(":")
    try:
        if dots:
            ends = Decimal(low), Decimal(high)
            middle, half = (ends[0] + ends[1]) / 2, abs(ends[1] - ends[0]) / 2
        else:
            middle, half = Decimal(value), Decimal(tolerance or "0")
    except InvalidOperation:
        return None
    if not (middle.is_finite() and half.is_finite()):
        return None
    return f"{middle.normalize():f}" + (f", {GIVE_OR_TAKE} {half.normalize():f}" if half else "")


_LOST = {
    "img": "a picture",
    "video": "a film",
    "audio": "a recording",
    "table": "a table",
    "iframe": "a page inside",
    "object": "a page inside",
}


class _Tags(HTMLParser):
    """A reader of HTML that keeps its words and paragraphs."""

    PARTS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "pre"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.lost: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's
        if tag in _LOST:
            self.lost.append(_LOST[tag])
        if tag in self.PARTS:
            self.said.append("\n" if tag in {"br", "li", "tr"} else "\n\n")

    def handle_data(self, data: str) -> None:
        self.said.append(data)
