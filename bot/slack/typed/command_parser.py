"""Parse the text behind `/track assign`, `remove`, `status` or `preview`. Pure: text in, a command or a problem out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.domain import vocabulary as w
from bot.domain.ambiguous_day import AmbiguousDay
from bot.domain.audience import PeopleSource
from bot.domain.content import Catalogue, Track
from bot.domain.typed_dates import ReadingError, bare
from bot.slack.typed.command_text import (
    NAME_THEM,
    no_channel,
    no_person,
    no_sources,
    not_by_name,
    people_in,
    sources_in,
    typed,
)
from bot.slack.typed.conditions import Conditions, names_something
from bot.slack.typed.track_names import SIGNS, known_tracks, named_track, no_track, track_key, trimmed


@dataclass(frozen=True, kw_only=True)
class ParsedCommand:
    """A command's parts. `problem`: the answer to one that can't be carried out, "" for others."""

    verb: str
    people: tuple[str, ...] = ()
    sources: tuple[PeopleSource, ...] = ()
    """The groups and channels whose members are meant too."""
    track: Track | None = None
    first_day: date | None = None
    at: time | None = None
    days: frozenset[int] | None = None
    restart: bool = False
    number: int | None = None
    problem: str = ""
    near: tuple[str, ...] = ()
    """Ids of the tracks named most like an unknown one."""
    either: AmbiguousDay | None = None
    """The first day, where it could be either of two."""
    then: tuple[Track, ...] = ()
    """The tracks that come after the first one, each when the one before it is finished."""

    @property
    def names_somebody(self) -> bool:
        """Return True where it says whom it is for."""
        return bool(self.people or self.sources)


TAKES_SOURCES = frozenset({"assign", "remove"})
THEN = "then"


def parse_command(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    """Return the people, track and conditions of a command, which may come in any order.

    `today`: the admin's local date.
    """
    if nobody := no_person(text):
        return ParsedCommand(verb=verb, problem=nobody)
    parsed = _parse(verb, text, catalogue, today)
    if (parsed.track is None or parsed.problem) and (channel := no_channel(text)):
        # a title may have a # in it, so the track is looked for first
        return ParsedCommand(verb=verb, problem=channel)
    return parsed


def _parse(verb: str, text: str, catalogue: Catalogue, today: date) -> ParsedCommand:
    titled, _ = named_track(typed(text).split(), catalogue)
    sources, text = sources_in(text, titled.title if titled is not None else "")
    people, said = people_in(text)
    if sources and verb not in TAKES_SOURCES:
        return ParsedCommand(verb=verb, problem=no_sources(sources))
    raw = next((word for word in said.split() if word.startswith("@") and len(word) > 1), "")
    if raw:
        return ParsedCommand(
            verb=verb,
            problem=f"I don't know who {raw.rstrip(SIGNS)} is. {NAME_THEM} "
            "Pick each from the list that opens as you type it.",
        )
    words, then = _followers(said.split(), catalogue) if verb == "assign" else (said.split(), ())
    # a title may hold a word that would begin a condition ("At a glance"), so the track is taken first
    track, rest = named_track(words, catalogue)
    conditions = Conditions(verb, today)
    try:
        names = conditions.take(rest)
    except ReadingError as unreadable:
        return ParsedCommand(verb=verb, people=people, sources=sources, problem=str(unreadable))
    problem, near = _unread(verb, names, (*people, *sources), track, catalogue)
    if not problem and track is not None and len({track.id, *(each.id for each in then)}) <= len(then):
        problem = "Each track can be named once in a row. Leave out the second time."
    return ParsedCommand(
        verb=verb,
        people=people,
        sources=sources,
        track=track,
        first_day=conditions.first_day,
        at=conditions.at,
        days=conditions.days,
        restart=conditions.restart,
        number=conditions.number,
        problem=problem,
        near=near,
        either=conditions.either,
        then=then,
    )


def _followers(words: list[str], catalogue: Catalogue) -> tuple[list[str], tuple[Track, ...]]:
    """Return (the words without the tracks behind each *then*, those tracks). A title may have the word in it."""
    title, beside = named_track(words, catalogue)
    if title is not None and not any(bare(word) == THEN for word in beside):
        return words, ()
    parts: list[list[str]] = [[]]
    for word in words:
        if bare(word) == THEN:
            parts.append([])
        else:
            parts[-1].append(word)
    named = [named_track(part, catalogue) for part in parts[1:]]
    tracks = tuple(track for track, _ in named if track is not None)
    if len(tracks) < len(named):
        return words, ()
    return [*parts[0], *(word for _, rest in named for word in rest)], tracks


def _unread(
    verb: str, names: list[str], people: Sequence[object], track: Track | None, catalogue: Catalogue
) -> tuple[str, tuple[str, ...]]:
    """Return (the problem with the words that no condition took, the ids of the nearest tracks)."""
    ignored = w.BETWEEN_NAMES if verb == "assign" else w.BETWEEN_NAMES | w.AROUND_A_TRACK
    said = [word for name in names if (word := bare(name)) not in ignored and any(map(str.isalnum, word))]
    if not people and said and (w.WHOLE_GROUPS.issuperset(said) or w.EVERYBODY.intersection(said)):
        # /track status shows everybody when nobody is named
        everybody = "" if verb == "status" else not_by_name(f"“{' '.join(said)}”")
        return everybody, ()
    if not said:
        return "", ()
    if track is not None:
        # it may be a person without an @, such as "henrik"
        instead = "`/track help` shows what can be added." if people or verb not in {"assign", "remove"} else NAME_THEM
        return f"I didn't understand “{trimmed(names)}” there. {instead}", ()
    while bare(names[0]) in ignored:
        del names[0]
    return no_track(trimmed(names), catalogue)


def find_track(name: str, catalogue: Catalogue) -> ParsedCommand:
    """Return the track with this id or title, or the problem with it and the nearest tracks."""
    words = typed(name).split()
    track = known_tracks(catalogue).get(track_key(" ".join(words)))
    if track is not None or not names_something(words):
        return ParsedCommand(verb="track", track=track)
    problem, near = no_track(trimmed(words), catalogue)
    return ParsedCommand(verb="track", problem=problem, near=near)
