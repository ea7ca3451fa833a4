"""The app's manifest: for Socket Mode, or with URLs on which Slack calls the bot."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ConfigurationError
from bot.messages.command_names import CommandNames
from bot.package_files import folder

PATH = "/slack/events"


def read(names: CommandNames | None = None) -> dict[str, Any]:
    """Return the manifest that comes with the program, with these names of its commands."""
    found: dict[str, Any] = json.loads(folder("manifest.json").read_text(encoding="utf-8"))
    for command in found["features"]["slash_commands"]:
        command["command"] = (names or CommandNames()).named(command["command"])
    return found


def for_url(url: str, names: CommandNames | None = None) -> dict[str, Any]:
    """Return the manifest of the same app over HTTP.

    Raises:
        ConfigurationError: Slack wouldn't call that URL.
    """
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise ConfigurationError(f"--url {url} isn't an address Slack would call; for example https://bot.example.org")
    there = url.rstrip("/").removesuffix(PATH) + PATH
    made = read(names)
    settings = made["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = there
    settings["interactivity"] |= {"request_url": there, "message_menu_options_url": there}
    for command in made["features"]["slash_commands"]:
        command["url"] = there
    return made
