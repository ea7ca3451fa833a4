"""The builder of messages: it adds each part to the blocks and, without marks, to the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.limits import BUTTON_TEXT, CONTEXT_ELEMENTS, HEADER_TEXT, OPTION_TEXT, SECTION_TEXT
from bot.messages.mrkdwn import plain, rich, spoken, unmarked

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A message for Slack. `text` is the whole message for screen readers, after a neutral opening."""

    text: str
    blocks: tuple[Block, ...]
    in_words: tuple[Block, ...] | None = None
    """The same without charts and tables, for places and workspaces that don't take them; None where there are none."""

    def payload(self) -> dict[str, Any]:
        """Return the arguments for Slack's methods."""
        return {"text": self.text, "blocks": list(self.blocks)}

    def plainly(self) -> Message:
        """Return it without charts and tables."""
        return self if self.in_words is None else Message(self.text, self.in_words)


@dataclass(frozen=True, kw_only=True)
class Modal:
    """A dialog. `submit` is the label of its button; "" for a dialog that only shows something."""

    title: str
    blocks: tuple[Block, ...]
    callback_id: str = ""
    submit: str = ""
    about: str = ""
    """The id of its subject. It comes back from outside, so the handler checks permissions again."""
    close: str = "Close"
    optional: bool = False
    """It helps, and may as well not come: nothing is said where Slack doesn't open it."""

    def payload(self) -> dict[str, Any]:
        """Return the view for Slack's `views.*` methods."""
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
        """Return the view for `views.publish`."""
        return {"type": "home", "blocks": list(self.blocks)}


class Builder:
    """A builder that collects a message's parts in reading order."""

    def __init__(self, opening: str = "") -> None:
        """`opening`: neutral words that a notification may show to a whole room."""
        self._blocks: list[Block] = []
        self._instead: dict[int, list[Block]] = {}
        """What stands for a chart or table in words, by its place."""
        self._lines: list[str] = [unmarked(opening)] if opening else []

    def heading(self, text: str) -> Builder:
        """Add a title: plain text, cut at Slack's 150 characters."""
        shown = text if len(text) <= HEADER_TEXT else text[: HEADER_TEXT - 1] + "…"
        self._blocks.append({"type": "header", "text": {"type": "plain_text", "text": shown}})
        self._lines.append(spoken(text))
        return self

    def markdown(self, text: str) -> Builder:
        """Add an author's Markdown."""
        return self._section(rich(text), plain(text))

    def say(self, mrkdwn: str) -> Builder:
        """Add a paragraph of the bot's own words, already mrkdwn."""
        return self._section(mrkdwn, unmarked(mrkdwn))

    def small(self, *mrkdwn: str) -> Builder:
        """Add small print."""
        elements = [_as_it_stands(part) for part in mrkdwn[:CONTEXT_ELEMENTS] if part]
        if not elements:
            return self
        self._blocks.append({"type": "context", "elements": elements})
        self._lines.extend(unmarked(part) for part in mrkdwn)
        return self

    def table(self, rows: Sequence[Sequence[str]], mrkdwn: str) -> Builder:
        """Add a table, whose first row is its heading. `mrkdwn`: the same in words, where tables aren't taken."""
        cells = [[{"type": "raw_text", "text": cell or "-"} for cell in row] for row in rows]
        self._instead[len(self._blocks)] = [{"type": "section", "text": _as_it_stands(mrkdwn), "expand": True}]
        columns = [{"align": "left"}, *({"align": "right"} for _ in rows[0][1:])]
        self._blocks.append({"type": "table", "rows": cells, "column_settings": columns})
        self._lines.append(unmarked(mrkdwn))
        return self

    def chart(self, title: str, categories: Sequence[str], series: Mapping[str, Sequence[float]]) -> Builder:
        """Add a bar chart of what is also said in words: nothing stands for it where charts aren't taken."""
        made = [
            {"name": name, "data": [{"label": c, "value": v} for c, v in zip(categories, values, strict=True)]}
            for name, values in series.items()
        ]
        self._instead[len(self._blocks)] = []
        chart = {"type": "bar", "series": made, "axis_config": {"categories": list(categories)}}
        self._blocks.append({"type": "data_visualization", "title": title, "chart": chart})
        return self

    def line(self) -> Builder:
        """Add a thin line."""
        self._blocks.append({"type": "divider"})
        return self

    def actions(self, block_id: str, elements: Sequence[Block], spoken: str = "") -> Builder:
        """Add buttons and menus. `spoken`: the choices in words, for people who only hear the text."""
        self._blocks.append({"type": "actions", "block_id": block_id, "elements": list(elements)})
        if spoken:
            self._lines.append(spoken)
        return self

    def ask(self, field_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Builder:
        """Add a field of a form. Its block and its action both have the field's id."""
        block: Block = {
            "type": "input",
            "block_id": field_id,
            "label": plain_text(label),
            "element": {**element, "action_id": field_id},
            "optional": optional,
        }
        self._blocks.append({**block, "hint": plain_text(hint)} if hint else block)
        return self

    def field(self, block_id: str, label: str, element: Block) -> Builder:
        """Add a field in a message, which Enter sends."""
        self._blocks.append(
            {
                "type": "input",
                "block_id": block_id,
                "label": plain_text(label),
                "element": element,
                "dispatch_action": True,
            }
        )
        self._lines.append(label)
        return self

    def message(self) -> Message:
        """Return the parts as a message."""
        in_words = [block for n, one in enumerate(self._blocks) for block in self._instead.get(n, [one])]
        return Message("\n\n".join(self._lines), tuple(self._blocks), tuple(in_words) if self._instead else None)

    def modal(self, title: str, *, optional: bool = False, **more: str) -> Modal:
        """Return the parts as a dialog."""
        return Modal(title=title, blocks=tuple(self._blocks), optional=optional, **more)

    def home(self) -> Home:
        """Return the parts as an App Home."""
        return Home(tuple(self._blocks))

    def _section(self, mrkdwn: str, text: str) -> Builder:
        if not mrkdwn:
            return self
        for part in _pieces(mrkdwn):
            self._blocks.append({"type": "section", "text": _as_it_stands(part), "expand": True})
        self._lines.append(text)
        return self


def _as_it_stands(mrkdwn: str) -> Block:
    """Return mrkdwn that Slack takes verbatim: a lesson's #hashtag doesn't become a link to a channel."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def _pieces(text: str) -> list[str]:
    """Split text between paragraphs or lines into pieces that fit a section."""
    pieces: list[str] = []
    while len(text) > SECTION_TEXT:
        cut = max(text.rfind("\n", 0, SECTION_TEXT), text.rfind(" ", 0, SECTION_TEXT))
        cut = cut if cut > 0 else SECTION_TEXT
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def button(text: str, action_id: str, *, style: str | None = None, heard: str = "") -> Block:
    """Return a button. Its subject is in the block's id. `heard`: the label for screen readers."""
    made: Block = {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id}
    if heard:
        made["accessibility_label"] = heard if len(heard) <= BUTTON_TEXT else heard[: BUTTON_TEXT - 1] + "…"
    return {**made, "style": style} if style else made


def plain_text(text: str) -> Block:
    """Return a text object without any marks."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Block:
    """Return an entry of a menu, cut to Slack's limit."""
    return {"text": plain_text(text if len(text) <= OPTION_TEXT else text[: OPTION_TEXT - 1] + "…"), "value": value}


def menu(kind: str, action_id: str, options: Sequence[Block], **more: Any) -> Block:
    """Return an `overflow`, `radio_buttons` or `static_select`."""
    return {"type": kind, "action_id": action_id, "options": list(options), **more}
