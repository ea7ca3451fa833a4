"""Every exception this program raises on purpose.

    MissingLinkError
    ├── ConfigurationError    a setting is missing or wrong; the message is one line naming it
    ├── SchemaError           the database is older or newer than this program
    ├── DatabaseUnreachableError  the database can't be reached just now; it may come back by itself
    ├── ContentError          the lessons folder has problems; carries them all
    ├── StoppedError          told to end while it was starting
    ├── AlreadyRunningError   another `serve` holds this SQLite file
    ├── UnknownButtonError    a tap that carries nothing this program ever sent
    └── SlackError            Slack did not do what was asked
        ├── SlackRefusedError     it said no, with a code
        ├── SlackBusyError        rate limited, with a number of seconds
        ├── SlackUnreachableError the request never left: nothing can have happened
        └── SlackUncertainError   it may or may not have happened

Refusals that people run into (already answered, paused, withdrawn) are values, not exceptions.
"""

from __future__ import annotations


class MissingLinkError(Exception):
    """The root of the errors that this program raises on purpose."""

    exit_code = 1
    """The command's exit code: 2 if a restart is useless until somebody has mended the cause."""


class ConfigurationError(MissingLinkError):
    """A setting is missing or wrong. The text is for the operator."""

    exit_code = 2


class SchemaError(MissingLinkError):
    """The database's schema and this program don't match. The text says what to run."""

    exit_code = 2


class DatabaseUnreachableError(MissingLinkError):
    """The database can't be reached just now: no server, no such host, starting, full. A retry may succeed."""


class ContentError(MissingLinkError):
    """The lessons folder can't be served. `problems` has a line for each problem."""

    exit_code = 2

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StoppedError(MissingLinkError):
    """The process was told to end while it was still starting."""


class AlreadyRunningError(MissingLinkError):
    """Another process serves this SQLite file."""


class UnknownButtonError(MissingLinkError):
    """A tap whose ids don't decode: from an older version, or forged."""


class SlackError(MissingLinkError):
    """Slack did not do what was asked."""


class SlackRefusedError(SlackError):
    """Slack answered `ok: false`. `code` is Slack's own, such as `channel_not_found`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class SlackBusyError(SlackError):
    """Slack's rate limit was exceeded (HTTP 429). `retry_after_seconds` is Slack's `Retry-After`, in seconds."""

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(f"rate limited for {retry_after_seconds:g} s")
        self.retry_after_seconds = retry_after_seconds


class SlackUnreachableError(SlackError):
    """The connection was refused: nothing can have happened at Slack."""


class SlackUncertainError(SlackError):
    """A timeout, a reset, a 5xx or an unreadable reply: it may or may not have happened."""
