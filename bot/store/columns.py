"""Columns and keys as the tables declare them. A column without a type holds a text of at most 255 signs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, String

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""The names of constraints, by which migrations alter and drop them."""
TEXT = String(255)


def key(name: str, kind: Any = TEXT) -> Column[Any]:
    """Return a column of the primary key."""
    return Column(name, kind, primary_key=True)


def keys(*names: str) -> list[Column[Any]]:
    """Return the columns of a primary key of texts."""
    return [key(name) for name in names]


def required(name: str, kind: Any = TEXT, **more: Any) -> Column[Any]:
    """Return a column that is never NULL."""
    return Column(name, kind, nullable=False, **more)


def optional(name: str, kind: Any = TEXT, **more: Any) -> Column[Any]:
    """Return a column that may be NULL."""
    return Column(name, kind, nullable=True, **more)


def of_learner() -> ForeignKeyConstraint:
    """Return the foreign key of a row that belongs to a learner."""
    return ForeignKeyConstraint(["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"])
