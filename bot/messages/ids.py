"""What a tap means: the one place that writes and reads action ids, block ids and values.

An action's id occurs once in a message or view, also where several buttons say the same about different subjects.
A block's id is its subject (`<delivery>` or `<delivery>#2` for a second block about it), an action's id is
a verb with an argument (`pause:2026-03-09`); of a menu, the chosen option's value is the argument.

Of what is about a question, the block's id is `<delivery>.<asking>`: the tap also proves that its message arrived. An
answer's id begins with the question's place in the message, the first being 1: `answer:1:2`. Messages that were posted
before name neither asking nor place (`answer:2`) and mean the first of the message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

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
        "talk",
        "begin",
        "undo",
        "undo_yes",
        "undo_no",
        "move_start",
        "start_again",
        "order_yes",
        "order_no",
        "from_day",
        "status",
        "names",
        "as_file",
        "enrolled",
        "settings",
        "tracks",
        "progress",
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
    }
)
OF_ASKING = frozenset({"answer", "read", "more"})
"""What is about one of the questions in a message."""
LONGEST = 255
"""Signs of a block's id, which is what Slack takes."""
ME = "me"
"""The subject of a button that isn't about one message: the person who taps it."""
ALL = "_all"
"""In the place of a track's id: every track there is. No id of a track has such a sign."""
PREVIEW = "preview."
"""How the subject of a message begins that is shown to an admin: nothing in it is recorded."""


def preview(track_id: str, number: int) -> str:
    """The subject of the preview of a track's nth item, the first being 1."""
    return f"{PREVIEW}{track_id}.{number}"


@dataclass(frozen=True)
class Tap:
    """A tap, read: what to do, about what, and which."""

    verb: str
    subject: str
    argument: str = ""
    asking_id: str = ""
    """Of a verb in `OF_ASKING`; "" for the first asking of the message."""

    @property
    def index(self) -> int:
        """The argument as a small number.

        Raises:
            UnknownButtonError: it is none.
        """
        if self.argument.isascii() and self.argument.isdigit() and len(self.argument) <= 2:
            return int(self.argument)
        raise UnknownButtonError(f"{self.verb} of {self.argument!r}")

    @property
    def picked(self) -> tuple[str, ...]:
        """Return the values that were picked as the answer to a question."""
        return (self.argument,)

    @property
    def day(self) -> date:
        """The argument as a day.

        Raises:
            UnknownButtonError: it is none.
        """
        try:
            return date.fromisoformat(self.argument)
        except ValueError as error:
            raise UnknownButtonError(f"{self.verb} of {self.argument!r}") from error


def block(subject: str, nth: int = 1) -> str:
    """The id of the nth block about a subject."""
    return subject if nth == 1 else f"{subject}#{nth}"


def asking_block(delivery_id: str, asking_id: str, nth: int = 1) -> str:
    """Return the id of the nth block about an asking in a message; `asking_id` is "" where nothing is recorded."""
    return block(f"{delivery_id}.{asking_id}" if asking_id else delivery_id, nth)


def action(verb: str, argument: object = "") -> str:
    """An action's id."""
    assert verb in VERBS, verb
    return f"{verb}:{argument}" if argument != "" else verb


def answer(place: int, picked: object = "") -> str:
    """Return the id of an action that answers the question at a place in its message, the first being 1.

    `picked`: the value of a button; an option has its own.
    """
    return action("answer", place if picked == "" else f"{place}:{picked}")


def read(payload: Mapping[str, Any]) -> Tap:
    """The tap in one entry of a block_actions payload's `actions`.

    Raises:
        UnknownButtonError: this program never sent such a thing.
    """
    action_id, block_id = payload.get("action_id"), payload.get("block_id")
    if not isinstance(action_id, str) or not ANY.match(action_id) or not sound(block_id):
        raise UnknownButtonError(f"{told(action_id)} in {told(block_id)}")
    verb, _, argument = action_id.partition(":")
    if verb == "answer":
        argument = argument.rpartition(":")[2]
    elif ":" in argument:
        raise UnknownButtonError(told(action_id))
    chosen = payload.get("selected_option")
    if isinstance(chosen, Mapping) and isinstance(chosen.get("value"), str):
        argument = chosen["value"]
    if verb not in VERBS or not sound(argument):
        raise UnknownButtonError(f"{told(action_id)} with {told(argument)}")
    subject, asking_id = block_id.partition("#")[0], ""
    if verb in OF_ASKING and not subject.startswith(PREVIEW):
        subject, _, asking_id = subject.partition(".")
    return Tap(verb, subject, argument, asking_id)


def sound(given: object) -> TypeGuard[str]:
    """True for what can be an id at all: a database may be asked for it."""
    return isinstance(given, str) and given.isprintable() and len(given) <= LONGEST


def told(given: object) -> str:
    """An id for the log. What can't be one may be somebody's words, which no log has."""
    return repr(given) if isinstance(given, str) and PLAIN.fullmatch(given) else "no id"


def about(view: Mapping[str, Any]) -> str:
    """The id of what a submitted dialog is about.

    Raises:
        UnknownButtonError: this program never sent such a dialog.
    """
    found = view.get("private_metadata")
    if not sound(found) or not found:
        raise UnknownButtonError(f"a dialog about {told(found)}")
    return found


Value = str | tuple[str, ...] | None


def read_form(view: Mapping[str, Any]) -> dict[str, Value]:
    """What was filled in, by field, in a submitted view: a text, several, or None for a field left empty."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    return {
        str(field): _value(entry)
        for block in values.values()
        if isinstance(block, Mapping)
        for field, entry in block.items()
        if isinstance(entry, Mapping)
    }


def _value(entry: Mapping[str, Any]) -> Value:
    many = entry.get("selected_options", entry.get("selected_users"))
    if isinstance(many, Sequence) and not isinstance(many, str):
        return tuple(str(o.get("value") if isinstance(o, Mapping) else o) for o in many)
    chosen = entry.get("selected_option")
    if isinstance(chosen, Mapping):
        return str(chosen.get("value"))
    plain = entry.get("selected_date") or entry.get("selected_time") or entry.get("value")
    return plain if isinstance(plain, str) else None
