"""Where Slack really sends or takes what the types of its own packages forbid. A test shows that each is still needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.contracts.schemas import Complaint


@dataclass(frozen=True)
class Exempt:
    """One complaint that is wrong. `name`, `path` and `message` are patterns for the whole of the type's name, the
    JSON pointer and the complaint; `sample` and `patch` make a payload that shows it: see samples.py."""

    name: str
    path: str
    message: str
    reason: str
    source: str
    sample: str
    patch: tuple[str, Any]


INTERACTION = "https://docs.slack.dev/reference/interaction-payloads/"
METHODS = "https://docs.slack.dev/reference/methods/"

EXEMPT = (
    Exempt(
        "BlockAction|ViewSubmitAction|ViewClosedAction|MessageShortcut|GlobalShortcut|BlockSuggestion",
        "/enterprise",
        "null is not of type .*",
        "Outside an Enterprise organisation the key is there and null; the types only know it absent.",
        f"{INTERACTION}block_actions-payload",
        "block_actions",
        ("/enterprise", None),
    ),
    Exempt(
        "ViewSubmitAction|ViewClosedAction|BlockSuggestion",
        "/user",
        r"Additional properties are not allowed \('username' was unexpected\)",
        "Slack gives the handle twice, as `name` and as `username`.",
        f"{INTERACTION}view-interactions-payload",
        "view_submission",
        ("/user/username", "maya"),
    ),
    Exempt(
        "BlockAction",
        "",
        '"response_url" is a required property',
        "A tap in a modal or a Home has no channel to answer into; check_action asks for it where there is one.",
        f"{INTERACTION}block_actions-payload",
        "a tap in a view",
        ("/trigger_id", "1.2.a"),
    ),
    Exempt(
        "SlackEvent",
        "",
        r"Additional properties are not allowed \('event_ts' was unexpected\)",
        "Every event has one; the types of those that end a tenancy don't.",
        "https://docs.slack.dev/apis/events-api/",
        "app_uninstalled",
        ("/event/event_ts", "1.2"),
    ),
    Exempt(
        "UsersListResponse",
        "/members/[0-9]+",
        r"Additional properties are not allowed \('is_stranger' was unexpected\)",
        "The user object has it, here as in users.info.",
        "https://docs.slack.dev/reference/objects/user-object",
        "users.list",
        ("/members/0/is_stranger", True),
    ),
    Exempt(
        "SlackEvent",
        "/view",
        "Additional properties are not allowed .*",
        "The Home that is already there comes with the fields Slack gave it; the type is that of a Home to publish.",
        "https://docs.slack.dev/reference/events/app_home_opened",
        "app_home_opened",
        ("/event/view", {"type": "home", "blocks": [], "id": "V1", "team_id": "T1", "hash": "1.a"}),
    ),
    Exempt(
        "ConversationsHistoryResponse",
        "/channel_actions_ts",
        "null is not of type .*",
        "Null wherever there is none, which is nearly always.",
        f"{METHODS}conversations.history",
        "conversations.history",
        ("/channel_actions_ts", None),
    ),
    Exempt(
        "(ConversationsHistory|ChatPostMessage|ChatUpdate)Response",
        "/.*metadata/event_payload",
        "False schema does not allow .*",
        "The payload of an app's own metadata is free; the types were made from examples where it was empty.",
        "https://docs.slack.dev/messaging/message-metadata",
        "conversations.history",
        ("/messages/0/metadata", {"event_type": "t", "event_payload": {"key": "k"}}),
    ),
    Exempt(
        "(ChatPostMessage|ChatUpdate|ConversationsHistory|Views(Open|Push|Update|Publish))Response",
        "/(message|messages/[0-9]+|view)/blocks/.*",
        ".*",
        "Typed from examples that lacked most kinds of block; check_response holds them against @slack/types instead.",
        "https://docs.slack.dev/reference/block-kit/blocks",
        "chat.postMessage",
        ("/message/blocks/0", {"type": "header", "text": {"type": "plain_text", "text": "Title"}}),
    ),
    Exempt(
        "Views(Open|Push|Update|Publish)Response",
        "/view/state",
        "False schema does not allow .*",
        "A view's state holds what was typed; the types were made from examples where it was empty.",
        f"{METHODS}views.open",
        "views.open",
        ("/view/state", {"values": {}}),
    ),
    Exempt(
        "Views(Open|Push|Update|Publish)Response",
        "/view/(close|submit|previous_view_id)",
        "null is not of type .*",
        "A view that has none of it has null.",
        f"{METHODS}views.publish",
        "views.open",
        ("/view/previous_view_id", None),
    ),
)


def excused(name: str, complaint: Complaint) -> bool:
    """True for a complaint about a type that one of the exceptions covers."""
    return any(covers(exempt, name, complaint) for exempt in EXEMPT)


def covers(exempt: Exempt, name: str, complaint: Complaint) -> bool:
    """True when this exception is about this complaint."""
    return all(
        re.fullmatch(pattern, said)
        for pattern, said in ((exempt.name, name), (exempt.path, complaint.path), (exempt.message, complaint.message))
    )
