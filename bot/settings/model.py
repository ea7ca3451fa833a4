"""The settings, read once from the environment. Each is documented in docs/configuration.md, as a test checks."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.people import AWAY_EMOJI
from bot.errors import ConfigurationError
from bot.package_files import folder
from bot.settings import values
from bot.settings.tokens import token_fault

HTTP_PORT = 3000
"""The port for Slack's requests unless PORT names another."""
PLACEHOLDERS = frozenset({"U012AB3CD", "U045EF6GH"})
"""The user ids in .env.example and in the docs."""
ADMINS_REMEDY = (
    "set MISSINGLINK_ADMINS to member ids (in Slack: a person's profile, More, Copy member ID), then start anew"
)


class Settings(BaseSettings):
    """All settings with their names in the environment. Times of day are in each learner's own zone.

    `environment` reads what operators wrote, and reports each fault in a line.
    """

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
        """Return the values that `load` hands over: `environment` has read them, and tells each fault in a line."""
        return (init_settings,)

    bot_token: str = Field("", alias="SLACK_BOT_TOKEN", examples=["xoxb-1234-5678-abc"])
    app_token: str = Field("", alias="SLACK_APP_TOKEN", examples=["xapp-1-A012-345-abc"])
    signing_secret: str = Field("", alias="SLACK_SIGNING_SECRET", examples=["8f742231b10e8888abcd99yyyzzz85a5"])
    port: int = Field(0, alias="PORT", ge=0, le=65535, examples=["3000"])
    api_url: Annotated[str, AfterValidator(values.api_url)] = Field(
        "https://slack.com/api/", alias="SLACK_API_URL", examples=["https://slack.com/api/"]
    )
    database_url: str = Field("sqlite:///missinglink.db", alias="DATABASE_URL", examples=["sqlite:///missinglink.db"])
    lessons_dirs: Annotated[tuple[Path, ...], BeforeValidator(values.lessons_folders)] = Field(
        default_factory=lambda: (folder("lessons"),), alias="MISSINGLINK_LESSONS_DIR", examples=["shipped:/srv/lessons"]
    )
    admins: Annotated[frozenset[str], BeforeValidator(values.people)] = Field(
        frozenset(), alias="MISSINGLINK_ADMINS", examples=["U012AB3CD,U045EF6GH"]
    )
    deliver_at: Annotated[time, BeforeValidator(values.hour), AfterValidator(values.delivery_hour)] = Field(
        time(9), alias="MISSINGLINK_DELIVER_AT", examples=["09:00"]
    )
    deliver_days: Annotated[frozenset[int] | None, BeforeValidator(values.days)] = Field(
        None, alias="MISSINGLINK_DELIVER_DAYS", examples=["mon-fri"]
    )
    away_emoji: Annotated[frozenset[str], BeforeValidator(values.emoji)] = Field(
        AWAY_EMOJI, alias="MISSINGLINK_AWAY_EMOJI", examples=["palm_tree,desert_island"]
    )
    command_prefix: Annotated[str, AfterValidator(values.command_prefix)] = Field(
        "", alias="MISSINGLINK_COMMAND_PREFIX", examples=["acme-"]
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

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if self.clock_url and {urlsplit(self.clock_url).hostname, urlsplit(self.api_url).hostname} - values.LOOPBACK:
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
        """Return the port of the bot's web server; 0 if it has none."""
        return self.port or (HTTP_PORT if self.over_http else 0)

    @property
    def over_http(self) -> bool:
        """Return True if Slack calls the bot over HTTP. With an app token the bot connects to Slack: Socket Mode."""
        return bool(self.signing_secret) and not self.app_token

    def require_tokens(self) -> None:
        """Check that the tokens are there and look right.

        Raises:
            ConfigurationError: something is missing or is another kind of token; a line for each.
        """
        if faults := self.token_faults():
            raise ConfigurationError("\n".join(faults.values()))

    def token_faults(self) -> dict[str, str]:
        """Return the faults of the tokens by the setting's name; an empty dict if the bot can start."""
        bot, app = "OAuth & Permissions, Bot User OAuth Token", "Basic Information, App-Level Tokens"
        faults = {"SLACK_BOT_TOKEN": token_fault("SLACK_BOT_TOKEN", self.bot_token, "xoxb-", bot)}
        if self.over_http:
            where = "Basic Information, App Credentials"
            faults["SLACK_SIGNING_SECRET"] = token_fault("SLACK_SIGNING_SECRET", self.signing_secret, "", where)
        else:
            instead = ", or SLACK_SIGNING_SECRET instead where Slack shall call the bot over HTTP"
            faults["SLACK_APP_TOKEN"] = token_fault("SLACK_APP_TOKEN", self.app_token, "xapp-", app, instead)
        return {name: fault for name, fault in faults.items() if fault}

    def admin_faults(self) -> list[str]:
        """Return the faults of the list of admins, as far as they can be seen without asking Slack."""
        if not self.admins:
            return ["nobody is an admin, so nobody can assign a track"]
        return [
            f"the admin {person} is the example's placeholder, and nobody"
            for person in sorted(self.admins & PLACEHOLDERS)
        ]
