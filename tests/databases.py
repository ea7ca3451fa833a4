"""Databases on the Postgres of a test run."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


def new_postgres(server: str, with_: str = "") -> str:
    """The address of a database of a test's own. `with_`: what follows CREATE DATABASE's name."""
    name = f"t{uuid4().hex[:12]}"
    execute(server, f"CREATE DATABASE {name} {with_}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def execute(server: str, *statements: str) -> None:
    """Run statements, each by itself."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
