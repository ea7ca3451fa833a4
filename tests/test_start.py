"""What a start has to import, since importing is most of what it takes."""

from __future__ import annotations

import subprocess
import sys

import holidays
import pytest

from bot.domain.workdays import countries

HEAVY = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "psycopg", "alembic", "holidays", "rich", "pygments",
         "structlog", "uvicorn", "starlette", "jinja2", "bot.doctor", "localslack")  # fmt: skip


@pytest.fixture(scope="module")
def imported() -> list[str]:
    """The modules that the command has imported before it reads its settings."""
    program = [sys.executable, "-c", "import sys, bot.__main__; print(*sys.modules)"]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_start_leaves_out(heavy: str, imported: list[str]) -> None:
    assert not [name for name in imported if name == heavy or name.startswith(f"{heavy}.")]


def test_the_countries_with_holidays_are_all_of_the_package() -> None:
    assert set(holidays.registry.EntityLoader.get_country_codes()) == set(holidays.list_supported_countries())
    assert set(countries()) <= set(holidays.list_supported_countries())
