"""An app that is connected to the local Slack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from localslack import LocalSlack
from tests.localslack.wire import App


@pytest.fixture
def app(slack: LocalSlack) -> Iterator[App]:
    """A connected app."""
    connected = App(slack)
    yield connected
    connected.close()
