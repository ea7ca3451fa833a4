"""What a person sees in Slack, what in it can be tapped, and what the words in it promise."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.privacy import WHO_SEES_WHAT
from localslack import LocalSlack, inputs
from localslack.objects import SLACKBOT
from localslack.world import BOT_USER, PostedMessage

MENUS = {"overflow", "static_select", "radio_buttons"}
PROBLEM = re.compile(
    r"\b(no longer|nothing was changed|don't know|doesn't know|can't|couldn't|isn't|there is no|there are no|nothing on|"
    r"has no|has items|went wrong|too long|too late|is for the people|more than a year|has passed|which track|who is it for|"
    r"didn't understand|please add|no word in|weren't paused|dealt with before|don't have|have finished|have no)\b",
    re.IGNORECASE,
)
"""What a refusal or a problem sounds like, in a short answer."""
NEXT_STEP = re.compile(
    r"`[^`]+`|_\w[^_\n]*_|\b\d{1,2}:\d\d\b|\b\d{1,2} [JFMASOND][a-z]+\b|\bitems \d+ to \d+\b|"
    r"\b(?:Pick|Leave|Write|Give me|Please try|Choose)\b"
)
"""Something one can do about it: a command or example, a word to type, an hour, a day, numbers, what to do otherwise."""


@dataclass(frozen=True)
class Touch:
    """Something on a person's screen that can be tapped, and what stood there."""

    where: str
    """message, whisper, home or modal."""
    place: str
    """The message's ts, or the view's id."""
    channel: str
    block_id: str
    action_id: str
    value: str
    words: str
    """What the message or view says as a whole."""

    @property
    def element(self) -> tuple[str, str, str]:
        """The button or menu that it is, whatever is chosen in it."""
        return self.place, self.block_id, self.action_id

    @property
    def verb(self) -> str:
        """What it asks for, such as `more/pause` or `answer`."""
        return self.action_id.partition(":")[0] + (f"/{self.value}" if self.action_id == "more" else "")

    def __str__(self) -> str:
        return f"{self.action_id}{'=' + self.value if self.value else ''} in {self.where} {self.place[-9:]}"


@dataclass(frozen=True)
class Screen:
    """All that one person sees of the bot, as text that can be compared."""

    messages: Mapping[str, str]
    modal: tuple[str, ...]
    home: str

    def fresh(self, before: Screen) -> list[str]:
        """The messages that are new or say something else than before."""
        return [drawn for ts, drawn in self.messages.items() if before.messages.get(ts) != drawn]


def messages(slack: LocalSlack, user: str) -> list[PostedMessage]:
    """What a person sees of the bot's messages, whispers included, oldest first."""
    seen = [
        message
        for channel in list(slack.world.channels.values())
        if slack.world.may_see(channel, user)
        for message in slack.world.visible(channel, user)
        if message.user in {BOT_USER, SLACKBOT}
    ]
    return sorted(seen, key=lambda m: m.ts)


def screen(slack: LocalSlack, user: str) -> Screen:
    """What a person sees now."""
    stack = slack.world.modals.get(user, [])
    home = slack.home(user)
    return Screen(
        {m.ts: drawn(m.blocks) if m.blocks else m.text for m in messages(slack, user)},
        tuple(f"{o.view['id']} {drawn(o.view['blocks'])} {sorted(o.errors.items())}" for o in stack),
        drawn(home["blocks"]) if home else "",
    )


def drawn(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Blocks as text, without the ids that Slack gave to those that had none."""
    plain = [{k: v for k, v in b.items() if k != "block_id" or not _given(v)} for b in blocks]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _given(block_id: object) -> bool:
    return isinstance(block_id, str) and bool(re.fullmatch(r"b[0-9A-F]{9,}", block_id))


def touchable(slack: LocalSlack, user: str) -> list[Touch]:
    """Everything that this person could tap now. Under a dialog nothing else can be tapped on the same device."""
    found = [t for message in messages(slack, user) for t in _in_message(message)]
    home, top = slack.home(user), slack.modal(user)
    for where, view in (("home", home), ("modal", top)):
        if view is not None:
            found += _touches(where, str(view["id"]), "", [b for b in view["blocks"] if b["type"] != "input"])
    return found


def _in_message(message: PostedMessage) -> Iterator[Touch]:
    where = "whisper" if message.only_for else "message"
    yield from _touches(where, message.ts, message.channel, message.blocks)


def _touches(where: str, place: str, channel: str, blocks: Sequence[dict[str, Any]]) -> Iterator[Touch]:
    words = " ".join(spoken(blocks))
    for block, element in inputs.elements(blocks):
        values = [str(o["value"]) for o in inputs.options(element)] if element["type"] in MENUS else [""]
        for value in values:
            yield Touch(where, place, channel, str(block["block_id"]), str(element["action_id"]), value, words)


def spoken(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts of blocks, one a paragraph, without those of buttons and menus."""
    found = []
    for block in blocks:
        parts = [block.get("text"), *(block.get("elements") or [] if block["type"] == "context" else [])]
        found += [str(p["text"]) for p in parts if isinstance(p, Mapping) and "text" in p]
    return found


def lost(blocks: Sequence[Mapping[str, Any]]) -> str:
    """A short answer that speaks of a problem and names nothing that one can do; "" when all is well."""
    if any(block["type"] == "header" for block in blocks):
        return ""
    said = "\n".join(text for text in spoken(blocks) if text != WHO_SEES_WHAT)
    buttons = any(b["type"] == "actions" for b in blocks)
    return said if PROBLEM.search(said) and not (buttons or NEXT_STEP.search(said)) else ""
