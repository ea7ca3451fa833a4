"""The strategy page as text to be copied: nothing but Slack's three signs is escaped."""

from __future__ import annotations

from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.samples.parts import PAGE
from bot.messages.strategy_markdown import PIECE, page_markdown, pieces


@given(st.text(max_size=6000))
def test_the_pieces_are_the_text_and_fit_a_section(text: str) -> None:
    found = pieces(text)
    assert all(len(piece) <= PIECE for piece in found)
    assert "".join(found).count("```") == 0
    plain = "".join(found).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == "".join(text.replace("```", "'''").splitlines(keepends=True))


def test_a_page_as_text_has_every_part_and_quotes_every_line() -> None:
    text = page_markdown(PAGE, date(2026, 5, 12))
    assert text.startswith("# Social media strategy\n\n*Maya, 12 May 2026*\n")
    assert text.count("\n## ") == len(PAGE.parts)
    assert "\n> The printed magazine." in text
    assert "*Nothing written yet.*" in text
    assert unescape("".join(pieces(text))) == text
