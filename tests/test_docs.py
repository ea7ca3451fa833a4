"""What is written about the program is true of it."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import cli
from bot.content.parse import parse_lesson, parse_term, parse_track
from bot.content.problem import Findings
from bot.content.sources import Sources
from bot.delivery.ticker import KEEP_REQUESTS
from bot.settings import Settings
from bot.slack.handlers.commands import COMMANDS
from bot.store.tables import metadata
from bot.store.unread_dms import RECENT
from tests import surface

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "lessons/README.md",
        ROOT / "tests/README.md"]  # fmt: skip


def commands() -> set[str]:
    """Every `missinglink` command there is, as one types it."""
    found: set[str] = set()
    for name, command in get_command(cli).commands.items():  # type: ignore[attr-defined]
        subcommands = getattr(command, "commands", None)
        found |= {f"{name} {sub}" for sub in subcommands} if subcommands else {name}
    return found


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_named_in_the_docs_exists(path: Path) -> None:
    known = commands()
    for line in re.findall(r"`missinglink ([a-z ]+)", path.read_text()):
        assert any(line.strip().startswith(command) for command in known), f"missinglink {line}"


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_file_linked_in_the_docs_exists(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_the_rooms_that_are_drawn_are_the_rooms_there_are() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    drawn = text.split("```")[1]
    rooms = {p.name for p in (ROOT / "bot").iterdir() if p.is_dir() and not p.name.startswith(("_", "."))}
    assert set(re.findall(r"^  (\w+)/", drawn, re.MULTILINE)) == rooms
    for named in re.findall(r"`((?:\w+/)+\w+\.py)`", text):
        assert any((ROOT / base / named).exists() for base in ("bot", "bot/slack", ".")), named


def docstrings(path: Path) -> list[tuple[str, str]]:
    """Every module's, class's and function's docstring, with its name."""
    tree = ast.parse(path.read_text())
    documented = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef))
    return [(getattr(n, "name", path.stem), ast.get_docstring(n) or "") for n in documented]


SHOWN = {"print_audit", "audit"}
"""Commands whose docstring is their help."""


@pytest.mark.parametrize("room", ["bot", "localslack"])
def test_a_docstring_names_its_subject_or_says_what_is_done(room: str) -> None:
    opening = re.compile(r"(What|Who|Whom|Whose|When|Where|Whether|How|Why|Which|True|False)\b")
    for path in (ROOT / room).rglob("*.py"):
        for name, text in docstrings(path):
            assert name in SHOWN or not opening.match(text), f"{path.relative_to(ROOT)}: {name}: {text.splitlines()[0]}"


def test_each_decision_has_a_number_of_its_own() -> None:
    files = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [path.name.split("-")[0] for path in files]
    assert len(set(numbers)) == len(numbers)
    for path, number in zip(files, numbers, strict=True):
        assert path.read_text().startswith(f"# {number} "), path.name


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text()
    for command in commands():
        assert f"missinglink {command}" in text, command


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in DOCS:
        for target in re.findall(r"`make ([a-z]+)`", path.read_text()):
            assert target in targets, f"{path.name}: make {target}"


def test_the_manifest_has_the_least_scopes_and_what_the_bot_answers_to() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text())
    assert manifest["oauth_config"]["scopes"]["bot"] == [
        "chat:write",
        "commands",
        "im:history",
        "im:write",
        "users:read",
    ]
    assert manifest["features"]["app_home"]["messages_tab_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert manifest["settings"]["socket_mode_enabled"] is True
    offered = {c["command"]: c for c in manifest["features"]["slash_commands"]}
    assert set(offered) == {"/learn", "/track", "/jargon"}
    assert all(c["should_escape"] for c in offered.values())
    for command in ("/learn", "/track"):
        hinted = {way.strip().split()[0] for way in offered[command]["usage_hint"].split("|")}
        assert hinted == {verb for verb in COMMANDS[command] if verb}


def test_the_page_of_everything_in_slack_is_what_the_tables_say() -> None:
    assert surface.PAGE.read_text() == surface.page(), "run: python -m tests.surface"


def test_everything_in_slack_has_a_test_that_exists_and_the_manifest_agrees() -> None:
    names = {entry.name for entry in surface.entries()}
    assert set(surface.TESTS) == names
    assert set(surface.TESTS.values()) <= set(surface.tests_there_are())
    assert all(entry.answers for entry in surface.entries())
    assert surface.manifest_entries() == {n for n in names if n in COMMANDS or n.startswith(("shortcut", "event"))}


def example(kind: str) -> str:
    """The example of a lesson, term or track in the editors' page."""
    text = (ROOT / "lessons/README.md").read_text()
    return text.split(f"<!-- {kind} -->")[1].split("```markdown\n")[1].split("```")[0]


def test_the_examples_that_editors_are_given_are_valid() -> None:
    findings = Findings()
    reporter = findings.reporter("lessons/README.md")
    assert parse_lesson(example("lesson"), reporter, Sources())
    assert parse_term(example("term"), reporter, Sources())
    assert parse_track(example("track"), reporter)
    assert findings == Findings()


def test_nothing_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    hosts = ("pypi" + ".org", "registry.npm" + "js", "files.python" + "hosted", "/home" + "/", "/ro" + "ot/")
    for path in ROOT.rglob("*"):
        if path.is_file() and path.suffix in {".md", ".py", ".txt", ".toml", ".yaml", ".json", ".js", ""} and not (
            set(path.relative_to(ROOT).parts) & {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", "dist", "build", ".hypothesis", "test-output"}
        ):  # fmt: skip
            try:
                text = path.read_text()
            except UnicodeDecodeError:
                continue
            assert not [h for h in hosts if h in text], path


def test_the_changelog_and_the_package_agree_on_the_version() -> None:
    from bot import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()


SECURITY = (ROOT / "SECURITY.md").read_text()


def test_every_scope_is_told_with_its_reason_and_no_other() -> None:
    asked = json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]
    told = set(re.findall(r"^\| `(\w+:?\w+)`", SECURITY, re.MULTILINE))
    assert told == {*asked["bot"], *asked["bot_optional"]}
    assert asked.get("user", []) == []


def test_the_privacy_page_names_every_table_and_column_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| ((?:`\w+` ?)+)\|$", (ROOT / "docs/privacy.md").read_text(), re.MULTILINE)
    told = {table: re.findall(r"`(\w+)`", columns) for table, columns in rows}
    assert len(told) == len(rows)
    assert told == {name: [column.name for column in table.c] for name, table in metadata.tables.items()}


def test_how_long_things_are_kept_is_told_as_it_is() -> None:
    assert timedelta(days=7) == KEEP_REQUESTS
    assert timedelta(days=14) == RECENT
    assert "Ids of requests: seven days, of taps fourteen" in SECURITY
    assert f"`MISSINGLINK_AUDIT_DAYS`, {Settings.model_fields['audit_days'].default} unless set" in SECURITY
