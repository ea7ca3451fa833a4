"""A wrong or missing value stops the start with a line that names the variable, what is wrong, and an example."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.package_files import folder
from bot.settings import Settings, load

ROOT = Path(__file__).parents[1]


def test_the_defaults_are_a_small_companys(settings_environment: pytest.MonkeyPatch) -> None:
    settings = load()
    assert settings.deliver_at == time(9)
    assert settings.deliver_days is None
    assert settings.database_url == "sqlite:///missinglink.db"
    assert settings.api_url == "https://slack.com/api/"
    assert settings.lessons_dirs == (folder("lessons"),)
    assert settings.admins == frozenset()


def test_everything_can_come_from_a_dotenv_file(settings_environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-1\nMISSINGLINK_ADMINS=U012AB3CD, U045EF6GH\nMISSINGLINK_DELIVER_AT=08:15\n"
        "MISSINGLINK_DELIVER_DAYS=mon-thu\nSOMETHING_ELSE=1\n"
    )
    settings = load()
    assert settings.bot_token == "xoxb-1"
    assert settings.admins == {"U012AB3CD", "U045EF6GH"}
    assert settings.deliver_at == time(8, 15)
    assert settings.deliver_days == frozenset({0, 1, 2, 3})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MISSINGLINK_DELIVER_AT", "after breakfast", "MISSINGLINK_DELIVER_AT is unclear: “after breakfast” isn't an hour I can read. Write it like 08:30 or 8:30 am; for example MISSINGLINK_DELIVER_AT=09:00"),
        ("MISSINGLINK_DELIVER_AT", "5", "MISSINGLINK_DELIVER_AT is unclear: Is “5” in the morning or in the afternoon? Write it like 5 am or 17:00; for example MISSINGLINK_DELIVER_AT=09:00"),
        ("MISSINGLINK_DELIVER_AT", "05:00", "MISSINGLINK_DELIVER_AT lies outside 07:00 to 19:00; for example MISSINGLINK_DELIVER_AT=09:00"),
        ("MISSINGLINK_DELIVER_DAYS", "always", "MISSINGLINK_DELIVER_DAYS is unclear: “always” isn't a day of the week I know. Write days like mon-thu, or tue, thu; for example MISSINGLINK_DELIVER_DAYS=mon-fri"),
        ("MISSINGLINK_ADMINS", "ines@harbour.example", "MISSINGLINK_ADMINS has an entry that is no Slack user id: ines@harbour.example"),
        ("MISSINGLINK_TICK_SECONDS", "0", "MISSINGLINK_TICK_SECONDS is wrong: input should be greater than 0"),
        ("MISSINGLINK_TICK_SECONDS", "soon", "MISSINGLINK_TICK_SECONDS is wrong"),
        ("SLACK_API_URL", "slack.com", "SLACK_API_URL is no web address; for example SLACK_API_URL=https://slack.com/api/"),
        ("SLACK_API_URL", "http://slack.com/api/", "SLACK_API_URL must begin with https://, except on this machine"),
        ("SLACK_API_URL", "https://sla–ck.com/api/", "SLACK_API_URL has a sign in it that no address has (en dash)"),
        ("SLACK_API_URL", "https://slack .com/api/", "SLACK_API_URL has a sign in it that no address has (space)"),
        ("SLACK_API_URL", "https://slack..com/api/", "SLACK_API_URL names a host that can't be"),
        ("HTTPS_PROXY", "http://a..b:80", "HTTPS_PROXY is no proxy's address (a part of its host's name is empty or too long)"),
        ("HTTPS_PROXY", "http://[::1:9", "HTTPS_PROXY is no proxy's address (Invalid IPv6 URL): write it like http://"),
        ("MISSINGLINK_CLOCK_URL", "http://127.0.0.1:1/clock", "MISSINGLINK_CLOCK_URL moves the clock and is for the local Slack only"),
        ("MISSINGLINK_LOG_LEVEL", "LOUD", "MISSINGLINK_LOG_LEVEL is wrong"),
        ("MISSINGLINK_SETTLE_SECONDS", "10", "MISSINGLINK_SETTLE_SECONDS must be larger than MISSINGLINK_HTTP_TIMEOUT_SECONDS"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_one_line(settings_environment: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    settings_environment.setenv(name, value)
    with pytest.raises(ConfigurationError) as failed:
        load()
    assert says in str(failed.value)
    assert "\n" not in str(failed.value)
    assert "pydantic" not in str(failed.value)


@pytest.mark.parametrize(
    ("bot", "app", "says"),
    [
        ("", "xapp-1", "SLACK_BOT_TOKEN is missing"),
        ("xapp-1", "xapp-1", "SLACK_BOT_TOKEN doesn't begin with xoxb-"),
        ("xoxb-1", "", "SLACK_APP_TOKEN is missing"),
    ],
)
def test_serving_needs_both_tokens(settings_environment: pytest.MonkeyPatch, bot: str, app: str, says: str) -> None:
    settings_environment.setenv("SLACK_BOT_TOKEN", bot)
    settings_environment.setenv("SLACK_APP_TOKEN", app)
    with pytest.raises(ConfigurationError, match=says) as failed:
        load().require_tokens()
    assert "for example" in str(failed.value)


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^### `(\w+)`", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE))
    assert documented == {str(field.alias) for field in Settings.model_fields.values()}


def test_every_documented_default_and_example_is_true() -> None:
    text = (ROOT / "docs/configuration.md").read_text()
    for field in Settings.model_fields.values():
        section = text.split(f"### `{field.alias}`")[1].split("###")[0]
        assert field.examples, field.alias
        assert f"{field.alias}={field.examples[0]}" in section, field.alias


def test_the_environment_is_read_nowhere_else() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        if path.name not in {"settings.py", "environment.py"}:
            assert "environ" not in path.read_text().replace(".environment", "").replace("environment", ""), path


def test_the_clock_is_read_in_one_place() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        # the scheduler's library reads the clock itself: `timer` holds it against the one that nobody sets
        if path.relative_to(ROOT / "bot").as_posix() not in {"app/clock.py", "delivery/timer.py"}:
            assert not re.search(r"(?<!instants)\.now\(|\.utcnow\(|time\.time\(|\.today\(\)", path.read_text()), path


def test_emoji_that_mean_a_holiday_are_named_with_or_without_colons(settings_environment: pytest.MonkeyPatch) -> None:
    settings_environment.setenv("MISSINGLINK_AWAY_EMOJI", ":palm_tree:, ferien-2 +1 île")
    assert load().away_emoji == {"palm_tree", "ferien-2", "+1", "île"}
    settings_environment.setenv("MISSINGLINK_AWAY_EMOJI", "none")
    assert load().away_emoji == frozenset()
    settings_environment.setenv("MISSINGLINK_AWAY_EMOJI", "palm_tree,🌴")
    with pytest.raises(ConfigurationError, match="MISSINGLINK_AWAY_EMOJI has an entry that is no emoji's name: 🌴"):
        load()
