"""List the fields of a payload that Bolt reads for itself, each with its type: on another type Bolt raises.

tests/slack/test_bolt_fields.py holds the list against Bolt's source. What the bot's own listeners read is typed in
`payloads`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError, with_config

# pydantic asks for it, and brings it along, where Python is older than 3.12
from typing_extensions import TypedDict

_URL = re.compile(r"https?://[!-~]{1,2000}")
STRICT = ConfigDict(strict=True, extra="ignore")
"""No value is coerced, and fields that nobody reads are ignored."""


def _postable(url: str) -> str:
    """Let an address pass to which an answer can be posted, or an empty one: Bolt raises on others while it says no."""
    parts = urlsplit(url)
    if url and not (_URL.fullmatch(url) and parts.hostname and parts.port != 0):
        raise ValueError("nothing can be posted there")
    return url


Text = str | None
Url = Annotated[str, AfterValidator(_postable)] | None


@with_config(STRICT)
class Named(TypedDict, total=False):
    """A person, workspace, channel or organisation where it stands as an object; elsewhere its id stands alone."""

    id: Text
    team_id: Text
    enterprise_id: Text


@with_config(STRICT)
class BoltFields(TypedDict, total=False):
    """A payload, or an object in it that Bolt looks into. Any field may be left out, and nearly any may be null.

    A dictionary, not a model: it is looked at and not kept, which takes a quarter of the time.
    """

    id: Text
    type: Text
    subtype: Text
    token: Text
    challenge: Text
    ssl_check: Text
    command: Text
    callback_id: Text
    action_id: Text
    block_id: Text
    trigger_id: Text
    response_url: Url
    team: str | Named | None
    team_id: Text
    app_installed_team_id: Text
    context_team_id: Text
    enterprise: str | Named | None
    enterprise_id: Text
    context_enterprise_id: Text
    is_enterprise_install: bool | str | None
    is_ext_shared_channel: bool | str | None
    user: str | Named | None
    user_id: Text
    user_team: Text
    bot_id: Text
    channel: str | Named | None
    channel_id: Text
    channel_type: Text
    thread_ts: Text
    tab: Text
    function_execution_id: Text
    execution_id: Text
    bot_access_token: Text
    inputs: Any
    workflow_step: Any
    view: BoltFields | None
    container: BoltFields | None
    message: BoltFields | None
    previous_message: BoltFields | None
    item: BoltFields | None
    assistant_thread: BoltFields | None
    function_data: BoltFields | None
    actions: list[BoltFields] | None
    authorizations: list[BoltFields] | None
    # Bolt looks into these two whenever they are there
    event: BoltFields
    response_urls: list[BoltFields]


_READER = TypeAdapter(BoltFields)


def misshapen(payload: Mapping[str, Any]) -> str:
    """Return the path of a field that isn't of the type that Bolt takes for granted; "" where all are."""
    try:
        read = _READER.validate_python(payload)
    except ValidationError as error:
        return path(error, BoltFields.__annotations__)
    match read.get("type"):
        case "event_callback":
            return "" if read.get("event", {}).get("type") is not None else "event"
        case "block_actions":
            actions = read.get("actions")
            return "" if actions and actions[0].get("action_id") is not None else "actions"
        case "view_submission":
            view = read.get("view") or {}
            return "" if view.get("callback_id") is not None and view.get("type") is not None else "view"
    return ""


def path(error: ValidationError, known: Container[object]) -> str:
    """Return the path of a field that isn't as it should be, made of known names alone: others may be words."""
    paths = [
        ".".join(str(step) for step in each["loc"] if step in known)
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return max(paths, key=len) or "payload"
