"""Lessons, terms, tracks, and the catalogue that holds them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from bot.domain import questions
from bot.domain.jargon_matcher import JargonMatcher, Name
from bot.domain.questions import AnyQuestion
from bot.domain.strategy import Part, Prompt

T = TypeVar("T")
WORDS_A_MINUTE = 238
"""The speed of silent reading of non-fiction in English: Brysbaert 2019, Journal of Memory and Language 109, 104047."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """The source of a claim, as an executive may look it up."""

    id: str
    publisher: str
    title: str
    date: str
    address: str


@dataclass(frozen=True)
class Change:
    """A revision that whoever had the item before is told of, once: the day its author gave it, and what changed."""

    day: date
    line: str


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A minute's reading and a question. `body` is Markdown."""

    id: str
    title: str
    body: str
    question: AnyQuestion
    terms: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    review_by: date | None = None
    further: tuple[AnyQuestion, ...] = ()
    """The question's other wordings."""
    ask_first: bool = False
    """The question stands before the text."""
    change: Change | None = None
    """The latest change worth telling."""
    prompt: Prompt | None = None
    """A question about one's own company, for the strategy page."""

    kind = "lesson"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term that executives come across. `meaning` is Markdown; `related` is the id of a lesson."""

    id: str
    term: str
    meaning: str
    heard: str
    use_when: str
    avoid_when: str
    question: AnyQuestion | None = None
    """None for a term that is only looked up: no track has it, and it never comes back."""
    stands_for: str | None = None
    aliases: tuple[str, ...] = ()
    related: str | None = None
    sources: tuple[Source, ...] = ()
    review_by: date | None = None

    looked_up_as: tuple[str, ...] = ()
    """Names that are everyday words: they find the term in a lookup, but not inside a sentence."""
    in_capitals: tuple[str, ...] = ()
    """Names that mean the term inside a sentence only in capitals, such as AVE."""
    in_context: tuple[str, ...] = ()
    """Names that are everyday words too: inside a sentence they count where the text speaks of the subject anyway."""
    unless_beside: tuple[str, ...] = ()
    """Words that make any of its names an everyday word, right before or after it: *reach me*."""
    unless_near: tuple[str, ...] = ()
    """Words of another trade, in which its names mean something else: *loan* near LTV."""
    further: tuple[AnyQuestion, ...] = ()
    """The question's other wordings."""
    ask_first: bool = False
    """The question stands before the text."""
    change: Change | None = None
    """The latest change worth telling."""

    kind = "term"

    @property
    def title(self) -> str:
        """Return the term itself."""
        return self.term

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that means this term anywhere, however it is written."""
        names = (self.term, *self.aliases, *([self.stands_for] if self.stands_for else []))
        return tuple(name for name in names if name not in (*self.in_capitals, *self.in_context))

    @property
    def every_name(self) -> tuple[str, ...]:
        """Return every name that finds this term in a lookup."""
        return (*self.names, *self.looked_up_as, *self.in_capitals, *self.in_context)


Item = Lesson | Term


class Kind(StrEnum):
    """The kinds of what authors write."""

    TRACK = "track"
    LESSON = "lesson"
    TERM = "term"


@dataclass(frozen=True, kw_only=True)
class Track:
    """Items in order. `open`: learners may start it by themselves."""

    id: str
    title: str
    summary: str
    items: tuple[str, ...]
    open: bool = False
    next: tuple[str, ...] = ()
    """Ids of tracks that could follow. An id that isn't in the catalogue is skipped."""


@dataclass(frozen=True)
class Catalogue:
    """All lessons, terms and tracks of one workspace. Ids are unique across lessons and terms."""

    items: Mapping[str, Item] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return all terms, sorted by id."""
        return tuple(item for _, item in sorted(self.items.items()) if isinstance(item, Term))

    @cached_property
    def matcher(self) -> JargonMatcher:
        """Return the matcher of all names that mean a term anywhere."""
        return JargonMatcher(name for term in self.terms for name in _matched(term))

    @cached_property
    def _derived(self) -> dict[Callable[[Catalogue], Any], Any]:
        return {}

    def derived(self, derive: Callable[[Catalogue], T]) -> T:
        """Return what a function makes of this catalogue. It is called once, since a catalogue never changes."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        made: T = self._derived[derive]
        return made


