"""The strategy page on paper: on one sheet where it fits, with every sign drawn or named."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from bot.documents.glyphs import BOX, is_right_to_left, lacks, spelled
from bot.documents.paper import Paper, paper_of
from bot.documents.sheet import MISSING, Pdf
from bot.documents.strategy_pdf import strategy_pdf
from bot.domain.strategy import Entry, Page, PagePart, Part

DAY = date(2026, 5, 12)
ASCII = range(32, 127)


def page(said: str, lessons: int = 1) -> Page:
    """A page with an answer in each of the first parts, and none in the last."""
    entries = tuple(Entry(f"l{n}", f"Lesson {n}", (("Who says yes on a Sunday?", said),)) for n in range(lessons))
    filled = [PagePart(part, entries) for part in Part][:-1]
    changed = datetime(2026, 5, 12, tzinfo=UTC)
    return Page(owner_id="U1", owner="Henrik Sørensen", changed_at=changed, parts=(*filled, PagePart(Part.MEASUREMENT)))


def drawn(said: str, lessons: int = 1, paper: Paper = Paper.A4) -> tuple[Pdf, str]:
    """The document, and the words on it as a reader finds them."""
    made = strategy_pdf(page(said, lessons), paper, DAY, "12 May 2026")
    document = pypdfium2.PdfDocument(io.BytesIO(made.content))
    assert len(document) == made.pages
    return made, " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())


def test_a_page_has_its_owner_its_date_and_every_part() -> None:
    made, words = drawn("Two people share a phone.")
    assert made.pages == 1
    assert "Henrik Sørensen, 12 May 2026" in words
    for part in Part:
        assert part.heading.split()[0] in words
    assert "Two people share a phone." in words
    assert "To follow." in words
    assert MISSING not in words


@pytest.mark.parametrize(("paper", "width", "height"), [(Paper.A4, 595, 842), (Paper.LETTER, 612, 792)])
def test_it_prints_on_the_paper_of_the_country(paper: Paper, width: int, height: int) -> None:
    made = strategy_pdf(page("Yes."), paper, DAY, "12 May 2026")
    found = pypdfium2.PdfDocument(io.BytesIO(made.content))[0].get_size()
    assert [round(side) for side in found] == [width, height]
    assert (paper_of("US"), paper_of("DE"), paper_of("")) == (Paper.LETTER, Paper.A4, Paper.A4)


def test_more_is_set_smaller_before_a_second_sheet_is_begun() -> None:
    sentence = "We answer within a day, in the name of whoever knows, and say so where we can't. " * 3
    few, many, most = (strategy_pdf(page(sentence, n), Paper.A4, DAY, "x") for n in (1, 3, 20))
    assert (few.pages, many.pages) == (1, 1)
    assert most.pages > 1
    made, words = drawn(sentence, 20)
    assert words.count("in the name of whoever") == 3 * 3 * 20
    assert f"page {made.pages}" in words


def test_the_longest_answer_loses_nothing() -> None:
    _, words = drawn(" ".join(f"word{n:03}" for n in range(375)))
    assert all(f"word{n:03}" in words for n in range(375))


def test_signs_of_other_scripts_are_drawn_and_emoji_named() -> None:
    _, words = drawn("*as typed* <b>&amp;</b> Łódź Ελλάδα Привет 🚀👍🏽 🇩🇪")
    for part in ("*as typed* <b>&amp;</b>", "Łódź", "Ελλάδα", "Привет", "[rocket][thumbs up sign] DE"):
        assert part in words, words
    assert MISSING not in words


def test_letters_that_the_font_lacks_are_owned_up_to() -> None:
    _, words = drawn("中文 and English")
    assert f"{BOX}{BOX} and English" in words
    assert MISSING in words


def test_text_from_right_to_left_stands_on_the_right() -> None:
    made, _ = drawn("אנחנו עונים\nنحن نرد")
    sheet = pypdfium2.PdfDocument(io.BytesIO(made.content))[0]
    text = sheet.get_textpage()
    found = text.get_text_range()
    rights = [text.get_charbox(n)[2] for n, sign in enumerate(found) if sign in "אن"]
    assert rights
    assert max(rights) > sheet.get_size()[0] * 0.85


def test_the_same_page_is_the_same_file() -> None:
    assert strategy_pdf(page("Yes."), Paper.A4, DAY, "x") == strategy_pdf(page("Yes."), Paper.A4, DAY, "x")


def test_a_sign_that_is_missing_is_named_boxed_or_left_out() -> None:
    assert spelled("a\u200db\ufe0f", ASCII) == "ab"
    assert spelled("a\u00a0b\nc\u2028d", ASCII) == "a b\nc d"
    assert spelled("\U0001f680", ASCII) == "[rocket]"
    assert spelled("字", ASCII) == BOX
    assert spelled("\U000f0000", ASCII) == BOX
    assert lacks("字", ASCII)
    assert not lacks("\U0001f680", ASCII)
    assert not lacks(BOX, ASCII)


def test_the_first_letter_with_a_direction_decides() -> None:
    assert is_right_to_left("12 שלום abc")
    assert is_right_to_left("(نعم)")
    assert not is_right_to_left("abc שלום")
    assert not is_right_to_left("12, 13")
