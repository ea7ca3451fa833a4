"""The ids of taps: the only module that writes and reads action ids, block ids and values.

An action id occurs once in a message or view, even if several buttons do the same for different subjects. A block's id
is its subject (`<delivery>`, or `<delivery>#2` for a second block about it). An action's id is a verb with an argument
(`pause:2026-03-09`); in a menu, the value of the chosen option is the argument.

The block of a question has the id `<delivery>.<asking>`, so that a tap also proves that its message arrived. The id of
an answer begins with the question's place in the message, the first being 1: `answer:1:2`; so do those of a review's
menu and its confidence. Messages posted by earlier releases name neither asking nor place (`answer:2`) and mean the
first asking of the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeGuard

from bot.errors import UnknownButtonError

ANY = re.compile(r"^[a-z_]+(:[a-z0-9_-]+){0,2}\Z")
PLAIN = re.compile(r"[A-Za-z0-9_.:#|/-]{1,255}")
VERBS = frozenset(
    {
        "next",
        "pause",
        "who",
        "answer",
        "read",
        "read_again",
        "more",
        "start",
        "hour",
        "not_now",
        "resume",
        "send_anyway",
        "show",
        "show_text",
        "sure",
        "skip_text",
        "ticks",
        "remember",
        "take_back",
        "worth",
        "comfort",
        "wrong_settled",
        "talk",
        "begin",
        "undo",
        "undo_yes",
        "undo_no",
        "move_start",
        "start_again",
        "order_yes",
        "order_no",
        "rule_pause",
        "rules",
        "report",
        "report_pdf",
        "report_csv",
        "report_monthly",
        "group",
        "group_page",
        "note",
        "dismiss",
        "audit_file",
        "quiet_end",
        "rule_resume",
        "rule_end",
        "from_day",
        "status",
        "names",
        "as_file",
        "enrolled",
        "settings",
        "tracks",
        "progress",
        "meeting",
        "export",
        "prompt",
        "strategy",
        "page_pdf",
        "page_text",
        "share",
        "unshare",
        "read_shared",
        "draft_anew",
        "draft_mine",
        "draft_read",
        "forget_me",
        "help",
        "term",
        "bring",
        "assign",
        "talked",
        "resend",
        "leave",
        "quit_track",
        "come_back",
        "leaving",
        "set_hour",
        "confirm",
        "mean",
        "lesson",
        "write_lesson",
        "write_word",
        "write_paste",
        "write_wording",
        "write_edit",
        "write_withdraw",
        "write_files",
    }
)
OF_ASKING = frozenset({"answer", "read", "more", "show_text", "skip_text", "sure"})
"""The verbs about one of the questions in a message."""
PLACED = frozenset({"answer", "more", "sure"})
"""The verbs whose action's id may begin with the question's place in the message."""
LONGEST = 255
"""The most characters of a block's id that Slack takes."""
ME = "me"
"""The subject of a button that isn't about one message: the person who taps it."""
ALL = "_all"
"""The argument for every track, in place of a track's id. No track's id has an underscore."""
SEND = "send"
"""In the place of a picked value: what is ticked or written in the question's element, whose block is about it too."""
PREVIEW = "preview."
"""The prefix of a preview's subject. Taps in a preview aren't recorded."""


def preview(track_id: str, number: int) -> str:
    """Return the subject of the preview of a track's nth item, the first being 1."""
    return f"{PREVIEW}{track_id}.{number}"


Value = str | tuple[str, ...] | None
"""What is filled in in a field: a text, several, or None where it is left empty."""


