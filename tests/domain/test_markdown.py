"""Markdown is read as authors mean it: products stay products, and an address stays whole."""

from __future__ import annotations

import pytest

from bot.domain.markdown import addresses, parser


def html(text: str) -> str:
    """The HTML of one paragraph, without the paragraph."""
    return str(parser().render(text)).strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("2*3*4", "2*3*4"), ("2 * 3 * 4", "2 * 3 * 4"), ("a*b*c", "a<em>b</em>c"), ("*3* days", "<em>3</em> days"),
        ("x*3*4", "x*3*4"), ("2*x*4", "2<em>x</em>4"), ("2*3", "2*3"), ("*1*2*", "<em>1*2</em>"), ("9*", "9*"), ("*9", "*9"), ("*3* and 5", "<em>3</em> and 5"), ("2*3* 4", "2*3* 4"),
        ("**5*5** and *so*", "<strong>5*5</strong> and <em>so</em>"), ("[2*3*4](x)", '<a href="x">2*3*4</a>'),
    ],
)  # fmt: skip
def test_a_star_between_digits_multiplies_and_any_other_is_a_mark(text: str, drawn: str) -> None:
    assert html(text) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("https://e.org/a_b_c", "https://e.org/a_b_c"), ("http://e.org/_a_/b", "http://e.org/_a_/b"),
        ("*see https://e.org/a*", "<em>see https://e.org/a</em>"), ("_https://e.org/a_b_", "<em>https://e.org/a_b</em>"),
        ("https://e.org/(a_b_) *x*", "https://e.org/(a_b_) <em>x</em>"), ("xhttps://_a_", "xhttps://<em>a</em>"),
        ("ftp://_a_ *b*", "ftp://<em>a</em> <em>b</em>"), ("https: _a_", "https: <em>a</em>"), ("https://", "https://"),
        ("https://_", "https://_"), ("so: _a_", "so: <em>a</em>"), (": *a*", ": <em>a</em>"),
        ("[a https://e.org/_b_ c](x)", '<a href="x">a https://e.org/_b_ c</a>'),
    ],
)  # fmt: skip
def test_the_marks_inside_an_address_are_part_of_it(text: str, drawn: str) -> None:
    assert html(text) == drawn


def test_what_the_parser_is_told_it_does() -> None:
    assert str(parser({"breaks": True}).render("a\nb")) == "<p>a<br />\nb</p>\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://e.org/a, and http://e.org.", ["https://e.org/a", "http://e.org"]), ("nothing here", []),
        ("(https://e.org/a)", ["https://e.org/a"]), ("https://e.org/a_(b)", ["https://e.org/a_(b)"]),
        ("(see https://e.org/a_(b))", ["https://e.org/a_(b)"]), ("https://e.org/a_(b)).", ["https://e.org/a_(b)"]),
        ("[https://e.org/a[1]]", ["https://e.org/a[1]"]), ("https://e.org/?a=1!?", ["https://e.org/?a=1"]),
        ("“https://e.org/a”", ["https://e.org/a"]), ("https://", []), ("https:///", []), ("https://...", []), ("ftp://e.org", []),
        ("**https://e.org/a**", ["https://e.org/a"]), ("https://e.org/a/", ["https://e.org/a/"]),
        ("https://e.org/)a)", ["https://e.org/)a"]), ("(so (https://e.org/a))", ["https://e.org/a"]), ("https://X", ["https://X"]), ("https://e.org/((a)", ["https://e.org/((a)"]),
    ],
)  # fmt: skip
def test_an_address_ends_before_the_signs_of_the_sentence_around_it(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in addresses(text)] == found
