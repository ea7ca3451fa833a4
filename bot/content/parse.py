"""The parser of one file into a lesson, a term or a track. Pure: text in, a value and problems out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content.front_matter import Keys
from bot.content.markdown import BLOCKS
from bot.content.problem import ProblemReporter
from bot.content.prompt_section import has_prompt, take_prompt
from bot.content.question_section import body_and_questions
from bot.content.sources import PARTED, SHAPE, Sources, described
from bot.content.templates import TO_DO
from bot.content.visible_markup import in_plain_text
from bot.content.yaml_reader import read_mapping
from bot.domain.content import Change, Lesson, Source, Term, Track
from bot.domain.questions import AnyQuestion

MOST_OF_SUMMARY = 300
MOST_OF_CHANGE = 150
CHANGED = "The button is called Share now."
FIRST = "first"
"""The value of `ask` for a question before the text."""
Missing = tuple[str, str]


@dataclass(frozen=True)
class Parts:
    """A file in parts: its keys, its text, and the line on which the text begins."""

    keys: Keys
    text: str
    first_line: int


def take_apart(text: str, reporter: ProblemReporter) -> Parts | None:
    """Split a file into front matter and Markdown; None if its front matter can't be read."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if TO_DO in line:
            reporter.problem(number, f"this is still to be written ({TO_DO})", "Write it, and take the mark out")
    if not lines or lines[0].strip() != "---":
        reporter.problem(
            1, "the file doesn't begin with ---", 'Begin with a line "---", then the entries, then another "---"'
        )
        return None
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        reporter.problem(1, "the entries at the top aren't closed", 'Put a line "---" after the last entry')
        return None
    mapping = read_mapping("\n".join(lines[1:end]), 2, reporter)
    if mapping is None:
        return None
    return Parts(Keys(mapping, 1, reporter), "\n".join(lines[end + 1 :]), end + 2)


@dataclass(frozen=True, kw_only=True)
class _Taught:
    """The entries and parts that lessons and terms have in common."""

    body: str
    question: AnyQuestion | None
    further: tuple[AnyQuestion, ...]
    ask_first: bool
    sources: tuple[Source, ...]
    review_by: date | None
    change: Change | None


def _taught(
    parts: Parts,
    text: str,
    reporter: ProblemReporter,
    sources: Sources,
    missing: Missing,
    *,
    may_ask_nothing: bool = False,
) -> _Taught | None:
    """Read what lessons and terms have in common, the last of the entries; report what is wrong with any of them.

    `text`: what stands below the entries, without a prompt. `missing`: the problem and the remedy where there is none.
    `may_ask_nothing`: it needs no question.
    """
    keys = parts.keys
    cited, review_by, ask_first = _sources(keys, sources), keys.day("review_by"), _asks_first(keys)
    change = _change(keys)
    # read by the comparison with what was published before
    keys.texts("replaces", "[old-id]")
    keys.leave_none()
    body, asked = body_and_questions(text, parts.first_line, reporter, may_ask_nothing=may_ask_nothing)
    if not body:
        reporter.problem(parts.first_line, *missing)
    if not (keys.sound and body) or asked is None:
        return None
    return _Taught(
        body=body,
        question=asked[0] if asked else None,
        further=asked[1:],
        ask_first=ask_first,
        sources=cited,
        review_by=review_by,
        change=change,
    )


def parse_lesson(text: str, reporter: ProblemReporter, sources: Sources) -> tuple[Lesson, Keys] | None:
    """Parse a lesson's file."""
    parts = take_apart(text, reporter)
    if parts is None:
        return None
    keys = parts.keys
    lesson_id = keys.slug("id", "why-the-words-matter")
    title = keys.text("title", "Why the words matter", most=120)
    terms = keys.texts("terms", "[handle, mention]")
    missing = "the lesson has no text", "Write 80 to 120 words after the second ---"
    asks = has_prompt(parts.text)
    body, prompt = take_prompt(parts.text, parts.first_line, reporter)
    taught = _taught(parts, body, reporter, sources, missing)
    if taught is None or not lesson_id or (asks and prompt is None):
        return None
    return Lesson(id=lesson_id, title=title, terms=terms, prompt=prompt, **vars(taught)), keys