@dataclass(frozen=True, kw_only=True)
class TapMeaning:
    """A parsed tap: its verb, subject and argument."""

    verb: str
    subject: str
    argument: str = ""
    _: KW_ONLY
    asking_id: str = ""
    """The asking, for a verb in `OF_ASKING`; "" means the first one of the message."""
    ticked: tuple[str, ...] | None = None
    """The values that stand ticked in the question's checkboxes; None where it is answered otherwise."""
    written: str | None = None
    """What stands in the question's field; None where it is answered otherwise."""
    unsent: bool = False
    """Something was ticked and not sent: it counts as no answer."""

    @property
    def index(self) -> int:
        """Return the argument as a small number.

        Raises:
            UnknownButtonError: it is none.
        """
        if self.argument.isascii() and self.argument.isdigit() and len(self.argument) <= 2:
            return int(self.argument)
        raise UnknownButtonError(f"{self.verb} of {self.argument!r}")

    @property
    def picked(self) -> tuple[str, ...]:
        """Return the values that were picked as the answer to a question."""
        if self.written is not None:
            return (self.written,)
        return (self.argument,) if self.ticked is None else self.ticked

    @property
    def day(self) -> date:
        """Return the argument as a date.

        Raises:
            UnknownButtonError: it is none.
        """
        try:
            return date.fromisoformat(self.argument)
        except ValueError as error:
            raise UnknownButtonError(f"{self.verb} of {self.argument!r}") from error


def block(subject: str, nth: int = 1) -> str:
    """Return the id of the nth block about a subject."""
    return subject if nth == 1 else f"{subject}#{nth}"


def asking_block(delivery_id: str, asking_id: str, nth: int = 1) -> str:
    """Return the id of the nth block about an asking in a message; `asking_id` is "" where nothing is recorded."""
    return block(f"{delivery_id}.{asking_id}" if asking_id else delivery_id, nth)


def action(verb: str, argument: object = "") -> str:
    """Return an action's id."""
    assert verb in VERBS, verb
    return f"{verb}:{argument}" if argument != "" else verb


def answer(place: int, picked: object = "") -> str:
    """Return the id of an action that answers the question at a place in its message, the first being 1.

    `picked`: the value of a button; an option has its own.
    """
    return action("answer", place if picked == "" else f"{place}:{picked}")


def read(
    action_id: str,
    block_id: str | None,
    chosen: str | None = None,
    *,
    boxes: tuple[str, ...] | None = None,
    written: str | None = None,
    beside: Mapping[str, Value] = MappingProxyType({}),
) -> TapMeaning:
    """Return the tap on an element.

    `chosen`: the value of the option that was picked in it. `boxes`: what stands ticked in it, for checkboxes alone.
    `written`: what was sent from it with Enter, for a field alone. `beside`: what is filled in in the blocks about the
    same subject, by action id.

    Raises:
        UnknownButtonError: this program never sent such ids.
    """
    if not ANY.match(action_id) or not sound(block_id):
        raise UnknownButtonError(f"{told(action_id)} in {told(block_id)}")
    verb, _, argument = action_id.partition(":")
    ticked = boxes
    if boxes is None and verb == "answer" and argument.endswith(f":{SEND}"):
        stands = beside.get(action_id.removesuffix(f":{SEND}"), ())
        ticked, written = (stands, None) if isinstance(stands, tuple) else (None, stands or "")
    if verb in PLACED:
        argument = argument.rpartition(":")[2]
    elif ":" in argument:
        raise UnknownButtonError(told(action_id))
    if chosen is not None:
        argument = chosen
    if verb not in VERBS or not sound(argument):
        raise UnknownButtonError(f"{told(action_id)} with {told(argument)}")
    subject, asking_id = about(block_id), ""
    if verb in OF_ASKING and not subject.startswith(PREVIEW):
        subject, _, asking_id = subject.partition(".")
    return TapMeaning(
        verb=verb,
        subject=subject,
        argument=argument,
        asking_id=asking_id,
        ticked=ticked,
        written=written,
        unsent=boxes is not None,
    )


def about(block_id: str) -> str:
    """Return what a block's id is about, whichever of its blocks it is."""
    return block_id.partition("#")[0]


def sound(given: object) -> TypeGuard[str]:
    """Return True for a value that can be an id: a printable string that isn't too long."""
    return isinstance(given, str) and given.isprintable() and len(given) <= LONGEST


def told(given: object) -> str:
    """Return an id for the log. Anything else may be somebody's words, which must not be logged."""
    return repr(given) if isinstance(given, str) and PLAIN.fullmatch(given) else "no id"
