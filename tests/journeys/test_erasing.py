"""Erasing one person, with the statements of docs/operations.md."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from bot.store import tables
from bot.store.database import Database
from localslack import LocalSlack
from tests.helpers import HENRIK, MAYA, TEAM, Running

ROOT = Path(__file__).parents[2]
ERASING = (ROOT / "docs/operations.md").read_text().split("<!-- erasing -->")[1].split("```")[1].partition("\n")[2]


def test_somebody_who_is_erased_is_in_no_table_of_people_and_is_met_anew(
    slack: LocalSlack, taught: Running, database: Database
) -> None:
    question = taught.last(HENRIK)
    taught.tap(HENRIK, question, "answer:1:0")
    taught.command(HENRIK, "/learn pause")
    theirs = [table for table in tables.metadata.tables.values() if "learner_id" in table.c]

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
