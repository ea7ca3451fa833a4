"""What operators write, as editors, shells, Docker and secret stores hand it on: taken as meant, or one line that says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import load, slips
from tests.command_line import command
from tests.content.writing import TERM, Lessons
from tests.ordinary import as_somebody_ordinary

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(settings_environment: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder where the bot is started; nothing is set."""
    return tmp_path


def refusal() -> str:
    with pytest.raises(ConfigurationError) as failed:
        load().require_tokens()
    assert "\n" not in str(failed.value)
    return str(failed.value)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("SLACK_BOT_TOKEN=xoxb-1\n".encode("utf-16"), "is in UTF-16, as Windows writes it: save it as UTF-8"),
        ("SLACK_BOT_TOKEN=xoxb-1\n".encode("utf-16-le"), "is in UTF-16"),
        ("# f\xfcr uns\nSLACK_BOT_TOKEN=xoxb-1\n".encode("latin-1"), "isn't in UTF-8 (line 1)"),
        (b"A=1\nSLACK_BOT_TOKEN: xoxb-1\n", "line 2, can't be read: write NAME=value"),
        (b'A=1\nSLACK_BOT_TOKEN="xoxb-1\nB=2\n', "line 2, can't be read"),
        (b"SLACK_BOT_TOKEN\n", "has SLACK_BOT_TOKEN without a value"),
    ],
)
def test_a_file_that_cant_be_read_as_meant_is_named_with_what_mends_it(folder: Path, written: bytes, says: str) -> None:
    (folder / ".env").write_bytes(written)
    assert says in refusal()
    assert "xoxb-1" not in refusal()


def test_a_file_that_is_a_folder_or_that_this_user_may_not_read_is_one_line(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "serve"]
    (folder / ".env").mkdir()
    made = as_somebody_ordinary(command, folder)
    (folder / ".env").rmdir()
    (folder / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1")
    (folder / ".env").chmod(0o000)
    closed = as_somebody_ordinary(command, folder)
    for done, says in ((made, "is a folder, as Docker makes one"), (closed, "can't be read (Permission denied)")):
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    "written",
    [
        "\ufeffSLACK_BOT_TOKEN=xoxb-1\n",
        'SLACK_BOT_TOKEN="xoxb-1"\r\n',
        "export SLACK_BOT_TOKEN='xoxb-1'  # ours\n",
        "SLACK_BOT_TOKEN=“xoxb-1”\n",
        "slack_bot_token = xoxb-1 \n",
        "SLACK_BOT_TOKEN=xoxb-1\N{NO-BREAK SPACE}\n",
    ],
)
def test_marks_of_editors_and_quotes_are_passed_over(folder: Path, written: str) -> None:
    (folder / ".env").write_text(written, newline="")
    assert load().bot_token == "xoxb-1"


@pytest.mark.parametrize("value", ["xoxb-1\n", '"xoxb-1"', "'xoxb-1'\r\n", " xoxb-1 "])
def test_what_docker_and_shells_hand_on_is_passed_over_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", value)
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@h/d\n")
    assert load().bot_token == "xoxb-1"
    assert load().database_url == "postgresql://u:p@h/d"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("xoxb–1", "SLACK_BOT_TOKEN has a sign in it that no token has (en dash)"),
        ("xoxb-1 # ours", "(space)"),
        ("xoxb-1\nxapp-1", "(a control character)"),
        ("xoxb-...", "SLACK_BOT_TOKEN is still the placeholder xoxb-..."),
        ("xoxb-…", "SLACK_BOT_TOKEN is still the placeholder"),
    ],
)
def test_a_token_as_slack_never_gives_one_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, value: str, says: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", value)
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert says in refusal()
    assert "OAuth & Permissions" in refusal()


def test_the_placeholder_of_the_example_file_is_no_token(folder: Path) -> None:
    (folder / ".env").write_text((ROOT / ".env.example").read_text())
    with pytest.raises(ConfigurationError) as failed:
        load().require_tokens()
    said = str(failed.value).splitlines()
    assert [line.partition(" is still the placeholder ")[0] for line in said] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "U012AB3CD is the example's placeholder" in load().admin_faults()[0]


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL"])
def test_a_secret_may_lie_in_a_file_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    value = "postgresql://u:p@h/d" if name == "DATABASE_URL" else "xoxb-1"
    (folder / "secret").write_text(f"{value}\n")
    monkeypatch.setenv(f"{name}_FILE", str(folder / "secret"))
    settings = load()
    assert value in {settings.bot_token, settings.app_token, settings.signing_secret, settings.database_url}
    assert slips() == []


def test_a_secrets_file_that_isnt_there_or_is_empty_and_one_too_many_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(folder / "secret"))
    assert "SLACK_BOT_TOKEN_FILE names" in refusal()
    assert "which isn't there" in refusal()
    (folder / "secret").write_text("\n")
    assert "which is empty" in refusal()
    (folder / "secret").write_bytes("xoxb-1".encode("utf-16"))
    assert "is in UTF-16" in refusal()
    (folder / "secret").write_text("xoxb-1")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-2")
    assert "both SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are given in the environment" in refusal()


