"""A message being written: each part goes into the blocks and, without marks, into the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.limits import BUTTON_TEXT, CONTEXT_ELEMENTS, HEADER_TEXT, OPTION_TEXT, SECTION_TEXT
from bot.messages.mrkdwn import plain, rich, spoken, unmarked

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """What Slack is given. `text` is the whole message for screen readers, after a neutral opening."""

    text: str
    blocks: tuple[Block, ...]

    def payload(self) -> dict[str, Any]:
        """As arguments of Slack's methods."""
        return {"text": self.text, "blocks": list(self.blocks)}


@dataclass(frozen=True)
class Modal:
    """A dialog. `submit` is the label of its button, "" for one that only shows something."""

    title: str
    blocks: tuple[Block, ...]
    callback_id: str = ""
    submit: str = ""
    about: str = ""
    """The id of what it is about. It comes back as it was, but from outside: who may is looked up again."""
    close: str = "Close"

    def payload(self) -> dict[str, Any]:
        """As a view for Slack's `views.*` methods."""
        made: dict[str, Any] = {
            "type": "modal",
            "title": plain_text(self.title),
            "close": plain_text(self.close),
            "blocks": list(self.blocks),
        }
        more = {"callback_id": self.callback_id, "private_metadata": self.about}
        made |= {name: value for name, value in more.items() if value}
        return {**made, "submit": plain_text(self.submit)} if self.submit else made


@dataclass(frozen=True)
class Home:
    """An App Home."""

    blocks: tuple[Block, ...]

    def payload(self) -> dict[str, Any]:
        """As a view for `views.publish`."""
        return {"type": "home", "blocks": list(self.blocks)}


class Builder:
    """Collects a message's parts in reading order."""

    def __init__(self, opening: str = "") -> None:
        """`opening`: neutral words that a notification may show to a whole room."""
        self._blocks: list[Block] = []
        self._lines: list[str] = [unmarked(opening)] if opening else []

    def heading(self, text: str) -> Builder:
        """A title: plain text, cut by Slack at 150 characters."""
        shown = text if len(text) <= HEADER_TEXT else text[: HEADER_TEXT - 1] + "…"
        self._blocks.append({"type": "header", "text": {"type": "plain_text", "text": shown}})
        self._lines.append(spoken(text))
        return self

    def markdown(self, text: str) -> Builder:
        """An author's Markdown."""
        return self._section(rich(text), plain(text))

    def say(self, mrkdwn: str) -> Builder:
        """Our own words, already mrkdwn."""
        return self._section(mrkdwn, unmarked(mrkdwn))

    def small(self, *mrkdwn: str) -> Builder:
        """Words in small print."""
        elements = [_as_it_stands(part) for part in mrkdwn[:CONTEXT_ELEMENTS] if part]
        if not elements:
            return self
        self._blocks.append({"type": "context", "elements": elements})
        self._lines.extend(unmarked(part) for part in mrkdwn)
        return self

    def line(self) -> Builder:
        """A thin line."""
        self._blocks.append({"type": "divider"})
        return self

    def actions(self, block_id: str, elements: Sequence[Block], spoken: str = "") -> Builder:
        """Buttons and menus; `spoken` tells those who only hear the text what they can do."""
        self._blocks.append({"type": "actions", "block_id": block_id, "elements": list(elements)})
        if spoken:
            self._lines.append(spoken)
        return self

    def ask(self, field_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Builder:
        """A field of a form; both its ids are the field's."""
        block: Block = {
            "type": "input",
            "block_id": field_id,
            "label": plain_text(label),
            "element": {**element, "action_id": field_id},
            "optional": optional,
        }
        self._blocks.append({**block, "hint": plain_text(hint)} if hint else block)
        return self

    def message(self) -> Message:
        """What was written, as a message."""
        return Message("\n\n".join(self._lines), tuple(self._blocks))

    def modal(self, title: str, **more: str) -> Modal:
        """What was written, as a dialog."""
        return Modal(title, tuple(self._blocks), **more)

    def home(self) -> Home:
        """What was written, as an App Home."""
        return Home(tuple(self._blocks))

    def _section(self, mrkdwn: str, text: str) -> Builder:
        if not mrkdwn:
            return self
        for part in _pieces(mrkdwn):
            self._blocks.append({"type": "section", "text": _as_it_stands(part)})
        self._lines.append(text)
        return self


def _as_it_stands(mrkdwn: str) -> Block:
    """mrkdwn in which Slack finds no more than is written: a lesson's #hashtag leads to no channel of that name."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def _pieces(text: str) -> list[str]:
    """Text in pieces that a section can hold, divided between paragraphs or lines."""
    pieces: list[str] = []
    while len(text) > SECTION_TEXT:
        cut = max(text.rfind("\n", 0, SECTION_TEXT), text.rfind(" ", 0, SECTION_TEXT))
        cut = cut if cut > 0 else SECTION_TEXT
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def button(text: str, action_id: str, *, style: str | None = None, heard: str = "") -> Block:
    """A button; its subject stands in the block's id. `heard`: what a screen reader says instead of the text."""
    made: Block = {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id}
    if heard:
        made["accessibility_label"] = heard if len(heard) <= BUTTON_TEXT else heard[: BUTTON_TEXT - 1] + "…"
    return {**made, "style": style} if style else made


def plain_text(text: str) -> Block:
    """Text without any marks."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Block:
    """An entry of a menu, cut where Slack would refuse it."""
    return {"text": plain_text(text if len(text) <= OPTION_TEXT else text[: OPTION_TEXT - 1] + "…"), "value": value}


def menu(kind: str, action_id: str, options: Sequence[Block], **more: Any) -> Block:
    """An `overflow`, `radio_buttons` or `static_select`."""
    return {"type": kind, "action_id": action_id, "options": list(options), **more}
