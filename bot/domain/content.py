"""What is taught: lessons, terms, tracks, and the catalogue that holds them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bot.domain import questions
from bot.domain.questions import AnyQuestion

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction in English: Brysbaert 2019, Journal of Memory and Language 109, 104047."""


@dataclass(frozen=True)
class Source:
    """Where a claim comes from, as an executive may look it up."""

    id: str
    publisher: str
    title: str
    date: str
    address: str


@dataclass(frozen=True)
class Lesson:
    """A minute's reading and a question. `body` is Markdown."""

    id: str
    title: str
    body: str
    question: AnyQuestion
    terms: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    review_by: date | None = None

    kind = "lesson"


@dataclass(frozen=True)
class Term:
    """A word an executive meets. `meaning` is Markdown; `related` is the id of a lesson."""

    id: str
    term: str
    meaning: str
    heard: str
    use_when: str
    avoid_when: str
    question: AnyQuestion
    stands_for: str | None = None
    aliases: tuple[str, ...] = ()
    related: str | None = None
    sources: tuple[Source, ...] = ()
    review_by: date | None = None

    looked_up_as: tuple[str, ...] = ()
    """Names that are everyday words: they find the term when it is looked up, not inside a sentence."""

    kind = "term"

    @property
    def title(self) -> str:
        """The word itself."""
        return self.term

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this term wherever it stands."""
        return (self.term, *self.aliases, *([self.stands_for] if self.stands_for else []))


Item = Lesson | Term


@dataclass(frozen=True)
class Track:
    """Items in order. `open` means that learners may start it by themselves."""

    id: str
    title: str
    summary: str
    items: tuple[str, ...]
    open: bool = False
    next: tuple[str, ...] = ()
    """Ids of tracks that could follow; those not (yet) in the catalogue are left out when shown."""


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be taught in one workspace. Ids are unique across lessons and terms."""

    items: Mapping[str, Item] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, by id."""
        return tuple(item for _, item in sorted(self.items.items()) if isinstance(item, Term))


def words(item: Item) -> int:
    """Words on the screen in the longest case: text, question, choices and the two reasons shown."""
    parts = [item.title, *item.question.longest_reading()]
    if isinstance(item, Lesson):
        parts.append(item.body)
    else:
        parts += [item.stands_for or "", item.meaning, item.heard, item.use_when, item.avoid_when]
    return sum(len(part.split()) for part in parts)


def pack(item: Item) -> str:
    """The item as canonical JSON, for keeping the version that was delivered."""
    made = {"kind": item.kind, **asdict(item), "question": questions.pack(item.question)}
    return json.dumps(made, sort_keys=True, default=str, ensure_ascii=False)


def version(item: Item) -> str:
    """A name for exactly this wording: the SHA-256 of `pack`, 64 hexadecimal digits."""
    return hashlib.sha256(pack(item).encode()).hexdigest()


def unpack(packed: str) -> Item:
    """The item that `pack` was given."""
    data: dict[str, Any] = json.loads(packed)
    kind = data.pop("kind")
    data["question"] = questions.unpack(data["question"])
    data["sources"] = tuple(Source(**source) for source in data["sources"])
    data["review_by"] = date.fromisoformat(data["review_by"]) if data["review_by"] else None
    for name in ("terms", "aliases", "looked_up_as"):
        if name in data:
            data[name] = tuple(data[name])
    return Lesson(**data) if kind == "lesson" else Term(**data)
