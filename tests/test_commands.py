"""The commands that an operator types, and what they print."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.cards import Card
from bot.domain.look_ups import About, LookedUp
from bot.domain.page_code import page_code
from bot.domain.people import Profile
from bot.domain.workspaces import Workspace
from bot.store import audit, cards, erasures, learners, look_ups, workspaces
from bot.store.database import Database
from tests.command_line import command
from tests.teaching import COURSE


def operator(tmp_path: Path) -> dict[str, str]:
    """Return the environment of an operator: a database of their own, and few lessons."""
    return {"DATABASE_URL": f"sqlite:///{tmp_path / 'one.db'}", "MISSINGLINK_LESSONS_DIR": str(COURSE)}


def test_the_commands_that_look_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment = operator(tmp_path)
    assert command(capsys, "db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    database = Database(environment["DATABASE_URL"])
    with database.write() as session:
        audit.record(session, "T1", datetime(2026, 3, 2, 8, tzinfo=UTC), "U1", "assign", "assign abc: U2")
    database.close()
    listed = command(capsys, "audit", "--since", "2026-03-01", cwd=tmp_path, **environment)
    assert listed.stdout == "2026-03-02 08:00 T1 U1 assign: assign abc: U2\n"
    assert command(capsys, "audit", "--since", "spring", cwd=tmp_path, **environment).returncode == 2
    checked = command(capsys, "lessons", "check", str(tmp_path), cwd=tmp_path)
    assert checked.returncode == 1
    assert "there is no track" in checked.stdout


def test_an_operator_is_told_what_comes_to_somebody_and_why_without_any_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = operator(tmp_path)
    assert command(capsys, "db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    database = Database(environment["DATABASE_URL"])
    with database.write() as session:
        workspaces.save(session, Workspace("T1", "Example", "B1"))
        learners.remember(session, Profile(workspace_id="T1", person_id="U1", name="Maya", tz="Europe/London"))
        card = Card(workspace_id="T1", learner_id="U1", item_id="fomo", due_on=date(2026, 3, 9), blind=True, kept=True)
        cards.later_put(session, card)
    database.close()
    told = command(capsys, "agenda", "U1", "--why", cwd=tmp_path, **environment)
    assert told.returncode == 0, told.stderr
    assert "2026-03-09" in told.stdout
    assert 'review of "fomo" (' in told.stdout
    assert "blind" not in told.stdout
    plain = command(capsys, "agenda", "U1", cwd=tmp_path, **environment).stdout
    assert [line.partition(" (")[0] for line in told.stdout.splitlines()] == plain.splitlines()
    nobody = command(capsys, "agenda", "U9", cwd=tmp_path, **environment)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "nobody with the id" in nobody.stderr


def test_words_that_many_looked_up_are_told_without_anybodys_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = operator(tmp_path)
    assert command(capsys, "db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    nothing = command(capsys, "lessons", "met", cwd=tmp_path, **environment)
    assert "No word was looked up by ten people or more" in nothing.stdout
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    people = [f"U{n}" for n in range(23)]
    database = Database(environment["DATABASE_URL"])
    with database.write() as session:
        workspaces.save(session, Workspace("T1", "Example", "B1"))
        met = {LookedUp(About.TERM, "fomo"): people, LookedUp(About.LACKING, "retail media"): people[:10]}
        look_ups.note(session, "T1", march, met)
        look_ups.close(session, "T1", april, known=100)
    database.close()
    told = command(capsys, "lessons", "met", cwd=tmp_path, **environment)
    assert told.stdout == (
        "Looked up in March 2026: FOMO (20 people or more).\n"
        "Met in March 2026, and not explained here: retail media (10 people or more).\n"
    )
    plain = command(capsys, "lessons", "met", "--format", "json", "--workspace", "T1", cwd=tmp_path, **environment)
    (month,) = json.loads(plain.stdout)["T1"]
    assert month["month"] == "2026-03-01"
    assert month["explained"] == [{"word": "FOMO", "people": 20}]
    unknown = command(capsys, "lessons", "met", "--workspace", "T9", cwd=tmp_path, **environment)
    assert (unknown.returncode, "There is no workspace T9. There are: T1." in unknown.stderr) == (2, True)


def test_the_operator_erases_one_person_and_hands_them_a_copy_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = operator(tmp_path) | {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    assert command(capsys, "db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    database = Database(environment["DATABASE_URL"])
    with database.write() as session:
        workspaces.save(session, Workspace("T1", "Harbour", "UBOT"))
        for person in ("U1", "U2"):
            learners.remember(session, Profile(workspace_id="T1", person_id=person, name=person, tz="UTC"))
    database.close()
    copied = command(capsys, "export", "U1", "--out", "copy.json", cwd=tmp_path, **environment)
    assert copied.returncode == 0, copied.stderr
    assert '"learner_id": "U1"' in (tmp_path / "copy.json").read_text()
    unsure = command(capsys, "erase", "U1", cwd=tmp_path, **environment)
    assert unsure.returncode == 1
    erased = command(capsys, "erase", "U1", "--yes", cwd=tmp_path, **environment)
    assert "U1 is erased" in erased.stdout, erased.stderr
    assert (
        command(capsys, "export", "U1", cwd=tmp_path, **environment).returncode,
        command(capsys, "export", "U2", cwd=tmp_path, **environment).returncode,
    ) == (2, 0)
    assert command(capsys, "erase", "U1", "--yes", cwd=tmp_path, **environment).returncode == 2


def test_a_page_is_printed_for_nobody_without_the_code_that_its_owner_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = operator(tmp_path)
    assert command(capsys, "db", "upgrade", cwd=tmp_path, **environment).returncode == 0
    database = Database(environment["DATABASE_URL"])
    with database.write() as session:
        workspaces.save(session, Workspace("T1", "Harbour", "UBOT"))
        learners.remember(session, Profile(workspace_id="T1", person_id="U1", name="Maya", tz="Europe/London"))
        key = erasures.key_of(session, "T1")
    database.close()
    code = page_code(key, "T1", "U1", datetime.now(UTC).date())
    for wrong in ("", "00000000", page_code(key, "T1", "U2", datetime.now(UTC).date())):
        refused = command(capsys, "strategy", "U1", "--code", wrong, cwd=tmp_path, **environment)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "nobody but its owner" in refused.stderr
    assert not (tmp_path / "strategy.pdf").exists()
    printed = command(capsys, "strategy", "U1", "--code", code, cwd=tmp_path, **environment)
    assert printed.returncode == 0, printed.stderr
    assert (tmp_path / "strategy.pdf").read_bytes().startswith(b"%PDF")
    assert (
        command(capsys, "strategy", "U1", "--code", code, "--out", "page.md", cwd=tmp_path, **environment).returncode
        == 0
    )
    assert (tmp_path / "page.md").read_text().startswith("# Social media strategy")
