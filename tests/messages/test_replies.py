"""Short answers, with as much in them as there may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.limits import view_violations, violations
from bot.messages import admin_replies, pause_replies, replies
from bot.messages.dialogs import shown
from bot.view_models import ComingState, ComingView, EnrolmentState, StatusLine, TrackCount
from tests.helpers import small_catalogue

TRACKS = list(small_catalogue().tracks.values())


def test_slack_takes_a_list_of_several_tracks_to_start_as_a_message_and_as_a_dialog() -> None:
    answer = replies.open_tracks(TRACKS, [])
    assert violations(answer.payload()) == []
    assert view_violations(shown(answer).payload()) == []


def test_slack_takes_the_figures_of_several_tracks() -> None:
    counts = [TrackCount(track_id=track.id, title=track.title, assigned=3, started=2, finished=1) for track in TRACKS]
    answer = admin_replies.status(counts, [], {}, "all", 1)
    assert violations(answer.payload()) == []
    assert view_violations(shown(answer).payload()) == []


def test_a_status_says_of_those_it_shows_what_nobody_is_told_about_them() -> None:
    def said(*states: str) -> str:
        lines = [StatusLine(f"U{n}", "abc", EnrolmentState(state)) for n, state in enumerate(states)]
        return admin_replies.status(
            [TrackCount(track_id="abc", title="A to C", assigned=1, started=1, finished=1)], lines, {}, "person", 1
        ).text

    assert "Nobody is told why somebody hasn't begun: paused, silent and waiting look alike." in said("assigned")
    assert "hasn't begun" in said("started", "assigned")
    assert "Nobody is told why somebody hasn't finished: paused, silent" in said("started", "finished")
    for over in (said("finished"), said("left"), said("finished", "left")):
        assert "Nobody is told" not in over
        assert "look alike" not in over


def test_who_resumes_without_a_pause_is_told_what_comes_and_how_to_have_it_now() -> None:
    coming = ComingView(state=ComingState.NEXT, title="FOMO", day=date(2026, 3, 3), at=time(9), today=date(2026, 3, 2))
    said = pause_replies.resumed(was_paused=False, coming=coming).text
    assert "The next one comes on Tuesday 3 March; /learn next brings it now" in said
    assert (
        "/learn tracks"
        in pause_replies.resumed(was_paused=False, coming=replace(coming, state=ComingState.NOTHING, day=None)).text
    )
