"""Sixty tracks and five hundred words fit within Slack's limits wherever they are listed; the local Slack refuses more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages import dialogs
from localslack import LocalSlack
from localslack.objects import GENERAL
from tests.content.writing import LESSON, TERM, Lessons
from tests.helpers import ADMIN, HENRIK, MAYA, MONDAY, Running, words_of
from tests.journeys.test_strategy import close
from tests.running import running

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
"""No statement differs in it, and the suite has ten minutes."""
TRACK = "---\nid: {id}\ntitle: Track {id} with a title & some words\nopen: yes\nitems: [{items}]\n---\n{about}\n"
ABOUT = (
    "What it is good for, in a sentence that has about as many words as the longest that an author may write here. " * 2
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty tracks of three lessons, and five hundred words."""
    made = Lessons(tmp_path_factory.mktemp("many") / "lessons")
    for number in range(1, 61):
        track = f"track-{number}"
        (made.root / "tracks" / track).mkdir()
        ids = [f"lesson-{number}-{n}" for n in range(3)]
        for lesson in ids:
            made.write(f"tracks/{track}/{lesson}.md", LESSON.format(id=lesson))
        made.write(f"tracks/{track}/track.md", TRACK.format(id=track, items=", ".join(ids), about=ABOUT.strip()))
    for number in range(500):
        made.write(f"jargon/word-{number}.md", TERM.format(id=f"word-{number}", term=f"Wordy {number}"))
    return made.root


@pytest.fixture
def bot(folder: Path, slack: LocalSlack, url: str) -> Iterator[Running]:
    """A bot that serves all of it."""
    with running(slack, url, MISSINGLINK_LESSONS_DIR=str(folder)) as started:
        yield started


def refused(bot: Running) -> list[str]:
    """What the local Slack refused, besides a Home that two published at once."""
    calls = [(method, answer) for method, _, answer in bot.slack.world.calls if not answer["ok"]]
    return [f"{method}: {answer}" for method, answer in calls if answer["error"] != "hash_conflict"]


def test_sixty_tracks_and_five_hundred_words_are_listed_and_found(bot: Running) -> None:
    all_tracks_are_listed_for_admins_and_for_learners(bot)
    a_track_is_found_among_sixty_in_every_dialog(bot)
    a_word_is_found_among_five_hundred(bot)
    assert refused(bot) == []


def all_tracks_are_listed_for_admins_and_for_learners(bot: Running) -> None:
    """In lists."""
    listed = bot.command(ADMIN, "/track list").text
    assert "Track track-1 with" in listed
    assert "Track track-60 with" in listed
    mine = bot.command(HENRIK, "/learn tracks").text
    assert "Track track-1 with" in mine
    assert "Which track?" in bot.command(ADMIN, "/track preview").text
    bot.command(HENRIK, "/learn start")


def a_track_is_found_among_sixty_in_every_dialog(bot: Running) -> None:
    """In dialogs, in a Home, and in a message."""
    bot.assign("@henrik track-60")
    bot.advance(MONDAY + timedelta(days=1, hours=18))
    assert "track-60" in bot.last(HENRIK).text
    bot.home(HENRIK)
    bot.home(ADMIN)
    for user, typed in ((ADMIN, "/track"), (ADMIN, "/track write"), (HENRIK, "/learn brief"), (HENRIK, "/learn")):
        close(bot, user)
        bot.asks_for_dialog(user, typed)
    close(bot, HENRIK)
    assert "track-60" in bot.command(HENRIK, "/learn progress").text
    assert "track-60" in bot.command(ADMIN, "/track status").text


def a_word_is_found_among_five_hundred(bot: Running) -> None:
    """By its name, by one like it, and in a message."""
    assert "It means this." in bot.command(HENRIK, "/jargon wordy 499").text
    assert "The nearest I know" in bot.command(HENRIK, "/jargon wordx 77x").text
    said = "We have " + " and ".join(f"Wordy {n}" for n in range(40))
    message = bot.slack.world.write(bot.slack.world.channels[GENERAL], MAYA, said)
    assert bot.slack.shortcut(HENRIK, message, "explain_jargon") == ""
    dialog = bot.dialog(HENRIK, "The jargon, explained")
    assert "35 more words" in words_of(dialog)


def test_a_form_takes_a_pasted_list_and_several_tracks_one_after_the_other(bot: Running) -> None:
    bot.asks_for_dialog(ADMIN, "/track", "Assign a track")
    wrong = {dialogs.PASTED: "U0MAYA1234, somebody", dialogs.TRACK: "track-1", dialogs.THEN: ["track-1", "track-2"]}
    assert bot.slack.submit(ADMIN, wrong) == ""  # type: ignore[arg-type]
    errors = bot.slack.modal_errors(ADMIN)
    assert errors.keys() == {dialogs.PASTED, dialogs.THEN}
    assert "“somebody” is no member ID" in errors[dialogs.PASTED]
    nobody = {dialogs.PASTED: "", dialogs.TRACK: "track-1", dialogs.THEN: []}
    assert bot.slack.submit(ADMIN, nobody) == ""  # type: ignore[arg-type]
    assert "write a group or a list below" in bot.slack.modal_errors(ADMIN)[dialogs.PEOPLE]
    chosen = {
        dialogs.PEOPLE: [MAYA],
        dialogs.PASTED: "U0HENRIK\nU0AIKO U0HENRIK",
        dialogs.TRACK: "track-1",
        dialogs.THEN: ["track-3", "track-2"],
    }
    assert bot.slack.submit(ADMIN, chosen) == ""  # type: ignore[arg-type]
    asked = words_of(bot.dialog(ADMIN, "Assign this?"))
    assert "3 people get *Track track-1" in asked
    assert "<@U0AIKO>" in asked
    assert asked.index("Track track-2") < asked.index("Track track-3")
    assert bot.slack.submit(ADMIN) == ""
    bot.eventually(lambda: len([m for m in bot.slack.messages(ADMIN) if "is assigned to <@U0MAYA>" in m.text]) == 3)
    assert refused(bot) == []
