"""A server that refuses a connection is understood by its code, whatever language its words are in."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.errors import ConfigurationError, DatabaseUnreachableError, MissingLinkError
from bot.store import preflight
from bot.store.database import Database
from bot.store.sqlstate import refusal_code
from tests.databases import execute
from tests.store.refusing import refusing


def refusal(address: str) -> MissingLinkError:
    """What is said of a database that can't be used."""
    database = Database(address)
    with pytest.raises(MissingLinkError) as failed:
        preflight.ensure_usable(database)
    database.close()
    assert "\n" not in str(failed.value)
    assert "secret" not in str(failed.value)
    return failed.value


@pytest.mark.parametrize(
    ("code", "said", "kind", "remedy"),
    [
        ("28P01", "Passwort-Authentifizierung fehlgeschlagen", ConfigurationError, "check the user and the password"),
        ("28000", "Rolle »maya« existiert nicht", ConfigurationError, "check the user in DATABASE_URL"),
        ("3D000", "Datenbank »progress« existiert nicht", ConfigurationError, "create the database"),
        ("42501", "keine Berechtigung für Datenbank »progress«", ConfigurationError, "GRANT the user"),
        ("42704", "unbekannter Konfigurationsparameter »nonsense«", ConfigurationError, "what follows the ?"),
        ("57P03", "das Datenbanksystem startet", DatabaseUnreachableError, ""),
        ("53300", "tut mir leid, schon zu viele Verbindungen", DatabaseUnreachableError, ""),
        ("XX000", "etwas anderes", DatabaseUnreachableError, ""),
    ],
)
@pytest.mark.parametrize("after_password", [False, True])
def test_a_server_that_speaks_another_language_is_understood_by_its_code(
    code: str, said: str, kind: type[MissingLinkError], remedy: str, after_password: bool
) -> None:
    with refusing(code, said, after_password=after_password) as port:
        found = refusal(f"postgresql://maya:secret@127.0.0.1:{port}/progress")
    assert type(found) is kind, found
    assert f": {said}" in str(found), "its own words, and nothing of where they came from"
    assert remedy in str(found)


def test_a_servers_refusals_have_the_codes_that_are_looked_for(postgres: str, role: str) -> None:
    there = make_url(postgres)
    crowded = f"c{uuid4().hex[:12]}"
    execute(postgres, f"CREATE ROLE {crowded} LOGIN CONNECTION LIMIT 0")
    for url, code in (
        (there.set(username=role, password="wrong"), "28P01"),
        (there.set(username="nobody9"), "28000"),
        (there.set(database="nowhere"), "3D000"),
        (there.set(username=crowded), "53300"),
        (there.update_query_dict({"options": "-c nonsense=1"}), "42704"),
    ):
        with pytest.raises(psycopg.OperationalError) as failed:
            psycopg.connect(url.render_as_string(hide_password=False))
        assert failed.value.sqlstate is None, "the driver tells by itself now: nobody need be asked twice"
        assert refusal_code(failed.value) == code, url


def test_what_libpq_says_by_itself_asks_nobody_once_more(postgres: str, role: str) -> None:
    there = make_url(postgres)
    for url in (make_url("postgresql://maya:secret@127.0.0.1:9/progress"), there.set(username=role)):
        with pytest.raises(psycopg.OperationalError) as failed:
            psycopg.connect(url.render_as_string(hide_password=False))
        assert refusal_code(failed.value) is None