def _matched(term: Term) -> Iterator[Name]:
    for name in (*term.names, *term.in_capitals, *term.in_context):
        yield Name(
            text=name,
            term_id=term.id,
            in_capitals=name in term.in_capitals,
            everyday=name in term.in_context,
            unless_beside=frozenset(word.casefold() for word in term.unless_beside),
            unless_near=frozenset(word.casefold() for word in term.unless_near),
        )


_MEETING = re.compile(r"^\*\*[^*\n]+(?::\*\*|\*\*:)\s*(\S.*)$", re.MULTILINE)
"""A paragraph that begins with words in bold and a colon, such as *Ask in your next meeting*."""


def meeting_line(item: Item) -> str:
    """Return the line for the next meeting that a lesson gives, as Markdown; "" where it gives none."""
    found = _MEETING.search(item.body) if isinstance(item, Lesson) else None
    return found[1].strip() if found else ""


def prompt_of(item: Item | None) -> Prompt | None:
    """Return the prompt of a lesson; None for a term, and for a lesson that asks for no line."""
    return item.prompt if isinstance(item, Lesson) else None


def wordings(item: Item) -> tuple[AnyQuestion, ...]:
    """Return all wordings of an item's question, in the order in which they stand in its file; none for a term that is
    only looked up.
    """
    return (item.question, *item.further) if item.question is not None else ()


def question_of(item: Item) -> AnyQuestion:
    """Return the question with which an item is delivered.

    Raises:
        ValueError: it is only looked up, and never delivered.
    """
    if item.question is None:
        raise ValueError(f"{item.id} asks nothing")
    return item.question


def asked_with(item: Item, question: AnyQuestion) -> Item:
    """Return the item as it is delivered with one of its wordings."""
    return replace(item, question=question, further=())


def words(item: Item) -> int:
    """Count the words on the screen in the longest case: text, question, choices and the reasons shown."""
    asked = max((_count(question.longest_reading()) for question in wordings(item)), default=0)
    parts = [item.title]
    if isinstance(item, Lesson):
        parts.append(item.body)
    else:
        parts += [item.stands_for or "", item.meaning, item.heard, item.use_when, item.avoid_when]
    return _count(parts) + asked


MOST_OF_REVIEW = 60
"""The most words of a review: some fifteen seconds, so that two of them fit beside an item."""


def review_words(question: AnyQuestion) -> int:
    """Count the words of a review after a wrong answer: the question, its choices, and the two longest reasons."""
    reasons = sorted((len(choice.reason.split()) for choice in question.choices), reverse=True)[:2]
    return _count([question.stem, *(choice.text for choice in question.choices)]) + sum(reasons)


def _count(parts: Iterable[str]) -> int:
    return sum(len(part.split()) for part in parts)


_NEVER_STORED = ("further", "ask_first", "in_capitals", "in_context", "unless_beside", "unless_near")
"""Fields that a delivered version doesn't have: its asking knows its wording, and whether it was asked first."""


def pack(item: Item) -> str:
    """Return the item, with its first wording alone, as canonical JSON, in which the delivered version is kept."""
    made = {"kind": item.kind, **asdict(replace(item, further=())), "question": questions.pack(question_of(item))}
    for name in _NEVER_STORED:
        made.pop(name, None)
    if item.change is None:
        # so that a wording stored before there were changes keeps its hash
        del made["change"]
    if made.get("prompt", True) is None:
        del made["prompt"]
    return json.dumps(made, sort_keys=True, default=str, ensure_ascii=False)


def version(item: Item) -> str:
    """Return the content hash of this wording: the SHA-256 of `pack`, 64 hexadecimal digits."""
    return hashlib.sha256(pack(item).encode()).hexdigest()


def unpack(packed: str) -> Item:
    """Return the item that was given to `pack`."""
    data: dict[str, Any] = json.loads(packed)
    kind = data.pop("kind")
    data["question"] = questions.unpack(data["question"])
    data["sources"] = tuple(Source(**source) for source in data["sources"])
    data["review_by"] = date.fromisoformat(data["review_by"]) if data["review_by"] else None
    if "change" in data:
        data["change"] = Change(date.fromisoformat(data["change"]["day"]), data["change"]["line"])
    if "prompt" in data:
        data["prompt"] = Prompt(Part(data["prompt"]["part"]), tuple(data["prompt"]["inputs"]))
    for name in ("terms", "aliases", "looked_up_as"):
        if name in data:
            data[name] = tuple(data[name])
    return Lesson(**data) if kind == "lesson" else Term(**data)
