"""Parts of payloads: ids, people, workspaces."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from bot.messages import ids
from bot.slack.inbound.bolt_fields import STRICT


def _id(text: str) -> str:
    """Let an id pass as Slack makes them: a database may be asked for it."""
    if not text or not ids.sound(text):
        raise ValueError("no id")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("not printable")
    return text


Id = Annotated[str, AfterValidator(_id)]
Part = Annotated[str, AfterValidator(_printable)]
"""A part of a request's id."""


class Strict(BaseModel):
    """A part of a payload."""

    model_config = ConfigDict(**STRICT, frozen=True, defer_build=True)


class Person(Strict):
    """The person behind a request."""

    id: Id


class Team(Strict):
    """A workspace."""

    id: Id
