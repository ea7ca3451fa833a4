"""The environment, read once. Every setting stands in docs/configuration.md; a test keeps that complete."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import environment, proxies
from bot.domain.local_time import EARLIEST, LAST_FOR_ADMINS
from bot.domain.people import AWAY_EMOJI
from bot.domain.typed_dates import parse_days, parse_hour
from bot.errors import ConfigurationError
from bot.packaged import folder

DOTENV = Path(".env")
HTTP_PORT = 3000
"""Where Slack's requests are taken unless PORT says otherwise."""
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NO_TOKEN = re.compile(r"[^\x21-\x7e]")
"""White space, a typographic dash or quote: what Slack never gives, and what editors make of it."""
PLACEHOLDERS = frozenset({"U012AB3CD", "U045EF6GH"})
"""The people of .env.example and of the docs."""
ADMINS_REMEDY = (
    "set MISSINGLINK_ADMINS to member ids (in Slack: a person's profile, More, Copy member ID), then start anew"
)
EMOJI = re.compile(r"[^\W A-Z][\w+'-]{0,99}|\+1|-1")
"""As Slack names them, those of the workspace's own included: lower case."""
PERSON = re.compile(r"^[UW][A-Z0-9]{2,}$")


def _hour(value: Any) -> Any:
    try:
        return parse_hour(value) if isinstance(value, str) else value
    except ValueError as unread:
        raise _unread(unread) from None


def _days(value: Any) -> Any:
    try:
        return parse_days(value) if isinstance(value, str) else value
    except ValueError as unread:
        raise _unread(unread) from None


def _unread(unread: ValueError) -> ValueError:
    """What the one reader of hours and days says is wrong, as the rest of a sentence that begins with a name."""
    return ValueError(f"is unclear: {str(unread).removesuffix('.')}")


