"""The files of the lessons folder: which are read, which are skipped, and which look like lessons but aren't read.

Links are followed if they end inside the folder, as those of a Kubernetes ConfigMap do.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.problem import Findings, ProblemReporter

MOST_BYTES = 64 * 1024
MOST_BYTES_OF_SOURCES = 512 * 1024
"""Some six hundred entries."""
MOST_OF_ENTRIES = 4 * 1024
DEEPEST = 6
SOURCES, HIDDEN = "sources.yaml", "hidden.yaml"
DRAFTS = "drafts"
"""The folder of tracks that aren't served yet, each with its own sources beside its lessons."""
TRACK = "track.md"
BESIDE = {"readme", "license", "contributing", "changelog"}
"""Names of files beside lessons that aren't lessons."""
_PASSED_OVER = re.compile(r"\..*|~\$.*|.*~|#.*#|__MACOSX|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_LOOKS_READ = re.compile(r".*\.(md|markdown|mdown|mkdn?|mdx)(\.\w+)*( ?\(\d+\))?", re.IGNORECASE)
_TEXT = re.compile(r"[^.]*(\.te?xt)?( ?\(\d+\))?", re.IGNORECASE)
_WORD = re.compile(r".*\.(docx?|rtf|odt|pages)", re.IGNORECASE)
_SOURCES = re.compile(r"sources?\.(ya?ml|json)(\.txt)?", re.IGNORECASE)
_HIDDEN = re.compile(r"(hide|hidden)\.(ya?ml|json)(\.txt)?", re.IGNORECASE)
_UNUSUAL = re.compile(r"[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_AFTER_A_SIGN = re.compile(r"(?<=[-+#>\].:,])[\u200b\u2060\ufeff]+(?![\s\u200b\u2060\ufeff])")
_WITHOUT_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Folder:
    """The lessons folder, and the findings in its files."""

    root: Path
    """The folder as it is named in the settings. Links must end inside the folder it resolves to."""
    findings: Findings
    label: str
    """How its editors are told of it."""
    drafts: bool = False
    """The drafts are read as well, as if they were tracks."""

    def reporter(self, path: Path) -> ProblemReporter:
        """Return the reporter of one file's problems."""
        return self.findings.reporter(self.name(path))

    def name(self, path: Path) -> str:
        """Return a file's path as its editor knows it."""
        return (Path(self.label) / path.relative_to(self.root)).as_posix()

    def texts(self, place: Path) -> list[Path]:
        """Return the files of one folder that are read."""
        return [path for path in self._entries(place) if is_read(path)]

    def folders(self, place: Path) -> list[Path]:
        """Return the folders of one folder that are read."""
        found = [path for path in self._entries(place) if path.is_dir() or _leads_nowhere(path)]
        return [path for path in found if self._inside(path)]

    def tracks(self) -> list[Path]:
        """Return the folders of tracks that are read."""
        drafted = self.folders(self.root / DRAFTS) if self.drafts else []
        return [*self.folders(self.root / "tracks"), *drafted]

    def sources(self) -> list[Path]:
        """Return the files of sources that are read."""
        drafted = [place / SOURCES for place in self.folders(self.root / DRAFTS)] if self.drafts else []
        return [path for path in (self.root / SOURCES, *drafted) if os.path.lexists(path)]

    def read(self, path: Path) -> str | None:
        """Read a file's text with plain line ends and spaces; report a problem and return None if it can't be read."""
        reporter, most = self.reporter(path), MOST_BYTES_OF_SOURCES if path.name == SOURCES else MOST_BYTES
        if not self._inside(path):
            return None
        try:
            if not path.is_file():
                what = "a folder" if path.is_dir() else "something else"
                reporter.problem(
                    1, f"this is {what} where a file should be", "Put the file itself here, or mount one that is there"
                )
                return None
            size = path.stat().st_size
            data = path.read_bytes() if size <= most else b""
        except OSError as error:
            reporter.problem(
                1, f"the file can't be read ({error.strerror})", "Put the file itself here, readable by the bot"
            )
            return None
        if size > most:
            reporter.problem(
                1,
                f"the file has {size // 1024} KB, {most // 1024} is the most",
                "Split it, or take out what isn't text",
            )
            return None
        return _text(data, reporter)

    def unread(self) -> Iterator[Path]:
        """Yield files that look like lessons but aren't read, and report for each how it can be."""
        tracks, read_sources = (self.root / "tracks", self.root / DRAFTS), self.sources()
        read_in = [place for place in (self.root / "jargon", *self.tracks()) if _is_folder(place)]
        for place, files in self._everything(read_in):
            lost = [path for path in files if _remedy(path)]
            if place in read_in:
                lost = [path for path in lost if not is_read(path)]
            elif place not in {self.root, *tracks}:
                self._misplaced(place, lost)
                yield from lost
                continue
            for path in lost:
                if path not in read_sources and path != self.root / HIDDEN:
                    reporter = self.reporter(path)
                    # a whole track is missing without its file
                    (reporter.problem if _is_track(path) else reporter.warn)(1, "this file isn't read", _remedy(path))
                    yield path

    def _misplaced(self, place: Path, lost: list[Path]) -> None:
        if lost:
            files = f"{len(lost)} files" if len(lost) > 1 else f'"{lost[0].name}"'
            self.reporter(place).warn(
                1,
                f"this folder isn't read, and {files} in it",
                "A lesson stands in tracks/<name>, a word in jargon, neither any deeper",
            )

    def _everything(self, read_in: list[Path]) -> Iterator[tuple[Path, list[Path]]]:
        """Yield each folder with its files, without skipped ones. Of links to folders, only those in `read_in` are
        followed.
        """
        linked = set(read_in)
        for place, folders, names in os.walk(self.root):
            here = Path(place)
            linked.discard(here)
            deep = len(here.relative_to(self.root).parts) >= DEEPEST
            folders[:] = [] if deep else sorted(name for name in folders if not _PASSED_OVER.fullmatch(name))
            if here == self.root and not self.drafts:
                folders[:] = [name for name in folders if name != DRAFTS]
            yield here, [here / name for name in sorted(names) if not _PASSED_OVER.fullmatch(name)]
        for here in sorted(linked):
            yield here, self._entries(here)

    def _entries(self, place: Path) -> list[Path]:
        if not os.path.lexists(place) or not self._inside(place):
            return []
        try:
            if not place.is_dir():
                self.reporter(place).problem(1, "this is a file where a folder should be", "Put the folder itself here")
                return []
            found = sorted(place.iterdir())
            for path in found:
                # this user may read the names in a folder and yet have no permission for the files
                path.is_dir()
        except OSError as error:
            self.reporter(place).problem(
                1, f"the folder can't be read ({error.strerror})", "Make it readable by the bot"
            )
            return []
        return [path for path in found if not _PASSED_OVER.fullmatch(path.name)]

    def _inside(self, path: Path) -> bool:
        """Return True unless a link leads out of the folder or nowhere, which is reported."""
        try:
            end = path.resolve(strict=True)
        except PermissionError as error:
            self.reporter(path).problem(1, f"this can't be read ({error.strerror})", "Make it readable by the bot")
            return False
        except (OSError, RuntimeError):
            self.reporter(path).problem(1, "this link leads nowhere", "Put the file itself here")
            return False
        if end.is_relative_to(self.root.resolve()):
            return True
        self.reporter(path).problem(
            1, "this is a link out of the lessons folder", "Put the file itself here; links may end inside the folder"
        )
        return False


def is_read(path: Path) -> bool:
    """Return True for the file name of a lesson, a term or a track."""
    return path.suffix == ".md" and not _stands_beside(path) and (path.name == TRACK or not _is_track(path))


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _is_folder(path: Path) -> bool:
    """Return True for a folder; False if this user has no permission to look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _stands_beside(path: Path) -> bool:
    return path.name.partition(".")[0].casefold() in BESIDE and not _begins_like_one(path)


def _begins_like_one(path: Path) -> bool:
    return _has_key(path, "id")


def _is_track(path: Path) -> bool:
    """Return True for a track's file, even if its name is slightly wrong."""
    return _stem(path).casefold() in {"track", "tracks"} and _has_key(path, "items")


def _has_key(path: Path, key: str) -> bool:
    """Return True if a file begins with entries and a key is one of them."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            start = file.read(MOST_OF_ENTRIES).decode("utf-8-sig", "replace").lstrip()
    except OSError:
        return False
    _, _, behind = start.partition("---")
    entries = re.split(r"^---\s*$", behind, maxsplit=1, flags=re.MULTILINE)[0]
    return start.startswith("---") and re.search(rf"^{key}\s*:", entries, re.MULTILINE) is not None


def _stem(path: Path) -> str:
    """Return a file's name without any of the suffixes that programs add."""
    return unicodedata.normalize("NFKC", path.name).strip().partition(".")[0].strip()


def _remedy(path: Path) -> str:
    """Return how a file that looks like a lesson can be read; "" if it doesn't look like one."""
    name = unicodedata.normalize("NFKC", path.name).strip(" .")
    better = TRACK if _is_track(path) else f"{_stem(path)}.md"
    if _is_folder(path) or _stands_beside(path):
        return ""
    if _SOURCES.fullmatch(name):
        return f'Rename it to "{SOURCES}", and keep it at the top of the lessons folder'
    if _HIDDEN.fullmatch(name):
        return f'Rename it to "{HIDDEN}", and keep it at the top of the lessons folder'
    if _WORD.fullmatch(name):
        return f'Save it as plain text, as "{better}"'
    if is_read(path):
        return "Move it into a track's folder, tracks/<name>, or into jargon"
    if _LOOKS_READ.fullmatch(name) or (_TEXT.fullmatch(name) and _begins_like_one(path)):
        return f'Rename it to "{better}"'
    return ""


def _text(data: bytes, reporter: ProblemReporter) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reporter.problem(data[: error.start].count(b"\n") + 1, "the file isn't UTF-8 text", 'Save it as "UTF-8"')
        return None
    text = _UNUSUAL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _CONTROL.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        reporter.problem(line, "there is a control character in this line", "Type the line anew")
        return None
    return _WITHOUT_WIDTH.sub("", _AFTER_A_SIGN.sub(" ", text))
