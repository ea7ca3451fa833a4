"""Files: the upload URL, the upload itself, and the message that shows it."""

from __future__ import annotations

import secrets
from typing import Any

from localslack.arguments import Arguments, MethodError, need, parsed
from localslack.objects import BOT_USER, Upload
from localslack.world import World

OK, REFUSED = 200, 400


def upload_url(world: World, base: str, arguments: Arguments) -> dict[str, Any]:
    """Return an upload URL for a file of a given length in bytes."""
    name, length = need(arguments, "filename"), str(arguments.get("length", ""))
    if not length.isdigit() or not int(length):
        raise MethodError("missing_argument", "[ERROR] missing required field: length")
    key = secrets.token_urlsafe(18)
    upload = Upload(file_id=world.new_id("F"), name=name, length=int(length))
    world.uploads[key] = upload
    return {"upload_url": f"{base}/upload/{key}", "file_id": upload.file_id}


def receive(world: World, key: str, content: bytes) -> tuple[int, str]:
    """Take an upload; return an HTTP status and a text."""
    upload = world.uploads.get(key)
    if upload is None or upload.content is not None or len(content) != upload.length:
        return REFUSED, "not ok"
    upload.content = content
    return OK, f"OK - {len(content)}"


def delete(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Delete a file: it shows nowhere any more."""
    wanted = need(arguments, "file")
    key = next((key for key, upload in world.uploads.items() if upload.file_id == wanted and upload.done), None)
    if key is None:
        raise MethodError("file_not_found")
    upload = world.uploads.pop(key)
    for channel in world.channels.values():
        for message in channel.messages:
            message.files = [file for file in message.files if file is not upload]
    world.changed()
    return {}


def complete(world: World, _base: str, arguments: Arguments) -> dict[str, Any]:
    """Show uploaded files in a conversation, as a message."""
    said = parsed(arguments, "files", "invalid_arguments")
    channel = world.channels.get(need(arguments, "channel_id"))
    if channel is None:
        raise MethodError("channel_not_found")
    if not isinstance(said, list) or not said:
        raise MethodError("invalid_arguments", "[ERROR] missing required field: files")
    come = {u.file_id: u for u in world.uploads.values() if u.content is not None and not u.done}
    uploads = [come.get(str(one.get("id"))) if isinstance(one, dict) else None for one in said]
    found = [upload for upload in uploads if upload is not None]
    if len(found) != len(said):
        raise MethodError("file_not_found")
    for upload in found:
        upload.done = True
    world.write(channel, BOT_USER, str(arguments.get("initial_comment") or ""), files=found)
    return {
        "files": [{"id": u.file_id, "title": one.get("title") or u.name} for u, one in zip(found, said, strict=True)]
    }
