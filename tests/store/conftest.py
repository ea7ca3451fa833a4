"""What the tests of the store share: a user of Postgres who has to give a password."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.databases import execute


@pytest.fixture
def role(postgres: str) -> str:
    """A user of this test's own who has to give a password, which is `right`."""
    name = f"r{uuid4().hex[:12]}"
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        rules = Path(str(connection.execute(text("SHOW hba_file")).scalar()))
    engine.dispose()
    execute(postgres, f"CREATE ROLE {name} LOGIN PASSWORD 'right'")
    rules.write_text(f"local all {name} scram-sha-256\n{rules.read_text()}")
    execute(postgres, "SELECT pg_reload_conf()")
    return name
