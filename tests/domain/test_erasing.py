"""The mark that an erased person leaves, and a draft of several people's lines."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import Contribution, DraftLine, all_agreed, lines_of
from bot.domain.erasing import mark_of, new_key
from bot.domain.strategy import Entry, Page, PagePart, Part

AT = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.text(), st.text(), st.text())
def test_a_mark_tells_one_person_of_one_workspace_and_names_nobody(workspace: str, person: str, other: str) -> None:
    key, another = new_key(), new_key()
    mark = mark_of(key, workspace, person)
    assert mark == mark_of(key, workspace, person)
    assert len(mark) == 64
    assert mark != mark_of(another, workspace, person)
    assert (mark == mark_of(key, workspace, other)) is (person == other)


def test_a_mark_that_an_earlier_release_stored_still_tells_them() -> None:
    assert mark_of("0f" * 32, "T1", "U1") == "2878b3ea6108347b43e368fd0a3a9fe5f58cad6e0185f4988e2247d1429f21cc"


def test_a_key_is_long_and_another_each_time() -> None:
    assert len(new_key()) == 64
    assert new_key() != new_key()


def contribution(person: str, *, agreed: bool) -> Contribution:
    """Somebody's lines."""
    return Contribution(workspace_id="T1", draft_id="d", learner_id=person, lines=(), agreed_at=AT if agreed else None)


def test_a_draft_is_open_once_two_or_more_are_in_it_and_all_agreed() -> None:
    one, two, not_yet = (
        contribution("a", agreed=True),
        contribution("b", agreed=True),
        contribution("c", agreed=False),
    )
    assert all_agreed([one, two])
    assert not all_agreed([one])
    assert not all_agreed([])
    assert not all_agreed([one, two, not_yet])


def test_a_drafts_lines_are_those_of_the_page_in_its_order() -> None:
    entries = Entry("a", "A", (("Who?", "We."), ("When?", "Now."))), Entry("b", "B", (("Why?", "Because."),))
    page = Page(
        owner_id="a", owner="A", changed_at=None, parts=(PagePart(Part.TONE, entries), PagePart(Part.MEASUREMENT))
    )
    assert lines_of(page) == (
        DraftLine(Part.TONE, "Who?", "We."),
        DraftLine(Part.TONE, "When?", "Now."),
        DraftLine(Part.TONE, "Why?", "Because."),
    )
