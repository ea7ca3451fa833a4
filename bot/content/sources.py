"""The sources of claims in lessons and terms: the sources file, and sources described where they are cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.content.front_matter import Keys
from bot.content.problem import ProblemReporter
from bot.content.yaml_reader import read_mapping
from bot.domain.content import Source

MOST_QUOTED = 25
"""Words of a quotation."""
_ADDRESS = re.compile(r"https?://[^\s<>|/]+\.[^\s<>|]+")
PARTED = ";"
"""The sign between the parts of a source that is described where it is cited. No id has it."""
SHAPE = "publisher; title; date; https://address"
MOST = {"publisher": 100, "title": 200, "date": 20, "address": 500}
"""Characters of each part."""
MOST_SHOWN = 60
_SHAPES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The sources of a folder. `lines`: of each entry, also of one that isn't valid."""

    found: Mapping[str, Source] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    readable: bool = True
    """False where the file couldn't be read: what cites a source isn't reported as well."""

    def with_more(self, more: Sources) -> Sources:
        """Return these and others; an id that both have is that of the first."""
        return Sources(
            found={**more.found, **self.found},
            lines={**more.lines, **self.lines},
            readable=self.readable and more.readable,
        )

    def cited(self, ids: Sequence[str]) -> tuple[Source, ...]:
        """Return those of the sources that are valid."""
        return tuple(self.found[source_id] for source_id in ids if source_id in self.found)

    def unknown(self, ids: Sequence[str]) -> list[str]:
        """Return the ids for which there is no entry at all."""
        return [source_id for source_id in ids if self.readable and source_id not in self.lines]


def described(line: str) -> Source | str:
    """Return a source that is described in one line where it is cited, or what is wrong with that line."""
    parts = [part.strip() for part in line.split(PARTED)]
    shown = f"{line[:57]}..." if len(line) > MOST_SHOWN else line
    if len(parts) != len(MOST) or not all(parts):
        return f'the source "{shown}" doesn\'t have four parts, with ; between them and nowhere else'
    for (name, most), part in zip(MOST.items(), parts, strict=True):
        if len(part) > most:
            return f'in the source "{shown}", the {name} has {len(part)} characters, {most} is the most'
    publisher, title, date, address = parts
    if not _ADDRESS.fullmatch(address):
        return f'in the source "{shown}", the address is no web address'
    return Source(id=address, publisher=publisher, title=title, date=date, address=address)


def parse_sources(text: str, reporter: ProblemReporter) -> Sources:
    """Parse the sources file: an entry for each source."""
    mapping = read_mapping(text, 1, reporter)
    found: dict[str, Source] = {}
    for source_id, keys in Keys(mapping, 1, reporter).entries() if mapping else ():
        source = _source(source_id, keys) if keys else None
        if keys is None:
            reporter.problem(
                mapping.lines[source_id] if mapping else 1,
                f'the source "{source_id}" has no entries',
                "Give it claim, publisher, title, date, address, quotation, passage and verified",
            )
        elif source and keys.sound:
            found[source_id] = source
    return Sources(found=found, lines=mapping.lines if mapping else {}, readable=mapping is not None)


def _source(source_id: str, keys: Keys) -> Source:
    keys.text("claim", "what the source is cited for", shown=False)
    quotation = keys.text("quotation", '"at most 25 words of it"', shown=False)
    if len(quotation.split()) > MOST_QUOTED:
        keys.fail(
            "quotation", f"the quotation has {len(quotation.split())} words, {MOST_QUOTED} is the most", "Shorten it"
        )
    passage = keys.text("passage", "the sentences around it, as they were read", shown=False)
    if passage and _as_read(quotation) not in _as_read(passage):
        keys.fail("quotation", "the quotation isn't in the passage", "Copy it from there, word for word")
    keys.text("verified", "read on 2026-11-24", shown=False)
    source = Source(
        id=source_id,
        publisher=keys.text("publisher", "Pew Research Center", most=MOST["publisher"]),
        title=keys.text("title", "Social media use in 2025", most=MOST["title"]),
        date=keys.text("date", "2025", most=MOST["date"]),
        address=keys.text("address", "https://example.org/page", shown=False),
    )
    if source.address and not source.address.startswith(("https://", "http://")):
        keys.fail("address", f'the address of "{source_id}" is no web address', "Give the page's full address")
    keys.leave_none()
    return source


def _as_read(text: str) -> str:
    """Return words without what a copy may change: line breaks, and the shapes of quotation marks and dashes."""
    return " ".join(text.translate(_SHAPES).split()).casefold()
