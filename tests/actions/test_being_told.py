"""Who is told what an admin did to them, and what reports say, before their answers count."""

from __future__ import annotations

import pytest

from bot.actions.appoint import appoint, dismiss
from bot.actions.begin import begin
from bot.actions.self_start import self_start
from bot.domain.delivery import Delivery
from bot.domain.delivery_subject import Appointed, GivenBack
from bot.domain.rider import FIGURES_NOTICE, PrivacyNotice
from bot.messages import render
from bot.store import deliveries, learners
from tests.helpers import ADMIN, TEAM, Story, answer, started, view_shown


def notices(story: Story, kind: type) -> list[Delivery]:
    return [d for d in story.all() if isinstance(d.about, kind)]


def said(story: Story, delivery: Delivery) -> str:
    with story.ctx.db.read() as session:
        current = deliveries.get(session, TEAM, delivery.delivery_id)
        assert current is not None
        return render(view_shown(session, story.ctx, current)).text.replace("*", "")


def starts_alone(story: Story) -> None:
    with story.ctx.db.write() as session:
        learners.remember(session, story.slack.profiles[story.who])
    track = story.ctx.catalogue_of(TEAM).tracks["abc"]
    story.do(self_start, track, "start")
    story.deliver()


def test_the_welcome_tells_what_reports_say_once_it_has_come(story: Story) -> None:
    story.assign()
    assert story.learner.figures_told_at is None
    story.go("2026-03-02 08:00")
    assert story.learner.figures_told_at is None, "it is planned, and not there yet"
    story.deliver()
    assert story.learner.figures_told_at == story.clock.at
    first = story.learner.figures_told_at
    story.day("2026-03-03 09:00")
    assert story.learner.figures_told_at == first


def test_whoever_began_alone_and_is_then_assigned_it_is_told_by_a_line(story: Story) -> None:
    starts_alone(story)
    assert story.learner.figures_told_at is None
    story.assign()
    story.do(begin, "next", only=None)
    with story.ctx.db.read() as session:
        (item,) = [d for d in story.all() if d.asking_id is not None]
        brought = deliveries.riders(session, TEAM, story.who)
    assert PrivacyNotice(FIGURES_NOTICE) not in brought, "the open item is what it was"
    story.do(answer, item.delivery_id, 1, "answer")
    message = story.day("2026-03-03 09:00")
    assert message is not None
    assert message.rider == PrivacyNotice(FIGURES_NOTICE)
    assert "never who knew what, and counting only what is answered from now on" in said(story, message)
    assert story.learner.figures_told_at == story.clock.at
    enrolment = story.do(lambda state: state.enrolment("abc"))
    assert enrolment.began_alone, "and counts in no figure of this track"


def test_an_undo_tells_whoever_had_begun_alone_that_it_is_theirs_again(story: Story) -> None:
    starts_alone(story)
    order = story.assign()
    story.undo(order, sure=True)
    (note,) = notices(story, GivenBack)
    assert "no admin sees it any longer" in said(story, note)
    assert story.do(lambda state: state.enrolment("abc")).assigned_by is None


def test_an_undo_tells_nobody_else(story: Story) -> None:
    order = story.assign()
    story.undo(order)
    assert notices(story, GivenBack) == []


def test_a_new_admin_is_told_by_whom_and_what_they_never_see(story: Story) -> None:
    started(story)
    at = story.clock.at
    with story.ctx.db.write() as session:
        for _ in range(2):
            appoint(session, TEAM, story.who, ADMIN, at, "r1")
    (note,) = notices(story, Appointed)
    assert said(story, note).count(f"<@{ADMIN}> has made you an admin") == 1
    assert "never anybody's answers" in said(story, note)
    with story.ctx.db.write() as session:
        dismiss(session, story.ctx, TEAM, story.who, by=ADMIN, at=at, caused_by="r2")
    assert "You are no longer an admin of Missing Link" in said(story, notices(story, Appointed)[1])


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_track_is_begun_when_its_first_item_is_done_and_anew_after_a_restart(story: Story) -> None:
    item = started(story)

    def begun() -> object:
        return story.do(lambda state: state.enrolment("abc").started_at)

    assert begun() is None
    story.do(answer, item.delivery_id, 1, "answer")
    first = begun()
    assert first == story.clock.at
    story.day("2026-03-04 09:00")
    order = story.assign(restart=True)
    assert begun() is None
    story.undo(order, sure=True)
    assert begun() == first
