"""Slack's own spelling undone: what a person typed or sees, from what Slack hands on.

Slack escapes three signs, wraps mentions and channels, makes links of domains and addresses, and writes emoji as names.
Source, looked up 2026-11-28: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_WRAPPED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?")
_ADDRESS = re.compile(
    r"\S+@\S+\.\S+|(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|ai|eu|uk|de)\b\S*"
)


def as_typed(text: str) -> str:
    """What was typed. People stay as Slack wraps them, for those who look for them with `PERSON`."""
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
    """A text without the names of emoji, as `:rocket:`."""
    return _EMOJI.sub(" ", text)


def seen(message: Mapping[str, Any]) -> str:
    """The words that a reader sees in a message: not what links lead to, no code, no names of people or emoji.

    Blocks come first, and what was forwarded with them; `text` is what Slack shows where there are none.
    """
    blocks = message.get("blocks")
    said = list(_in_blocks(blocks)) or [_in_mrkdwn(message.get("text"))]
    for attachment in _mappings(message.get("attachments")):
        said.extend(_in_attachment(attachment))
    return "\n".join(part for part in said if part.strip())


def _in_attachment(attachment: Mapping[str, Any]) -> Iterator[str]:
    forwarded = [
        part
        for carried in _mappings(attachment.get("message_blocks"))
        if isinstance(carried.get("message"), dict)
        for part in _in_blocks(carried["message"].get("blocks"))
    ]
    found = forwarded or list(_in_blocks(attachment.get("blocks")))
    if not found:
        named = [attachment.get(name) for name in ("pretext", "title", "text")]
        fields = [field.get(name) for field in _mappings(attachment.get("fields")) for name in ("title", "value")]
        found = [_in_mrkdwn(part) for part in (*named, *fields) if part]
    yield from found or [_in_mrkdwn(attachment.get("fallback"))]


def _in_blocks(blocks: object) -> Iterator[str]:
    for block in _mappings(blocks):
        if block.get("type") == "rich_text":
            yield from _in_rich_text(block)
            continue
        for name in ("text", "title"):
            yield _in_text(block.get(name))
        for name in ("fields", "elements"):
            yield from (_in_text(part) for part in _mappings(block.get(name)))


def _in_text(thing: object) -> str:
    """A text object, or the text of a block of Markdown; buttons and pictures have none that counts."""
    if isinstance(thing, str):
        return _in_mrkdwn(thing)
    if isinstance(thing, dict) and thing.get("type") in {"mrkdwn", "plain_text"}:
        return _in_mrkdwn(thing.get("text"))
    return ""


def _in_rich_text(part: Mapping[str, Any]) -> Iterator[str]:
    kind = part.get("type")
    if kind == "rich_text_preformatted":
        return
    line: list[str] = []
    for element in _mappings(part.get("elements")):
        if str(element.get("type", "")).startswith("rich_text"):
            yield from _in_rich_text(element)
        else:
            line.append(_of_element(element))
    if line:
        yield "".join(line)


def _of_element(element: Mapping[str, Any]) -> str:
    text, style = element.get("text"), element.get("style")
    code = isinstance(style, dict) and style.get("code")
    if not isinstance(text, str) or code or element.get("type") not in {"text", "link"}:
        # a person, a channel, an emoji, a date: something stands there, but no word
        return " \u2026 "
    return _ADDRESS.sub(" \u2026 ", text)


def _in_mrkdwn(text: object) -> str:
    if not isinstance(text, str):
        return ""
    return _ADDRESS.sub(" \u2026 ", html.unescape(without_emoji(_WRAPPED.sub(_label, _CODE.sub(" \u2026 ", text)))))


def _label(found: re.Match[str]) -> str:
    return found[2] if found[2] and not found[1].startswith(("@", "#", "!")) else " \u2026 "


def _mappings(things: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(things, list):
        yield from (thing for thing in things if isinstance(thing, dict))
