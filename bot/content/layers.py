"""Layers of documents: lessons folders as they were read, before they are understood.

A folder is a layer over those before it: it adds, replaces what has the same id, and hides. What was written from Slack
is a layer as well, of texts that lie in the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.files import HIDDEN, TRACK, Folder
from bot.content.front_matter import Keys
from bot.content.problem import Findings, ProblemReporter
from bot.content.sources import Sources, parse_sources
from bot.content.yaml_reader import read_mapping
from bot.domain.content import Kind

ITEMS, TRACKS = "items", "tracks"


@dataclass(frozen=True, kw_only=True)
class Document:
    """The text of a lesson, a term or a track, and the reporter of its problems. `text`: None if it can't be read."""

    kind: Kind
    name: str
    """Its file's name without the ending, which is usually its id."""
    text: str | None
    reporter: ProblemReporter


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """The ids that a layer hides of those below it, by *items* or *tracks*, and where it says so."""

    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Keys | None = None


@dataclass(frozen=True, kw_only=True)
class Layer:
    """The documents of a folder or of a workspace, their sources, and what they hide."""

    documents: Sequence[Document]
    sources: Sources = field(default_factory=Sources)
    """Those that its own documents may cite, besides those of the layers below."""
    shared: Sources = field(default_factory=Sources)
    """Those of them that aren't a draft's."""
    hidden: Hidden = field(default_factory=Hidden)
    folder: Folder | None = None
    """None for what lies in the database."""

    def unread(self) -> dict[str, str]:
        """Report files that look like lessons but aren't read; return their names by those without endings."""
        if self.folder is None:
            return {}
        return {path.name.partition(".")[0]: self.folder.name(path) for path in self.folder.unread()}


def read_folder(root: Path, label: str, findings: Findings, *, drafts: bool) -> Layer | None:
    """Read a folder's files as a layer; report a problem and return None if it can't be read.

    Args:
        root: the folder.
        label: how its editors are told of it.
        findings: takes the problems.
        drafts: read its drafts too, which aren't served.
    """
    root = root.absolute()
    try:
        there = root.is_dir()
        for path in root.iterdir() if there else ():
            # this user may read the names in a folder and yet have no permission for the files
            path.lstat()
    except OSError as error:
        why = f"the folder can't be read ({error.strerror})"
        findings.reporter(str(root)).problem(1, why, "Make it readable by the bot, or name another")
        return None
    if not there:
        remedy = "Set MISSINGLINK_LESSONS_DIR to the folder with tracks/ and jargon/"
        findings.reporter(str(root)).problem(1, "there is no such folder", remedy)
        return None
    folder = Folder(root, findings, label, drafts=drafts)
    sources, shared = _sources(folder)
    return Layer(
        documents=_documents(folder),
        sources=sources,
        shared=shared,
        hidden=_hidden(folder),
        folder=folder,
    )


def _documents(folder: Folder) -> list[Document]:
    found = [_document(folder, Kind.TERM, path) for path in folder.texts(folder.root / "jargon")]
    for place in folder.tracks():
        files = folder.texts(place)
        own = [path for path in files if path.name == TRACK]
        found += [_document(folder, Kind.LESSON, path) for path in files if path.name != TRACK]
        found += [_document(folder, Kind.TRACK, path) for path in own]
        if files and not own:
            remedy = f"Add {TRACK} to this folder"
            folder.reporter(place).warn(1, f"the lessons here have no {TRACK} beside them", remedy)
    return found


def _document(folder: Folder, kind: Kind, path: Path) -> Document:
    return Document(kind=kind, name=path.stem, text=folder.read(path), reporter=folder.reporter(path))


def _sources(folder: Folder) -> tuple[Sources, Sources]:
    """Return all sources of a folder, and those that all its tracks share."""
    every, shared = Sources(), Sources()
    for path in folder.sources():
        text = folder.read(path)
        read = parse_sources(text, folder.reporter(path)) if text is not None else Sources(readable=False)
        every = every.with_more(read)
        if path.parent == folder.root:
            shared = read
    return every, shared


def _hidden(folder: Folder) -> Hidden:
    """Return what a folder hides of the folders before it."""
    path = folder.root / HIDDEN
    text = folder.read(path) if path.exists() or path.is_symlink() else None
    mapping = read_mapping(text, 1, folder.reporter(path)) if text is not None and text.strip() else None
    if mapping is None:
        return Hidden()
    keys = Keys(mapping, 1, folder.reporter(path))
    ids = {ITEMS: keys.texts(ITEMS, "[yolo]"), TRACKS: keys.texts(TRACKS, "[the-landscape]")}
    keys.leave_none()
    return Hidden(ids=ids, keys=keys)
