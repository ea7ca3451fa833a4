"""`missinglink doctor` names what is wrong and what mends it; Slack is asked over the wire."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.context import AppContext
from bot.delivery import Sender, Timeouts
from bot.doctor import Finding, Mark, examine
from bot.doctor.sqlite import version_finding
from bot.domain.content import Catalogue
from bot.errors import ConfigurationError, SlackRefusedError, SlackUnreachableError
from bot.settings import Settings, load
from bot.slack import manifest
from bot.store import migrate
from bot.store.database import Database
from localslack import LocalSlack
from tests.content.writing import LESSON, Lessons
from tests.databases import execute, new_postgres
from tests.helpers import FakeClock, Story
from tests.ports import free_port
from tests.running import running
from tests.teaching import COURSE


def look(settings: Settings, *, online: bool = False) -> list[Finding]:
    return list(examine(settings, online=online, today=date(2026, 11, 28)))


def wrong(found: list[Finding]) -> str:
    return "\n".join(str(f) for f in found if f.mark is Mark.BAD)


def settings_for(slack: LocalSlack | None, url: str, **more: object) -> Settings:
    tokens = slack.environment if slack else {}
    # few lessons: each look reads them all
    usual = {"DATABASE_URL": url, "MISSINGLINK_ADMINS": "U0INES", "MISSINGLINK_LESSONS_DIR": str(COURSE)}
    return load(None, **{**tokens, **usual, **more})


@pytest.mark.parametrize("backend", ["sqlite"])
def test_all_is_well_and_slacks_validator_takes_everything(slack: LocalSlack, url: str) -> None:
    found = look(settings_for(slack, url, MISSINGLINK_LESSONS_DIR="shipped"), online=True)
    assert wrong(found) == ""
    said = "\n".join(str(f) for f in found)
    assert "every scope it needs is granted" in said
    assert "Slack's validator takes all" in said
    asked = [arguments for method, arguments, _ in slack.world.calls if method == "blocks.validate"]
    assert len(asked) > 50


def test_a_missing_scope_is_named_with_where_to_add_it(slack: LocalSlack, url: str) -> None:
    slack.world.granted -= {"im:history", "dnd:read", "files:write"}
    slack.world.granted |= {"channels:history"}
    found = look(settings_for(slack, url))
    assert "the app lacks im:history" in wrong(found)
    assert "OAuth & Permissions" in wrong(found)
    notes = "\n".join(str(f) for f in found if f.mark is Mark.NOTE)
    assert "dnd:read isn't granted" in notes
    assert "files:write isn't granted" in notes
    assert "never used: channels:history" in notes


def test_a_token_that_slack_refuses_and_a_slack_that_isnt_there_are_said_so(slack: LocalSlack, url: str) -> None:
    assert "Slack refuses a token: invalid_auth" in wrong(look(settings_for(slack, url, SLACK_BOT_TOKEN="xoxb-other")))
    gone = settings_for(slack, url, SLACK_API_URL="http://127.0.0.1:9/api/")
    assert "can't be asked" in wrong(look(gone))


def test_what_slack_would_refuse_is_named(slack: LocalSlack, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messages.dialogs.NAME", "A title that is longer than Slack takes")
    said = wrong(look(settings_for(slack, url), online=True))
    assert "menu: /title" in said
    assert "tell the people who make Missing Link" in said


def test_without_tokens_it_says_which_and_where_they_are(
    settings_environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = look(settings_for(None, f"sqlite:///{tmp_path / 'none.db'}"))
    assert "SLACK_BOT_TOKEN is missing" in wrong(found)
    assert "there is no file yet" in "\n".join(str(f) for f in found)
    assert not (tmp_path / "none.db").exists()


def test_an_old_schema_and_a_database_that_isnt_there_are_named(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url)
    migrate.upgrade(database)
    migrate.downgrade(database, "0001")
    database.close()
    found = look(settings_for(None, empty_url))
    assert "missinglink db upgrade" in "\n".join(str(f) for f in found)
    gone = look(settings_for(None, "postgresql://nobody:secret@127.0.0.1:9/none"))
    assert "can't be reached" in wrong(gone)
    assert "secret" not in wrong(gone)


def test_what_would_stop_serve_at_the_database_is_found_and_nothing_is_left_behind(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    junk = tmp_path / "junk.db"
    junk.write_text("minutes of the board\n" * 100)
    assert "file is not a database" in wrong(look(settings_for(None, f"sqlite:///{junk}")))
    latin = new_postgres(postgres, "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    assert "is in LATIN1" in wrong(look(settings_for(None, latin)))
    guest = new_postgres(postgres)
    execute(postgres, "CREATE ROLE guest LOGIN")
    no_right = make_url(guest).set(username="guest").render_as_string(hide_password=False)
    assert "GRANT CREATE ON SCHEMA public TO guest" in wrong(look(settings_for(None, no_right)))
    owner = Database(guest)
    migrate.upgrade(owner)
    owner.close()
    execute(guest, "GRANT SELECT ON alembic_version TO guest")
    assert "GRANT SELECT, INSERT, UPDATE, DELETE" in wrong(look(settings_for(None, no_right)))

    def refuses(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuses)
    assert "can't lock files" in wrong(look(settings_for(None, f"sqlite:///{tmp_path / 'new.db'}")))
    assert [path.name for path in tmp_path.iterdir()] == ["junk.db"]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_file_that_everybody_may_read_is_noted(url: str, tmp_path: Path) -> None:
    for mode, told in ((0o644, True), (0o640, False)):
        (tmp_path / "test.db").chmod(mode)
        said = "\n".join(str(f) for f in look(settings_for(None, url)))
        assert ("everybody on this machine can read what people answered" in said) is told


def test_a_library_of_sqlite_is_no_matter_where_the_database_is_postgres(url: str) -> None:
    said = "\n".join(str(f) for f in look(settings_for(None, url)))
    assert ("SQLite" in said) is url.startswith("sqlite")


def test_admins_are_looked_up_at_slack_and_each_who_cant_be_one_is_named(slack: LocalSlack, url: str) -> None:
    admins = "U012AB3CD,U0NOBODY,U0TOM,U0CALBOT,U0LEE"
    said = wrong(look(settings_for(slack, url, MISSINGLINK_ADMINS=admins)))
    for person, fault in (
        ("U012AB3CD", "is the example's placeholder"),
        ("U0NOBODY", "isn't known to this workspace"),
        ("U0TOM", "is deactivated"),
        ("U0CALBOT", "is an app"),
        ("U0LEE", "belongs to another company"),
    ):
        assert any(f"the admin {person}" in line and fault in line for line in said.splitlines()), said
    assert "nobody is left who can assign a track" in said
    assert "Copy member ID" in said
    asked = [arguments["user"] for method, arguments, _ in slack.world.calls if method == "users.info"]
    assert "U012AB3CD" not in asked
    good = look(settings_for(slack, url, MISSINGLINK_ADMINS="U0INES"))
    assert "admins: Inês Duarte" in "\n".join(str(f) for f in good)


def test_without_an_admin_or_with_the_examples_it_isnt_all_green(url: str) -> None:
    assert "nobody is an admin" in wrong(look(settings_for(None, url, MISSINGLINK_ADMINS="")))
    assert "placeholder" in wrong(look(settings_for(None, url, MISSINGLINK_ADMINS="U045EF6GH")))


def test_slack_isnt_asked_with_a_token_that_is_none(slack: LocalSlack, url: str) -> None:
    for token in ("xoxb-...", "xoxb–1"):
        assert "SLACK_BOT_TOKEN can't be used" in wrong(look(settings_for(slack, url, SLACK_BOT_TOKEN=token)))
    assert "SLACK_APP_TOKEN is still the placeholder" in wrong(
        look(settings_for(slack, url, SLACK_APP_TOKEN="xapp-..."))
    )
    assert not [method for method, *_ in slack.world.calls if method == "apps.connections.open"]


def test_what_slack_refuses_because_of_how_the_app_is_set_up_is_named_with_its_remedy(
    ctx: AppContext, clock: FakeClock, url: str
) -> None:
    story = Story(ctx, clock)
    story.assign()
    story.go("2026-03-02 09:00")
    story.slack.fail_with = [SlackRefusedError("messages_tab_disabled"), SlackUnreachableError("refused")]
    sender = Sender(ctx, story.slack, Timeouts(), threads=1)
    sender.deliver()
    sender.stop()
    said = wrong(look(settings_for(None, url)))
    assert "Slack refuses 1 message: messages_tab_disabled" in said
    assert "switch the Messages Tab on" in said
    assert "refused)" not in said


def test_lessons_with_mistakes_are_named(url: str, tmp_path: Path) -> None:
    (tmp_path / "jargon").mkdir()
    (tmp_path / "jargon" / "x.md").write_text("nothing")
    assert "x.md" in wrong(look(settings_for(None, url, MISSINGLINK_LESSONS_DIR=str(tmp_path))))


def test_lessons_to_be_reviewed_are_counted(url: str, tmp_path: Path) -> None:
    lessons = Lessons(tmp_path / "lessons")
    for name, review_by in {"a": "2026-11-27", "b": "2026-11-28", "c": "2027-01-27", "d": "2027-01-28"}.items():
        dated = LESSON.format(id=name).replace("title: A title", f"title: A title\nreview_by: {review_by}")
        asked = dated.replace("Which one?", f"{name * 9}?").replace("Of the two?", f"And {name * 9}?")
        lessons.write(f"tracks/one/{name}.md", asked)
    lessons.change("tracks/one/track.md", "items: [a]", "items: [a, b, c]")
    found = look(settings_for(None, url, MISSINGLINK_LESSONS_DIR=str(lessons.root)))
    said = [f.what for f in found if f.what.startswith("lessons")]
    assert said == [
        "lessons: 1 track, 4 items, can be served",
        "lessons: 1 warning",
        "lessons: 1 item past the review date, 2 more within 60 days",
    ]


@pytest.mark.parametrize(("version", "mark"), [((3, 40, 1), Mark.NOTE), ((3, 51, 2), Mark.NOTE), ((3, 51, 3), Mark.GOOD),
                                               ((3, 50, 7), Mark.GOOD), ((3, 44, 6), Mark.GOOD), ((3, 44, 5), Mark.NOTE),
                                               ((3, 52, 0), Mark.BAD), ((3, 53, 0), Mark.GOOD)])  # fmt: skip
def test_an_sqlite_with_the_wal_bug_is_noted(version: tuple[int, ...], mark: Mark) -> None:
    assert version_finding(version).mark is mark


def test_the_manifest_over_http_has_addresses_and_no_socket_mode() -> None:
    made = manifest.for_url("https://bot.example.org/")
    there = "https://bot.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == there
    assert {c["url"] for c in made["features"]["slash_commands"]} == {there}
    assert manifest.read()["settings"]["socket_mode_enabled"] is True
    with pytest.raises(ConfigurationError, match=r"https://bot\.example\.org"):
        manifest.for_url("http://bot")


@pytest.mark.parametrize(
    ("statement", "says"),
    [("DROP TABLE learner", "has lost its table learner"), ("UPDATE alembic_version SET version_num = '0099'", "0099")],
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_schema_that_serve_would_refuse_is_wrong(url: str, statement: str, says: str) -> None:
    database = Database(url)
    with database.write() as session:
        session.execute(text(statement))
    database.close()
    assert says in wrong(look(settings_for(None, url)))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_lock_that_serve_couldnt_take_is_wrong(url: str) -> None:
    Path(str(make_url(url).database) + ".lock").mkdir()
    assert ".lock can't be written" in wrong(look(settings_for(None, url)))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_port_that_is_taken_is_named_and_one_that_serve_has_is_no_fault(
    slack: LocalSlack, url: str, course: Catalogue
) -> None:
    port = free_port()
    assert f"PORT {port}: free" in "\n".join(map(str, look(settings_for(slack, url, PORT=port))))
    with socket.create_server(("0.0.0.0", port)) as other:

        def hang_up() -> None:
            other.accept()[0].close()

        Thread(target=hang_up, daemon=True).start()
        assert f"PORT {port} can't be used" in wrong(look(settings_for(slack, url, PORT=port)))
    with running(slack, url, course) as bot:
        assert bot.app.web is not None
        found = look(settings_for(slack, url, PORT=bot.app.web.port))
    assert wrong(found) == ""
    assert f"PORT {bot.app.web.port} is held by a `missinglink serve` that runs" in "\n".join(map(str, found))