def _people(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    ids = [part.strip("<@>\"'“”") for part in re.split(r"[\s,;]+", value) if part]
    wrong = [part for part in ids if not PERSON.match(part)]
    if wrong:
        raise ValueError(f"has an entry that is no Slack user id: {wrong[0]}")
    return frozenset(ids)


def _emoji(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.strip().lower() == "none":
        return frozenset()
    names = [part.strip(":") for part in re.split(r"[\s,;]+", value) if part.strip(":")]
    wrong = [name for name in names if not EMOJI.fullmatch(name)]
    if wrong:
        raise ValueError(f"has an entry that is no emoji's name: {wrong[0]}")
    return frozenset(names)


class Settings(BaseSettings):
    """All settings, with their names in the environment. Times of day are local to each learner."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library hands over all it has
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What `load` hands over: `environment` has read it, since a slip or an odd file is to cost a line each."""
        return (init_settings,)

    bot_token: str = Field("", alias="SLACK_BOT_TOKEN", examples=["xoxb-1234-5678-abc"])
    app_token: str = Field("", alias="SLACK_APP_TOKEN", examples=["xapp-1-A012-345-abc"])
    signing_secret: str = Field("", alias="SLACK_SIGNING_SECRET", examples=["8f742231b10e8888abcd99yyyzzz85a5"])
    port: int = Field(0, alias="PORT", ge=0, le=65535, examples=["3000"])
    api_url: str = Field("https://slack.com/api/", alias="SLACK_API_URL", examples=["https://slack.com/api/"])
    database_url: str = Field("sqlite:///missinglink.db", alias="DATABASE_URL", examples=["sqlite:///missinglink.db"])
    lessons_dir: Path = Field(
        default_factory=lambda: folder("lessons"), alias="MISSINGLINK_LESSONS_DIR", examples=["/srv/lessons"]
    )
    admins: Annotated[frozenset[str], BeforeValidator(_people)] = Field(
        frozenset(), alias="MISSINGLINK_ADMINS", examples=["U012AB3CD,U045EF6GH"]
    )
    deliver_at: Annotated[time, BeforeValidator(_hour)] = Field(
        time(9), alias="MISSINGLINK_DELIVER_AT", examples=["09:00"]
    )
    deliver_days: Annotated[frozenset[int] | None, BeforeValidator(_days)] = Field(
        None, alias="MISSINGLINK_DELIVER_DAYS", examples=["mon-fri"]
    )
    away_emoji: Annotated[frozenset[str], BeforeValidator(_emoji)] = Field(
        AWAY_EMOJI, alias="MISSINGLINK_AWAY_EMOJI", examples=["palm_tree,desert_island"]
    )
    tick_seconds: float = Field(30, alias="MISSINGLINK_TICK_SECONDS", gt=0, le=300, examples=["30"])
    clock_url: str = Field("", alias="MISSINGLINK_CLOCK_URL", examples=["http://127.0.0.1:8080/clock"])
    http_timeout_seconds: int = Field(20, alias="MISSINGLINK_HTTP_TIMEOUT_SECONDS", ge=1, le=60, examples=["20"])
    settle_seconds: float = Field(30, alias="MISSINGLINK_SETTLE_SECONDS", gt=0, le=600, examples=["30"])
    stop_seconds: float = Field(8, alias="MISSINGLINK_STOP_SECONDS", gt=0, le=600, examples=["8"])
    posts_per_minute: float = Field(200, alias="MISSINGLINK_POSTS_PER_MINUTE", ge=60, le=100_000, examples=["200"])
    tier_share: float = Field(0.75, alias="MISSINGLINK_TIER_SHARE", gt=0, le=1000, examples=["0.75"])
    history_per_minute: float = Field(50, alias="MISSINGLINK_HISTORY_PER_MINUTE", ge=1, le=1000, examples=["50"])
    history_page: int = Field(100, alias="MISSINGLINK_HISTORY_PAGE", ge=1, le=999, examples=["100"])
    senders: int = Field(8, alias="MISSINGLINK_SENDERS", ge=1, le=100, examples=["8"])
    spread_minutes: int = Field(5, alias="MISSINGLINK_SPREAD_MINUTES", ge=0, le=30, examples=["5"])
    sockets: int = Field(1, alias="MISSINGLINK_SOCKETS", ge=1, le=10, examples=["2"])
    audit_days: int = Field(400, alias="MISSINGLINK_AUDIT_DAYS", ge=1, examples=["400"])
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = Field(
        "INFO", alias="MISSINGLINK_LOG_LEVEL", examples=["INFO"]
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(str.lower)] = Field(
        "text", alias="MISSINGLINK_LOG_FORMAT", examples=["json"]
    )

    @field_validator("api_url")
    @classmethod
    def _api_address(cls, value: str) -> str:
        if odd := NO_TOKEN.search(value):
            raise ValueError(f"has a sign in it that no address has ({_sign(odd.group())})")
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise ValueError("is no web address")
        if urlsplit(value).scheme == "http" and urlsplit(value).hostname not in LOOPBACK:
            raise ValueError("must begin with https://, except on this machine")
        try:
            urlsplit(value).port  # noqa: B018 - it is read when it is asked for
        except ValueError:
            raise ValueError("has a port that can't be") from None
        try:
            (urlsplit(value).hostname or "").encode("idna")
        except UnicodeError:
            raise ValueError("names a host that can't be: a part of its name is empty or too long") from None
        return value if value.endswith("/") else value + "/"

    @field_validator("deliver_at")
    @classmethod
    def _decent_hour(cls, value: time) -> time:
        if not EARLIEST <= value <= LAST_FOR_ADMINS:
            raise ValueError("lies outside 07:00 to 19:00")
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if self.clock_url and {urlsplit(self.clock_url).hostname, urlsplit(self.api_url).hostname} - LOOPBACK:
            raise ValueError(
                "MISSINGLINK_CLOCK_URL moves the clock and is for the local Slack only: "
                "it and SLACK_API_URL must both be on 127.0.0.1"
            )
        if self.settle_seconds <= self.http_timeout_seconds:
            raise ValueError(
                "MISSINGLINK_SETTLE_SECONDS must be larger than MISSINGLINK_HTTP_TIMEOUT_SECONDS, "
                "or a message still on its way could be sent twice; for example 30 and 20"
            )
        return self

    @property
    def listens_on(self) -> int:
        """The port of the bot's own web server; 0 where there is none."""
        return self.port or (HTTP_PORT if self.over_http else 0)

    @property
    def over_http(self) -> bool:
        """True when Slack calls the bot; with an app token the bot calls Slack, which is Socket Mode."""
        return bool(self.signing_secret) and not self.app_token

    def require_tokens(self) -> None:
        """Refuse to serve without what Slack gives an app.

        Raises:
            ConfigurationError: something is missing or is another kind of token; a line for each.
        """
        if faults := self.token_faults():
            raise ConfigurationError("\n".join(faults.values()))

    def token_faults(self) -> dict[str, str]:
        """What is wrong with the tokens, by the setting's name; nothing where the bot can start."""
        bot, app = "OAuth & Permissions, Bot User OAuth Token", "Basic Information, App-Level Tokens"
        faults = {"SLACK_BOT_TOKEN": _token_fault("SLACK_BOT_TOKEN", self.bot_token, "xoxb-", bot)}
        if self.over_http:
            where = "Basic Information, App Credentials"
            faults["SLACK_SIGNING_SECRET"] = _token_fault("SLACK_SIGNING_SECRET", self.signing_secret, "", where)
        else:
            instead = ", or SLACK_SIGNING_SECRET instead where Slack shall call the bot over HTTP"
            faults["SLACK_APP_TOKEN"] = _token_fault("SLACK_APP_TOKEN", self.app_token, "xapp-", app, instead)
        return {name: fault for name, fault in faults.items() if fault}

    def admin_faults(self) -> list[str]:
        """What keeps the list of admins from naming anybody, as far as that is seen without Slack."""
        if not self.admins:
            return ["nobody is an admin, so nobody can assign a track"]
        return [
            f"the admin {person} is the example's placeholder, and nobody"
            for person in sorted(self.admins & PLACEHOLDERS)
        ]


def _sign(odd: str) -> str:
    return unicodedata.name(odd, "a control character").lower()


def _token_fault(name: str, value: str, prefix: str, where: str, instead: str = "") -> str:
    example = f"for example {name}={prefix}...{instead}"
    odd = NO_TOKEN.search(value)
    if not value:
        return f"{name} is missing; it is in your Slack app's settings under {where}, {example}"
    if "..." in value or "…" in value:
        wrong = f"is still the placeholder {value}"
    elif odd:
        wrong = f"has a sign in it that no token has ({_sign(odd.group())})"
    elif not value.startswith(prefix):
        wrong = f"doesn't begin with {prefix}"
    else:
        return ""
    return f"{name} {wrong}; take the one in your Slack app's settings under {where}, {example}"


def names() -> list[str]:
    """Every setting's name in the environment."""
    return [str(field.alias) for field in Settings.model_fields.values()]


def slips() -> list[environment.Slip]:
    """What looks like a mistake in what the operator wrote, and doesn't stop the start."""
    return environment.slips(names(), DOTENV)


def load(file: Path | None = DOTENV, **overrides: Any) -> Settings:
    """The settings of this process: what is given by hand, else the environment's, else those of `file`.

    Raises:
        ConfigurationError: some are wrong; a line for each, naming the variable, what is wrong, and an example.
    """
    if said := proxies.fault():
        raise ConfigurationError(said)
    try:
        return Settings(**{**environment.read(names(), file), **overrides})
    except ValidationError as error:
        raise ConfigurationError("\n".join(_line(e) for e in error.errors())) from None


def _line(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return message
    name = str(error["loc"][0])
    field = next((f for f in Settings.model_fields.values() if f.alias == name), None)
    example = f"; for example {name}={field.examples[0]}" if field and field.examples else ""
    return f"{name} {_lower(message)}{example}"


def _lower(message: str) -> str:
    text = message[0].lower() + message[1:]
    return text if text.startswith(("is ", "has ", "must ", "names ", "lies ")) else f"is wrong: {text}"
