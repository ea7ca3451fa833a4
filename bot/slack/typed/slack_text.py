"""Slack's escapes undone: the text that a person typed or sees, from the text that Slack sends.

Slack escapes three signs, wraps mentions and channels, makes links of domains and addresses, and writes emoji as names.
Source, looked up 2026-11-28: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_WRAPPED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
EMOJI = re.compile(r":((?:(?![A-Z])[\w+'\u0300-\u036f-]){1,100}):(?::skin-tone-[2-6]:)?")
"""An emoji as Slack writes it, such as `:wave:`; the group is its name."""
_ENDINGS = (
    "com|org|net|info|biz|app|dev|io|co|ai|tv|me|eu|uk|ie|de|at|ch|fr|be|nl|lu|es|pt|it|dk|se|no|fi|pl|cz|us|ca|mx|br|au|nz"
    "|jp|in"
)
# possessive or bounded quantifiers, so that no text makes it backtrack for long
_ADDRESS = re.compile(
    r"(?<!\S)\S[^\s@]*+@[^\s.]*+\.\S+|(?:https?://|www\.)\S+"
    rf"|(?<![\w-])[\w-]++(?:\.[\w-]++){{0,5}}?\.(?:(?:{_ENDINGS})\b|[a-z][a-z0-9]+/)\S*"
)
"""An address that Slack made no link of: with a path, or with one of the common endings."""
_LINK = re.compile(r"(?:[a-z]+://)?(?:www\.)?([^/?#\s]+)(\S*)", re.IGNORECASE)
_SOMETHING = " \u2026 "
"""The stand-in for what is no word: a person, an address, code."""
_NESTED = 16
"""The deepest level that is read: a table in a message forwarded within a forwarded one is twelve deep."""
_TEXTS = frozenset({"mrkdwn", "plain_text", "raw_text", "raw_number"})
_HOLDERS = frozenset(
    {"section", "header", "context", "markdown", "image", "video", "input", "alert", "card", "carousel", "container"}
    | {"plan", "task_card", "table", "data_table"}
)
"""Blocks whose content is read. Buttons, menus and their like may stand in others too, and aren't read."""
_WORDS = (
    "title",
    "rich_text_title",
    "subtitle",
    "text",
    "body",
    "label",
    "hint",
    "description",
    "caption",
    "details",
    "output",
)
_PARTS = ("fields", "elements", "rows", "child_blocks", "tasks")
"""Fields of blocks: a text each, or a list. Source, looked up 2026-11-28:
https://docs.slack.dev/reference/block-kit/blocks"""


def as_typed(text: str) -> str:
    """Return the text as it was typed. People stay as Slack wraps them, for callers that look for `PERSON`."""
    return html.unescape(_WRAPPED.sub(_unwrapped, text))


def _unwrapped(found: re.Match[str]) -> str:
    what, label = found[1], found[2]
    if what.startswith("@"):
        return found[0]
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        # here, channel, a group; a date, whose words follow it
        named = label or what[1:].partition("^")[0]
        return named if named.startswith("@") or what.startswith("!date") else f"@{named}"
    return label or what.removeprefix("mailto:")


def without_emoji(text: str) -> str:
    """Return a text without the names of emoji, as `:rocket:`."""
    return EMOJI.sub(" ", text)


def is_emoji(sign: str) -> bool:
    """Return True for a character that is an emoji, a skin tone or a letter of a flag."""
    return unicodedata.category(sign) == "So" or 0x1F3FB <= ord(sign) <= 0x1F3FF


def seen(message: Mapping[str, Any]) -> str:
    """Return the words that a reader sees in a message: no link targets, no code, no names of people or emoji.

    Blocks come first, and what was forwarded with them; `text` is what Slack shows where there are none.
    """
    return "\n".join(_in_message(message, _NESTED))


def _in_message(message: Mapping[str, Any], deep: int) -> Iterator[str]:
    if deep <= 0:
        return
    blocks = list(_mappings(message.get("blocks")))
    said = _in_blocks(blocks, deep - 1) if blocks else [_in_mrkdwn(message.get("text"))]
    yield from (part for part in said if part.strip())
    for attachment in _mappings(message.get("attachments")):
        yield from _in_attachment(attachment, deep - 1)


