"""The operator's input in the environment, in `.env` and in secrets' files: read, tidied, and checked for likely
mistakes.
"""

from __future__ import annotations

import codecs
import io
import logging
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from rapidfuzz import fuzz, process

from bot import proxies
from bot.errors import ConfigurationError

logging.getLogger("dotenv").setLevel(logging.CRITICAL)  # a line that can't be read is refused here, with its number
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL")
"""Settings that may also be in a file, which the same name with _FILE appended names."""
FILE = "_FILE"
PREFIX = "MISSINGLINK_"
ALIKE = 84
"""The similarity, of 100, from which one name counts as a misspelling of another."""
BLANK = " \t\r\n\v\f\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}"
OPENING, CLOSING = "\"'“”„‘’‚«»", "\"'“”‘’«»"


@dataclass(frozen=True)
class Slip:
    """A likely mistake that doesn't stop a start, and its remedy."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}: {self.remedy}"


def read(known: Collection[str], file: Path | None) -> dict[str, str]:
    """Return the values of the known settings: from the environment, else from `file`; secrets may also be in files of
    their own.

    Raises:
        ConfigurationError: `file` or a secret's file can't be read, or both a secret and its file are given.
    """
    written = _written(file) if file else {}
    for name in known:
        if name in written and written[name] is None:
            raise ConfigurationError(f"{file} has {name} without a value: write {name}=value, or take the line out")
    places = (("the environment", _tidied(os.environ)), (str(file), _tidied(written)))
    found: dict[str, str] = {}
    for name in known:
        for place, values in places:
            value, path = values.get(name, ""), values.get(name + FILE, "") if name in SECRETS else ""
            if value and path:
                raise ConfigurationError(f"both {name} and {name}{FILE} are given in {place}: leave one of them out")
            if value or path:
                found[name] = value or _secret(name + FILE, Path(path))
                break
    return found


def slips(known: Collection[str], file: Path) -> list[Slip]:
    """Return misspelt settings, a readable file of secrets, and misnamed files."""
    written = _written(file)
    names = [*known, *(name + FILE for name in SECRETS)]
    given = {*_tidied(os.environ), *_tidied(written)}
    found = [_misspelt(name, names) for name in sorted(given.difference(names)) if _meant_for_us(name, names)]
    if any(name in SECRETS for name in _tidied(written)) and file.stat().st_mode & 0o004:
        found.append(Slip(f"everybody on this machine can read the secrets in {file}", f"chmod 600 {file}"))
    for other in (file.with_name(file.name + ".txt"), file.with_name("env"), file.with_name("env.txt")):
        if not file.exists() and other.is_file():
            found.append(Slip(f"there is no file {file}, but one named {other.name}", f"rename it to {file.name}"))
    return found


def tidy(value: str) -> str:
    """Strip white space and a pair of quotes, which some tools pass on."""
    value = value.strip(BLANK)
    if len(value) > 1 and value[0] in OPENING and value[-1] in CLOSING:
        value = value[1:-1].strip(BLANK)
    return value


def _tidied(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name.upper(): tidy(value) for name, value in values.items() if value and tidy(value)}


def _meant_for_us(name: str, names: Collection[str]) -> bool:
    # a short word resembles many others
    return name.startswith(PREFIX) or ("_" in name and _nearest(name, names) is not None)


def _misspelt(name: str, names: Collection[str]) -> Slip:
    near = _nearest(name, names)
    remedy = f"did you mean {near}?" if near else "docs/configuration.md has every setting"
    return Slip(f"there is no setting {name}, so what it says isn't taken", remedy)


def _nearest(name: str, names: Collection[str]) -> str | None:
    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def _secret(name: str, file: Path) -> str:
    value = tidy(_text(file, f"{name} names {file}, which"))
    if not value:
        raise ConfigurationError(f"{name} names {file}, which is empty: put the secret into it, and nothing else")
    return value


def _written(file: Path) -> dict[str, str | None]:
    """Return the content of `file`, with names in capitals; empty if there is no such file."""
    if not file.exists():
        return {}
    text = _text(file, str(file.absolute()))
    for line in parse_stream(io.StringIO(text)):
        if line.error:
            where = f"{file.absolute()}, line {line.original.line}"
            raise ConfigurationError(f"{where}, can't be read: write NAME=value, with quotes in pairs or none")
    values = dotenv_values(stream=io.StringIO(text))
    return {name.upper(): value for name, value in values.items()}


def _text(file: Path, named: str) -> str:
    """Return a file's text. `named`: the beginning of the sentence that says why it can't be read.

    Raises:
        ConfigurationError: it can't be read, in one line.
    """
    try:
        if not stat.S_ISREG(mode := file.stat().st_mode) and not stat.S_ISDIR(mode):
            # a pipe may never end, and the file is read twice
            raise ConfigurationError(f"{named} is no regular file: put what it shall say into one")
        data = file.read_bytes()
    except IsADirectoryError:
        raise ConfigurationError(f"{named} is a folder, as Docker makes one of a file that isn't there") from None
    except FileNotFoundError:
        raise ConfigurationError(f"{named} isn't there") from None
    except OSError as error:
        raise ConfigurationError(f"{named} can't be read ({error.strerror}): let this user read it") from None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        raise ConfigurationError(f"{named} is in UTF-16, as Windows writes it: save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{named} isn't in UTF-8 (line {line}): save it as UTF-8") from None


def ensure_home() -> None:
    """Set HOME for a user without an entry in the password database: Bolt needs a home while it is imported."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.sep


def unify_proxies() -> None:
    """Let all libraries and child processes see the same proxy; see `bot.proxies`."""
    proxies.unify(os.environ)


def authorities() -> str:
    """Return the file of certificate authorities that replaces the machine's; "" for the machine's own."""
    return os.environ.get("SSL_CERT_FILE", "")
