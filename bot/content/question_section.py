"""The sections of a file that ask its question, one for each wording. Everything in them is either shown in its place
or reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bot.content import questions
from bot.content.front_matter import is_slug
from bot.content.markdown import BLOCKS, can_show, shown_words
from bot.content.problem import ProblemReporter, did_you_mean
from bot.domain.questions import KINDS, AnyQuestion, Choice
from bot.domain.questions.one_right import OneRight

EXAMPLE = "## Question: which-reply"
ABOVE = "Move it above the question, or into the reason of a choice"


def body_and_questions(
    text: str, first_line: int, reporter: ProblemReporter, *, may_ask_nothing: bool
) -> tuple[str, tuple[AnyQuestion, ...] | None]:
    """Return the text, and the wordings of the question below it; None for these where one isn't valid. Problems are
    reported.
    """
    lines = text.split("\n")
    headings = [
        (line, words) for line, words in headings_of(BLOCKS.parse(text)) if words.lower().startswith("question")
    ]
    if not headings:
        can_show(text, first_line, reporter)
        if may_ask_nothing:
            return text.strip() if shown_words(text) else "", ()
        reporter.problem(first_line, "there is no question", f'Add a heading such as "{EXAMPLE}", then the question')
        return text.strip(), None
    body = "\n".join(lines[: headings[0][0]])
    can_show(body, first_line, reporter)
    ends = [*(line for line, _ in headings), len(lines)]
    read = [
        _question(words, lines[start:end], first_line + start, reporter)
        for (start, end), (_, words) in zip(pairwise(ends), headings, strict=True)
    ]
    made = [question for question in read if question is not None]
    _apart(made, [first_line + line for line, _ in headings], reporter)
    return body.strip() if shown_words(body) else "", tuple(made) if len(made) == len(read) else None


def _question(heading: str, lines: Sequence[str], line: int, reporter: ProblemReporter) -> AnyQuestion | None:
    """Return the question of one section, whose lines begin with its heading."""
    named, _, name = heading.partition(":")
    question_id = name.strip()
    if not is_slug(question_id):
        reporter.problem(line, "the question has no id of its own", f'Write the heading as "{EXAMPLE}"')
    known = questions.kind_and_form(named)
    if known is None:
        wanted = named.casefold().removeprefix("question").strip(" ,")
        remedy = did_you_mean(wanted, questions.names(), f"There are: {', '.join(questions.names())}")
        reporter.problem(line, f'there is no question called "{wanted}"', remedy)
    # the heading's own lines are left empty, so that line numbers count from it
    found = _Section(line, reporter).read("\n".join(["", *_without_heading(lines)]))
    if found is None or known is None or not is_slug(question_id):
        return None
    kind, form = known
    question = KINDS[kind](question_id, *found)
    if isinstance(question, OneRight) and form:
        question = OneRight(question_id, *found, form=form)
    faults = list(questions.faults(question))
    for problem, remedy in faults:
        reporter.problem(line, problem, remedy)
    return None if faults else question


def _apart(found: Sequence[AnyQuestion], lines: Sequence[int], reporter: ProblemReporter) -> None:
    """Report wordings that can't be told apart."""
    for nth, question in enumerate(found):
        for other in found[:nth]:
            if other.id == question.id:
                reporter.problem(
                    lines[nth], f'the id "{question.id}" is taken by another wording here', "Give this one its own"
                )
            elif shown_words(other.stem) == shown_words(question.stem):
                reporter.problem(
                    lines[nth], f'"{question.id}" asks in the same words as "{other.id}"', "Word one of them anew"
                )


