"""What counts of what was written, and the code for one's own page."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.domain.page_code import is_code, page_code
from bot.domain.strategy import Entry, Page, PagePart, Part, Reflection, latest

KEY = "ab" * 32
DAY = date(2026, 5, 12)


def wrote(number: int, item: str, *answers: str) -> Reflection:
    """Something that was written."""
    return Reflection(
        workspace_id="T1",
        reflection_id=str(number),
        learner_id="U1",
        number=number,
        item_id=item,
        content_hash="0" * 64,
        answers=answers,
        at=datetime(2026, 5, number, tzinfo=UTC),
    )


def test_the_latest_of_each_lesson_counts_and_a_blank_one_takes_it_off() -> None:
    first, second, other = wrote(1, "a", "one"), wrote(2, "a", "two", ""), wrote(3, "b", "three")
    assert latest([second, other, first]) == {"a": second, "b": other}
    assert latest([first, wrote(4, "a", "", "")]) == {}
    assert latest([]) == {}


def test_a_code_is_for_one_person_on_one_day() -> None:
    code = page_code(KEY, "T1", "U1", DAY)
    assert len(code) == 8
    assert is_code(KEY, "T1", "U1", DAY, f" {code.upper()} ")
    for other in (("T2", "U1", DAY), ("T1", "U2", DAY), ("T1", "U1", date(2026, 5, 13))):
        assert not is_code(KEY, *other, code)
    assert not is_code(KEY, "T1", "U1", DAY, "")
    # a code that was shown is still the right one after an update on the same day
    assert code == "df471a55"


def test_a_page_is_empty_until_something_is_written() -> None:
    parts = tuple(PagePart(part) for part in Part)
    page = Page(owner_id="U1", owner="Maya", changed_at=None, parts=parts)
    assert page.empty
    filled = PagePart(Part.TONE, (Entry("a", "A", (("Who?", "We."),)),))
    assert not Page(owner_id="U1", owner="Maya", changed_at=None, parts=(filled,)).empty


def test_every_part_has_a_heading() -> None:
    assert [part.heading for part in Part] == [
        "Business case and resourcing",
        "Competencies",
        "Tone and content process",
        "Measurement and improvement agreement",
    ]