def _in_attachment(attachment: Mapping[str, Any], deep: int) -> Iterator[str]:
    if deep <= 0:
        return
    found = [
        part
        for carried in _mappings(attachment.get("message_blocks"))
        if isinstance(carried.get("message"), dict)
        for part in _in_message(carried["message"], deep - 1)
    ]
    found = found or list(_in_blocks(attachment.get("blocks"), deep - 1))
    if not found:
        named = [attachment.get(name) for name in ("pretext", "title", "text")]
        fields = [field.get(name) for field in _mappings(attachment.get("fields")) for name in ("title", "value")]
        found = [_in_mrkdwn(part) for part in (*named, *fields)]
    for inner in _mappings(attachment.get("attachments")):
        found.extend(_in_attachment(inner, deep - 1))
    shown = [part for part in found if part.strip()]
    yield from shown or [_in_mrkdwn(attachment.get("fallback"))]


def _in_blocks(blocks: object, deep: int) -> Iterator[str]:
    for block in _mappings(blocks):
        yield from _in_block(block, deep)


def _in_block(block: Mapping[str, Any], deep: int) -> Iterator[str]:
    if deep <= 0:
        return
    if block.get("type") == "rich_text":
        yield from _in_rich_text(block, deep)
        return
    for name in _WORDS:
        yield from _in_part(block.get(name), deep - 1)
    for name in _PARTS:
        things = block.get(name)
        for part in things if isinstance(things, list) else ():
            yield from _in_part(part, deep - 1)


def _in_part(part: object, deep: int) -> Iterator[str]:
    """Yield the texts of a text, a text object, a row of them, or a block inside a block."""
    if isinstance(part, str):
        yield _in_mrkdwn(part)
    elif isinstance(part, list) and deep > 0:
        for cell in part:
            yield from _in_part(cell, deep - 1)
    elif isinstance(part, dict):
        kind = part.get("type")
        if not isinstance(kind, str):
            return
        if kind in _TEXTS:
            yield _in_mrkdwn(part.get("text"))
        elif kind == "rich_text" or kind in _HOLDERS:
            yield from _in_block(part, deep)


def _in_rich_text(part: Mapping[str, Any], deep: int) -> Iterator[str]:
    if deep <= 0:
        return
    if part.get("type") == "rich_text_preformatted":
        yield _SOMETHING
        return
    line: list[str] = []
    for element in _mappings(part.get("elements")):
        if str(element.get("type", "")).startswith("rich_text"):
            yield from _in_rich_text(element, deep - 1)
        else:
            line.append(_of_element(element))
    if line:
        yield "".join(line)


def _of_element(element: Mapping[str, Any]) -> str:
    text, style, url = element.get("text"), element.get("style"), element.get("url")
    code = isinstance(style, dict) and style.get("code")
    if not isinstance(text, str) or code or element.get("type") not in ("text", "link"):
        # a person, a channel, an emoji, a date
        return _SOMETHING
    if isinstance(url, str) and _spells(text, url):
        return _SOMETHING
    return _ADDRESS.sub(_SOMETHING, text)


def _in_mrkdwn(text: object) -> str:
    if not isinstance(text, str):
        return ""
    shown = _WRAPPED.sub(_label, _CODE.sub(_SOMETHING, text))
    return _ADDRESS.sub(_SOMETHING, html.unescape(without_emoji(shown)))


def _label(found: re.Match[str]) -> str:
    what, label = found[1], found[2]
    return label if label and not what.startswith(("@", "#", "!")) and not _spells(label, what) else _SOMETHING


def _spells(label: str, url: str) -> bool:
    """Return True for a label that is the link's own address, whole or shortened, as Slack makes them."""
    said, leads = _LINK.fullmatch(label.strip()), _LINK.fullmatch(url.strip())
    if not said or not leads or said[1].casefold() != leads[1].casefold():
        return False
    return "." in said[1] or said[2].rstrip("/") == leads[2].rstrip("/")


def _mappings(things: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(things, list):
        yield from (thing for thing in things if isinstance(thing, dict))


_MENTIONS = {
    "user": ("user_id", "<@{}>"),
    "usergroup": ("usergroup_id", "<!subteam^{}>"),
    "channel": ("channel_id", "<#{}>"),
    "broadcast": ("range", "<!{}>"),
}


def as_handed_on(block: Mapping[str, Any], deep: int = _NESTED) -> str:
    """Return what was written into a field for formatted text as Slack passes on the words of a command: people, user
    groups and channels in angle brackets, a line for each part.
    """
    lines: list[str] = []
    line: list[str] = []
    for element in _mappings(block.get("elements")) if deep > 0 else ():
        kind = str(element.get("type", ""))
        if kind.startswith("rich_text"):
            lines.append(as_handed_on(element, deep - 1))
            continue
        key, form = _MENTIONS.get(kind, ("", ""))
        named, text = element.get(key), element.get("text") or element.get("url")
        if isinstance(named, str):
            line.append(form.format(named))
        elif isinstance(text, str):
            line.append(html.escape(text, quote=False))
    return "\n".join([*lines, "".join(line)] if line else lines)
