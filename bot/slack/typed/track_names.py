"""The track named in a line by its id or title, whatever else is in the line."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.domain import vocabulary as w
from bot.domain.content import Catalogue, Track
from bot.domain.typed_dates import bare, normal
from bot.slack.typed.slack_text import without_emoji

MOST_TITLE = 20
"""Words of the longest title."""
SIGNS = " ,;.&+·•"


def track_key(name: str) -> str:
    """Normalise a track's id or title for comparison: without punctuation, emoji and words that name nothing."""
    return _joined(_words_of(name))


def _words_of(name: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in normal(without_emoji(name))).split()


def _joined(words: Sequence[str]) -> str:
    return "-".join([word for word in words if word not in w.BETWEEN_NAMES] or words)


def known_tracks(catalogue: Catalogue) -> dict[str, Track]:
    """Return all tracks by their normalised titles and ids."""
    tracks = catalogue.tracks.values()
    return {**{track_key(track.title): track for track in tracks}, **{track_key(track.id): track for track in tracks}}


def named_track(words: Sequence[str], catalogue: Catalogue) -> tuple[Track | None, list[str]]:
    """Return (the track whose id or title stands among the words, the longest if several do; the other words).

    It is looked for first: a title may hold a word that would else begin a condition, such as "At a glance".
    """
    known, spelt = known_tracks(catalogue), [_words_of(word) for word in words]

    def at(first: int, length: int) -> Track | None:
        return known.get(_joined([part for word in spelt[first : first + length] for part in word]))

    for longest in range(min(len(words), MOST_TITLE), 0, -1):
        for first in range(len(words) - longest + 1):
            track = at(first, longest)
            if track is not None:
                # "as of monday" may follow it
                length = next(n for n in range(1, longest + 1) if at(first, n) == track)
                # "put them on the track"
                before = first - 1 if first and bare(words[first - 1]) == "on" else first
                return track, [*words[:before], *words[first + length :]]
    return None, list(words)


def no_track(name: str, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """Return (that there is no such track, the ids of the nearest)."""
    close = [
        str(match[0]) for match in process.extract(track_key(name), list(catalogue.tracks), scorer=fuzz.WRatio, limit=3)
    ]
    return f"There is no track “{name}”.", tuple(close)


def trimmed(names: Sequence[str]) -> str:
    """Return the words as they are quoted in an answer, without punctuation around them."""
    return " ".join(name for name in names if name.strip(SIGNS)).strip(SIGNS)
