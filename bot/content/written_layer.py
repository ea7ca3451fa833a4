"""The layer of what was written in Slack, over the folders, and the same as the files of a folder."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from bot.content.layers import Document, Layer
from bot.content.problem import Findings
from bot.domain.content import Kind
from bot.domain.written import WrittenItem

FOLDER = "written"
"""How the layer is called in findings."""


def files(served: Sequence[WrittenItem]) -> dict[str, str]:
    """Return what is served as the files of a lessons folder, by path: it can be layered over the shipped one.

    served: in the order in which it was first written.
    """
    tracks = {row.item_id: row for row in served if row.kind is Kind.TRACK}
    lessons: dict[str, list[WrittenItem]] = {}
    found: dict[str, str] = {}
    for row in served:
        if row.kind is Kind.TERM:
            found[f"jargon/{row.item_id}.md"] = row.text
        elif row.kind is Kind.LESSON:
            lessons.setdefault(row.track_id, []).append(row)
            found[f"tracks/{row.track_id}/{row.item_id}.md"] = row.text
    for track_id, rows in lessons.items():
        items = f"[{', '.join(row.item_id for row in rows)}]"
        found[f"tracks/{track_id}/track.md"] = _track(track_id, tracks.get(track_id), items)
    return found


def _track(track_id: str, own: WrittenItem | None, items: str) -> str:
    if own is None:
        return f"---\nid: {track_id}\nadds: {items}\n---\n"
    title = json.dumps(own.title, ensure_ascii=False)
    return f"---\nid: {track_id}\ntitle: {title}\nopen: yes\nitems: {items}\n---\n{own.text}\n"


def layer(served: Sequence[WrittenItem], findings: Findings) -> Layer:
    """Return what is served as a layer whose problems go to these findings."""
    return Layer(documents=[_document(path, text, findings) for path, text in files(served).items()])


def _document(path: str, text: str, findings: Findings) -> Document:
    stem = path.rpartition("/")[2].removesuffix(".md")
    kind = Kind.TERM if path.startswith("jargon/") else Kind.TRACK if stem == "track" else Kind.LESSON
    return Document(kind=kind, name=stem, text=text, reporter=findings.reporter(f"{FOLDER}/{path}"))


def path_of(row: WrittenItem) -> str:
    """Return the file's name by which findings call a lesson or a term."""
    place = "jargon" if row.kind is Kind.TERM else f"tracks/{row.track_id}"
    return f"{FOLDER}/{place}/{row.item_id}.md"


def without(served: Sequence[WrittenItem], names: Collection[str]) -> list[WrittenItem]:
    """Return what is served without the things whose files are named, and without the lessons of tracks that are."""
    return [
        row
        for row in served
        if path_of(row) not in names and f"{FOLDER}/tracks/{row.track_id or row.item_id}/track.md" not in names
    ]