def headings_of(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield the headings of parsed Markdown that stand at its top level: the line of each, from 0, and its words."""
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            yield (token.map or [0])[0], tokens[number + 1].content


def _without_heading(lines: Sequence[str]) -> list[str]:
    """Return the lines after the heading, which may be underlined."""
    rest = list(lines[1:])
    underlined = not lines[0].lstrip().startswith("#")
    return ["", *rest[1:]] if underlined else rest


class _Section:
    """The blocks below the heading: paragraphs of the question, then one list of choices."""

    def __init__(self, line: int, reporter: ProblemReporter) -> None:
        self.line, self.reporter, self.sound = line, reporter, True

    def wrong(self, node: SyntaxTreeNode, problem: str, remedy: str) -> None:
        self.sound = False
        self.reporter.problem(self.line + (node.map or (0, 0))[0], problem, remedy)

    def read(self, text: str) -> tuple[str, tuple[Choice, ...]] | None:
        """Return the stem and the choices; None if something is wrong."""
        before = len(self.reporter.findings.problems)
        blocks = SyntaxTreeNode(can_show(text, self.line, self.reporter, choices=True)).children
        lists = [n for n, block in enumerate(blocks) if block.type == "bullet_list"]
        first, last = (lists[0], lists[-1]) if lists else (len(blocks), len(blocks))
        stem: list[str] = []
        choices: list[Choice] = []
        for number, block in enumerate(blocks):
            if block.type == "bullet_list":
                choices += filter(None, map(self._choice, block.children))
            elif number > first:
                self._stray(block, "between the choices" if number < last else "below the choices")
            elif block.type == "paragraph":
                stem.append(_words(block))
            else:
                self._in_the_stem(block)
        if not shown_words("\n\n".join(stem)):
            stem = []
            self.reporter.problem(
                self.line, "the question isn't asked", "Write the question in a paragraph under its heading"
            )
        if not stem or not self.sound or len(self.reporter.findings.problems) > before:
            return None
        return "\n\n".join(stem), tuple(choices)

    def _stray(self, block: SyntaxTreeNode, where: str) -> None:
        match block.type:
            case "paragraph" | "heading":
                named = (
                    f'the heading "{_short(_words(block))}"'
                    if block.type == "heading"
                    else f'"{_short(_words(block))}"'
                )
                self.wrong(block, f"{named} stands {where}, and wouldn't be shown there", ABOVE)
            case "blockquote":
                self.wrong(
                    block,
                    f"a reason stands {where}, and below none of them",
                    'Indent it under its choice by two spaces: "  > why it tempts"',
                )
            case _:
                self._in_the_stem(block)

    def _in_the_stem(self, block: SyntaxTreeNode) -> None:
        match block.type:
            case "ordered_list":
                self.wrong(
                    block, "the choices are numbered", 'Write "- [ ] the choice"; they get letters by themselves'
                )
            case "heading":
                self.wrong(block, f'"{_short(_words(block))}" is a heading in the question', "Write it as a sentence")
            case "blockquote":
                self.wrong(block, "a quotation in the question can't be shown", "Write it in quotation marks")
            case _:
                # `can_show` has reported it already
                self.sound = False

    def _choice(self, item: SyntaxTreeNode) -> Choice | None:
        first, *rest = item.children or [item]
        label = " ".join(_words(first).replace("\\\n", " ").split()) if first.type == "paragraph" else ""
        mark, text = label[:3].lower(), label[3:].strip()
        if mark not in {"[x]", "[ ]"} or not shown_words(text):
            self.wrong(
                item,
                "a choice doesn't begin with [ ] or [x]",
                'Write "- [ ] the choice", and "- [x] ..." for the right one',
            )
            return None
        reasons = [block for block in rest if block.type == "blockquote"]
        for block in rest:
            self._below(block, text, reasons)
        reason = "\n\n".join(_words(part) for part in reasons[0].children) if reasons else ""
        if not shown_words(reason):
            self.wrong(
                item,
                f'the choice "{_short(text)}" has no reason',
                'Write below it, indented: "> why it is right, or why it tempts"',
            )
            return None
        return Choice(text, reason, mark == "[x]")

    def _below(self, block: SyntaxTreeNode, choice: str, reasons: Sequence[SyntaxTreeNode]) -> None:
        """Report blocks that don't belong below a choice, which may have one quotation of paragraphs."""
        if block.type == "blockquote":
            if block is not reasons[0]:
                self.wrong(block, f'the choice "{_short(choice)}" has two reasons', "Put them into one, behind >")
            for part in block.children:
                if part.type != "paragraph":
                    self.wrong(part, f'the reason of "{_short(choice)}" has a list or a quotation in it',
                               "Write it as one or two sentences")  # fmt: skip
        elif block.type == "paragraph":
            self.wrong(
                block,
                f'"{_short(_words(block))}" below the choice "{_short(choice)}" is no reason, and wouldn\'t be shown',
                'Begin its line with ">", or take it out',
            )
        else:
            self.wrong(block, f'the choice "{_short(choice)}" has a list below it', "Write it as its reason, behind >")


def _words(node: SyntaxTreeNode) -> str:
    """Return a paragraph's Markdown on one line, except for its author's line breaks."""
    source = next((child.content for child in node.walk() if child.type == "inline"), "")
    lines = [
        " ".join(line.rstrip("\\").split()) + ("\\" if line.endswith(("  ", "\\")) else "")
        for line in source.split("\n")
    ]
    return "\n".join(lines).replace("\\\n", "\0").replace("\n", " ").replace("\0", "\\\n").strip().removesuffix("\\")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
