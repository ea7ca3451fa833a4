"""A folder to write into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.writing import Lessons


@pytest.fixture
def lessons(tmp_path: Path) -> Lessons:
    """A folder with one track of one lesson."""
    return Lessons(tmp_path / "lessons")
