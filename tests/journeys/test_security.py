"""What SECURITY.md and docs/operations.md promise of people's data is true of the program."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.playground import LocalSlack
from bot.schedule.ticker import KEEP_REQUESTS
from bot.settings import Settings
from bot.store.database import Database
from bot.store.tables import Base
from tests.helpers import HENRIK, MAYA, TEAM, Running

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text()
ERASING = (ROOT / "docs/operations.md").read_text().split("<!-- erasing -->")[1].split("```")[1].partition("\n")[2]


def test_every_scope_is_told_with_its_reason_and_no_other() -> None:
    asked = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]
    told = set(re.findall(r"^\| `(\w+:?\w+)`", SECURITY, re.MULTILINE))
    assert told == {*asked["bot"], *asked["bot_optional"]}
    assert asked.get("user", []) == []


def test_how_long_things_are_kept_is_told_as_it_is() -> None:
    assert timedelta(days=7) == KEEP_REQUESTS
    assert "Ids of requests: seven days" in SECURITY
    assert f"`MISSINGLINK_AUDIT_DAYS`, {Settings.model_fields['audit_days'].default} unless set" in SECURITY


def test_every_table_that_holds_something_of_a_person_is_erased() -> None:
    theirs = {table.name for table in Base.metadata.tables.values() if "learner_id" in table.c}
    assert set(re.findall(r"^DELETE FROM (\w+) ", ERASING, re.MULTILINE)) == theirs


def test_somebody_who_is_erased_is_in_no_table_of_people_and_is_met_anew(
    slack: LocalSlack, taught: Running, database: Database
) -> None:
    question = taught.last(HENRIK)
    taught.tap(HENRIK, question, "answer:0")
    taught.command(HENRIK, "/learn pause")
    theirs = [table for table in Base.metadata.tables.values() if "learner_id" in table.c]

    def rows(person: str) -> int:
        with database.read() as session:
            return sum(
                int(session.execute(text(f"SELECT count(*) FROM {t.name} WHERE learner_id = :who"), {"who": person}).scalar() or 0)
                for t in theirs
            )  # fmt: skip

    others = rows(MAYA)
    assert rows(HENRIK) > 5
    written = ERASING.replace("T012AB3CD", TEAM).replace("U012AB3CD", HENRIK)
    with database.write() as session:
        for statement in written.split(";"):
            if statement.strip() not in {"", "BEGIN", "COMMIT"}:
                session.execute(text(statement))
    assert (rows(HENRIK), rows(MAYA)) == (0, others)
    # a button of before has lost its meaning, and is answered all the same
    said = len(slack.whispers(HENRIK))
    menu = next(
        e
        for b in question.blocks
        for e in [b.get("accessory"), *b.get("elements", ())]
        if e and e.get("type") == "overflow"
    )
    assert slack.tap(HENRIK, question, menu["action_id"], "pause") == ""
    taught.eventually(lambda: len(slack.whispers(HENRIK)) > said, "nothing was said")
    taught.command(HENRIK, "/learn start speak-the-language")
    assert rows(HENRIK) > 0
