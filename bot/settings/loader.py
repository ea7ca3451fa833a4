"""Loads the settings, and says what is wrong with them a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot import environment, proxies
from bot.errors import ConfigurationError
from bot.settings.model import Settings

DOTENV = Path(".env")


def names() -> list[str]:
    """Return every setting's name in the environment."""
    return [str(field.alias) for field in Settings.model_fields.values()]


def slips() -> list[environment.Slip]:
    """Return likely mistakes in what the operator wrote. They don't stop the start."""
    return environment.slips(names(), DOTENV)


def load(file: Path | None = DOTENV, **overrides: Any) -> Settings:
    """Load the settings: an override wins over the environment, and the environment over `file`.

    Raises:
        ConfigurationError: some are wrong; a line for each, naming the variable, what is wrong, and an example.
    """
    if fault := proxies.fault():
        raise ConfigurationError(fault)
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
