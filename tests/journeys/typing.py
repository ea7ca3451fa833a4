"""What people might type and fill in, right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from bot.messages import dialogs
from tests.helpers import ADMIN, HENRIK, MAYA
from tests.journeys.stage import CROWD, TRACKS

NEEDED = {dialogs.PEOPLE, dialogs.TRACK}
"""Fields without which a dialog leads nowhere."""
WORDS = (
    "fomo",
    "next",
    "next one please",
    "pause",
    "resume",
    "stop sending me so many of these",
    "help",
    "thanks",
    "what is a hashtag?",
    "asdf qwer",
    "?",
    "start",
    "FOMO, and a <!channel> hashtag",
)
LEARN = (
    "",
    "next",
    "next",
    "next",
    "progress",
    "pause",
    "pause until {soon}",
    "pause until friday",
    "pause until never",
    "pause until {either}",
    "pause until 2020-01-01",
    "resume",
    "tracks",
    "leave",
    "start {track}",
    "start {track}",
    "start nothing",
    "start",
    "settings",
    "help",
    "reusme",
)
TRACK = (
    "",
    "",
    "assign {people} {track}",
    "assign {people} {track}",
    "assign {people} {track} restart",
    "assign {people} {track} from {soon} at 08:30 on mon-thu",
    "assign {people} {track} from 2020-01-01",
    "assign {people} {track} at 23:00",
    "assign {people} {track} on never",
    "assign {people}",
    "assign {track}",
    "assign {people} {track} from {either}",
    *["assign {crowd} {track} from {late}"] * 3,
    "assign @nobody {track}",
    "assign @tom @lee @calbot @maya {track}",
    "remove {people} {track}",
    "remove {people} {track}",
    "list",
    "status",
    "status {people}",
    "status {track}",
    "preview {track} 1",
    "preview {track} 99",
    "help",
    "asign {people} {track}",
)
JARGON = ("FOMO", "", "hash-tags", "zzzz", "<!channel>", "reach")


def command(random: Random, *, admin: bool, today: date) -> str:
    """A slash command."""
    kinds = (("/learn", LEARN, 6), ("/jargon", JARGON, 1), ("/track", TRACK, 6 if admin else 1))
    name, texts, _ = random.choices(kinds, [n for _, _, n in kinds])[0]
    text = random.choice(texts).format(
        people=" ".join(random.sample(("@maya", "@henrik", "@ines"), random.choice((1, 1, 2, 3)))),
        track=random.choice(list(TRACKS)),
        crowd=" ".join(f"@{handle}" for handle in CROWD),
        soon=(today + timedelta(days=random.randint(1, 6))).isoformat(),
        either=f"{random.randint(1, 12):02}/{random.randint(1, 12):02}/{random.choice((today.year, today.year + 1))}",
        late=(today + timedelta(days=200)).isoformat(),
    )
    return f"{name} {text}".strip()


def value(random: Random, element: dict[str, Any], today: date, offered: Sequence[str]) -> str | list[str] | None:
    """What somebody enters into a field. `offered`: what a menu found for what they typed."""
    options = [str(o["value"]) for o in [*element.get("options", [])]]
    match element["type"]:
        case "static_select" | "radio_buttons":
            return random.choice(options)
        case "checkboxes":
            return random.sample(options, random.randint(0, len(options)))
        case "external_select":
            there = element.get("initial_option")
            # where nothing is found and nothing stood there, it stays empty
            return random.choice(offered) if offered else str(there["value"]) if there else None
        case "multi_users_select":
            known = (MAYA, HENRIK, ADMIN, MAYA, HENRIK, "U0TOM", "U0LEE", "U0CALBOT")
            return sorted(set(random.sample(known, random.randint(0, 4))))
        case "datepicker":
            return (today + timedelta(days=random.choice((-3, 0, 1, 2, 5, 10, 500)))).isoformat()
        case "rich_text_input":
            return random.choice(("", "@leadership", "#board and U0HENRIK", "some words", "@everyone"))
        case "plain_text_input":
            return random.choice(("", "The date is wrong.", "<@U0MAYA> & *others* said so :wink:", "x" * 300))
    raise AssertionError(f"nobody has said yet what to enter into {element['type']}")