def test_the_environment_goes_before_the_file_also_where_one_of_them_names_a_secrets_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "secret").write_text("xoxb-of-the-secret")
    (folder / ".env").write_text("SLACK_BOT_TOKEN=xoxb-of-the-file\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(folder / "secret"))
    assert load().bot_token == "xoxb-of-the-secret"
    monkeypatch.delenv("SLACK_BOT_TOKEN_FILE")
    (folder / ".env").write_text(f"SLACK_BOT_TOKEN_FILE={folder / 'nowhere'}\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-by-hand")
    assert load().bot_token == "xoxb-by-hand"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MISSINGLINK_ADMIN", "MISSINGLINK_ADMINS"),
        ("MISSINGLINK_DELIVERY_AT", "MISSINGLINK_DELIVER_AT"),
        ("MISSING_LINK_ADMINS", "MISSINGLINK_ADMINS"),
        ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
        ("SLACK_BOT_TOKEN_FILES", "SLACK_BOT_TOKEN_FILE"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("missinglink_admin", "MISSINGLINK_ADMINS"),
    ],
)
def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    (folder / ".env").write_text(f"{name}=U012AB3CD\n")
    (folder / ".env").chmod(0o600)
    assert [str(slip).partition(": ")[2] for slip in slips()] == [f"did you mean {meant}?"]
    (folder / ".env").unlink()
    monkeypatch.setenv(name, "U012AB3CD")
    assert [slip.remedy for slip in slips()] == [f"did you mean {meant}?"]


def test_settings_of_other_programs_are_nobodys_slip(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_WEBHOOK_URL",
        "SLACK_APP_ID",
        "DATABASE_HOST",
        "PORTS",
        "SUPPORT",
    ):
        monkeypatch.setenv(name, "1")
    assert slips() == []
    monkeypatch.setenv("MISSINGLINK_FAVOURITE_COLOUR", "red")
    assert [slip.remedy for slip in slips()] == ["docs/configuration.md has every setting"]


def test_a_file_with_secrets_that_everybody_may_read_is_told_and_one_under_another_name_too(folder: Path) -> None:
    file = folder / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-1\n")
    file.chmod(0o644)
    assert [str(slip) for slip in slips()] == ["everybody on this machine can read the secrets in .env: chmod 600 .env"]
    file.chmod(0o640)
    assert slips() == []
    file.rename(folder / ".env.txt")
    assert [slip.remedy for slip in slips()] == ["rename it to .env"]


def test_a_pipe_is_no_file_with_settings_and_nobody_waits_for_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / ".env")
    assert "is no regular file" in refusal()
    (folder / ".env").unlink()
    os.mkfifo(folder / "pipe")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "pipe")
    assert "SLACK_BOT_TOKEN_FILE names pipe, which is no regular file" in refusal()


def test_serve_says_what_is_misspelt_in_a_line_and_doctor_says_it_too(folder: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MISSINGLINK_ADMIN": "U1"}
    for word in ("serve", "doctor"):
        done = subprocess.run([sys.executable, "-m", "bot", word], cwd=folder, env=environment, capture_output=True, text=True,
                              timeout=60, check=False)  # fmt: skip
        said = [line for line in (done.stdout + done.stderr).splitlines() if "MISSINGLINK_ADMIN," in line]
        assert len(said) == 1, done
        assert "did you mean MISSINGLINK_ADMINS?" in done.stdout + done.stderr
        assert "nobody is an admin" in done.stdout + done.stderr


def test_a_file_that_this_user_may_not_read_is_one_line_wherever_it_is(folder: Path) -> None:
    jargon = folder / "lessons" / "jargon"
    jargon.mkdir(parents=True)
    (jargon / "fomo.md").write_text("---\n")
    (jargon / "fomo.md").chmod(0o000)
    done = as_somebody_ordinary([sys.executable, "-m", "bot", "lessons", "check", "lessons"], folder)
    assert done.returncode == 1
    assert "fomo.md" in done.stdout
    assert "can't be read (Permission denied)" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [".", "tracks", "tracks/one", "jargon"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_this_user_may_not_look_into_is_a_finding_and_the_doctor_goes_on(
    folder: Path, closed: str, mode: int
) -> None:
    written = Lessons(folder / "lessons")
    written.write("jargon/fomo.md", TERM.format(id="fomo", term="FOMO"))
    (written.root / closed).chmod(mode)
    done = as_somebody_ordinary([sys.executable, "-m", "bot", "doctor"], folder, MISSINGLINK_LESSONS_DIR="lessons")
    (written.root / closed).chmod(0o755)
    assert "can't be read (Permission denied)" in done.stdout, done
    assert "nobody is an admin" in done.stdout, "a later check is lost"
    assert done.returncode == 1
    assert done.stderr == ""


def test_paths_that_cant_be_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "a" * 300
    command(capsys, "db", "upgrade", cwd=folder)
    (folder / "self").symlink_to("self")
    for words in (["db", "backup", long], ["db", "backup", "self/copy.db"], ["lessons", "check", long],
                  ["lessons", "check", "self"]):  # fmt: skip
        done = command(capsys, *words, cwd=folder)
        assert done.returncode in {1, 2}
        assert "Traceback" not in done.stderr
        assert words[-1].partition("/")[0] in done.stdout + done.stderr
    examined = command(capsys, "doctor", cwd=folder, MISSINGLINK_LESSONS_DIR=long)
    assert "File name too long" in examined.stdout
    assert "nobody is an admin" in examined.stdout


def test_a_terminal_that_lacks_a_sign_is_shown_another(folder: Path) -> None:
    done = as_somebody_ordinary([sys.executable, "-m", "bot", "doctor"], folder, PYTHONIOENCODING="latin-1")
    assert "nobody is an admin" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(("name", "value"), [("MISSINGLINK_LOG_LEVEL", "debug"), ("MISSINGLINK_LOG_FORMAT", "JSON")])
def test_words_are_taken_in_any_case(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    settings = load()
    assert value.lower() in {settings.log_level.lower(), settings.log_format.lower()}