def parse_term(text: str, reporter: ProblemReporter, sources: Sources) -> tuple[Term, Keys] | None:
    """Parse a jargon entry's file."""
    parts = take_apart(text, reporter)
    if parts is None:
        return None
    keys = parts.keys
    term_id = keys.slug("id", "fomo")
    own: dict[str, Any] = {
        "term": keys.text("term", "FOMO", most=60),
        "aliases": keys.texts("aliases", "[fear of missing out]"),
        "looked_up_as": keys.texts("looked_up_as", "[share]"),
        "in_capitals": keys.texts("in_capitals", "[AVE]"),
        "in_context": keys.texts("in_context", "[boost]"),
        "unless_beside": keys.texts("unless_beside", "[me, you, out]"),
        "unless_near": keys.texts("unless_near", "[loan, mortgage]"),
        "stands_for": keys.text("stands_for", "fear of missing out", required=False, most=120) or None,
        "heard": keys.text("heard", '"We have to be on it, the board has FOMO."', most=300),
        "use_when": keys.text("use_when", "you name the feeling in a plan, so that it can be discussed", most=300),
        "avoid_when": keys.text("avoid_when", "you mean a customer's worry", most=300),
        "related": keys.text("related", "the-fear-of-missing-out", required=False) or None,
    }
    missing = "the term has no meaning", "Say what it means in one or two sentences after the second ---"
    if has_prompt(parts.text):
        reporter.problem(parts.first_line, "a term has no prompt", "Move the prompt to a lesson")
        return None
    taught = _taught(parts, parts.text, reporter, sources, missing, may_ask_nothing=True)
    if taught is None or not term_id:
        return None
    common = vars(taught).copy()
    return Term(id=term_id, meaning=common.pop("body"), **own, **common), keys


def _asks_first(keys: Keys) -> bool:
    """Return True for an item whose question stands before its text."""
    said = keys.text("ask", FIRST, required=False)
    if said and said != FIRST:
        keys.fail("ask", f'"{said}" is no way to ask', f'Write "ask: {FIRST}", or leave the line out')
    return said == FIRST


def _change(keys: Keys) -> Change | None:
    """Return the change that whoever had the item before is told of."""
    day, line = keys.day("changed_on"), keys.text("changed", CHANGED, required=False, most=MOST_OF_CHANGE)
    if day is not None and not line:
        keys.fail("changed_on", "it isn't said what changed", f"Add a line such as: changed: {CHANGED}")
    if line and day is None and keys.sound:
        keys.fail("changed", "it isn't said when it changed", "Add a line such as: changed_on: 2026-11-29")
    return Change(day, line) if day is not None and line else None


@dataclass(frozen=True)
class TrackAddition:
    """Items that a folder adds at the end of a track of a folder before it."""

    id: str
    items: tuple[str, ...]


def parse_track(text: str, reporter: ProblemReporter) -> tuple[Track | TrackAddition, Keys] | None:
    """Parse a track's file, track.md."""
    parts = take_apart(text, reporter)
    if parts is None:
        return None
    keys = parts.keys
    track_id = keys.slug("id", "speak-the-language")
    if added := keys.texts("adds", "[our-own-lesson]"):
        keys.leave_none()
        if parts.text.strip():
            reporter.problem(
                parts.first_line, "a file that adds to a track has no summary", "Take it out: the track has its own"
            )
        return (TrackAddition(track_id, added), keys) if keys.sound and track_id else None
    title = keys.text("title", "Speak the language", most=80)
    is_open = keys.yes("open")
    items = keys.texts("items", "[why-the-words-matter, fomo]", required=True)
    following = keys.texts("next", "[the-landscape]")
    keys.leave_none()
    for item in sorted({i for i in items if items.count(i) > 1}):
        keys.fail("items", f'"{item}" stands in the list twice', "Keep one of them")
    summary = _summary(parts, reporter)
    if not (keys.sound and track_id and summary):
        return None
    return Track(id=track_id, title=title, summary=summary, items=items, open=is_open, next=following), keys


def _summary(parts: Parts, reporter: ProblemReporter) -> str:
    """Return the sentence below the entries, which Slack shows literally."""
    line = parts.first_line
    summary = " ".join(parts.text.split())
    if not summary:
        reporter.problem(
            line, "the track has no summary", "Say in one sentence after the second --- what it is good for"
        )
    if len(summary) > MOST_OF_SUMMARY:
        reporter.problem(
            line, f"the summary has {len(summary)} characters, {MOST_OF_SUMMARY} is the most", "Shorten it"
        )
    for token in BLOCKS.parse(parts.text):
        if token.level == 0 and token.type not in {"paragraph_open", "paragraph_close", "inline"} and token.map:
            reporter.problem(
                line + token.map[0], "the summary is more than a sentence", "Keep to plain sentences, without a list"
            )
    for what in in_plain_text(summary):
        reporter.warn(line, f"the summary is shown as it is written, with {what}", "Take the signs out")
    return summary


MOST_SOURCES = 10
"""Their line below the text stays short."""


def _sources(keys: Keys, known: Sources) -> tuple[Source, ...]:
    cited = keys.texts("sources", "[pew-2025]")
    found: list[Source] = []
    if len(cited) > MOST_SOURCES:
        keys.fail(
            "sources", f"there are {len(cited)} sources, {MOST_SOURCES} is the most", "Keep what the claims hang on"
        )
    for each in cited:
        if PARTED in each:
            source = described(each)
            if isinstance(source, str):
                keys.fail("sources", source, f"Write {SHAPE}")
            else:
                found.append(source)
        elif known.unknown([each]):
            remedy = f"Name one of sources.yaml, or write {SHAPE}"
            keys.fail("sources", f'there is no source "{each}"', remedy)
        else:
            found += known.cited([each])
    return tuple(found)
