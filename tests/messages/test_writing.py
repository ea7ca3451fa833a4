"""Markdown to mrkdwn, ids there and back, and Slack's limits."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot import limits
from bot.errors import UnknownButtonError
from bot.limits import violations
from bot.messages import formatting, ids
from bot.messages.builder import Builder
from bot.messages.mrkdwn import BREAK, GLUE, bold, escape, label, plain, rich, unmarked
from bot.messages.next_up import coming_text
from bot.slack.handlers.commands import COMMANDS, USAGE
from bot.slack.inbound.payloads import Tap, expect, read
from bot.view_models import ComingState, ComingView


@pytest.mark.parametrize(
    ("markdown", "mrkdwn", "text"),
    [
        ("**bold** and *italic*", "*bold* and _italic_", "bold and italic"),
        ("[a page](https://example.org/x)", "<https://example.org/x|a page>", "a page"),
        ("- one\n- two", "• one\n• two", "• one\n• two"),
        ("3. three\n4. four", "3. three\n4. four", "3. three\n4. four"),
        ("> said", "> said", "said"),
        ("one\ntwo\n\nthree", "one two\n\nthree", "one two\n\nthree"),
        ("`#tag`", "`#tag`", "#tag"),
        ("5 < 6 & <!channel>", "5 &lt; 6 &amp; &lt;!channel&gt;", "5 &lt; 6 &amp; &lt;!channel&gt;"),
    ],
)
def test_markdown_is_drawn_as_slack_draws_it(markdown: str, mrkdwn: str, text: str) -> None:
    assert rich(markdown) == mrkdwn
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "mrkdwn", "text"),
    [
        ("un**believ**able", "un·*believ*·able", "unbelievable"),
        ("**B**2B and C2**C**", "*B*·2B and C2·*C*", "B2B and C2C"),
        ("`#ad`s", "`#ad`·s", "#ads"),
        ("“**x**”—*y*", "“·*x*·”—·_y_", "“x”—y"),
        ("(**x**), *y*: **z**.", "(*x*), _y_: *z*.", "(x), y: z."),
        ("***both*** **a *b* c**", "*_both_* *a* *_b_* *c*", "both a b c"),
        ("**one\\\ntwo**", "*one*\n*two*", "one\ntwo"),
        ("snake_case, 2*3*4, 2 * 3 * 4", "snake_case, 2*3*4, 2 * 3 * 4", "snake_case, 2*3*4, 2 * 3 * 4"),
        ("\\*sign\\*", "∘*∘sign∘*∘", "*sign*"),
        ("\\_sign\\_", "∘_∘sign∘_∘", "_sign_"),
        ("~5 to ~6", "∘~∘5 to ∘~∘6", "~5 to ~6"),
        ("a \\` b", "a ∘`∘ b", "a ` b"),
        ("\\> 5", "∘&gt; 5", "&gt; 5"),
        ("`&lt;` &lt;b&gt;", "`&amp;lt;` &lt;b&gt;", "&amp;lt; &lt;b&gt;"),
        ("[**a** b](https://e.org/?a=1&b=2)", "<https://e.org/?a=1&amp;b=2|a b>", "a b"),
        ("**[a](https://e.org)**", "*<https://e.org|a>*", "a"),
        (
            "See https://e.org/a_b?b=1&c=2.",
            "See <https://e.org/a_b?b=1&amp;c=2>.",
            "See https://e.org/a_b?b=1&amp;c=2.",
        ),
        *[
            (written.format(address), drawn.format(f"<{address}>"), said.format(address))
            for address in ("https://e.org/Meme_(a)", "https://e.org/a_", "https://e.org/_a_/b", "https://e.org/_a")
            for written, drawn, said in (
                ("See {}.", "See {}.", "See {}."),
                ("(see {}), so", "(see {}), so", "(see {}), so"),
                ("**{}**", "*{}*", "{}"),
            )
        ],
        ("https://e.org/a)b(c)).", "<https://e.org/a)b(c>)).", "https://e.org/a)b(c))."),
        ("_https://e.org/a_", "_<https://e.org/a>_", "https://e.org/a"),
        ("**https://e.org**and", "*<https://e.org>*·and", "https://e.organd"),
        ("https://e.org/a\\_b", "<https://e.org/a_b>", "https://e.org/a_b"),
        ("https://e.org/?a=1&amp;b=2", "<https://e.org/?a=1&amp;b=2>", "https://e.org/?a=1&amp;b=2"),
        ("https:// and http://.", "https:// and http://.", "https:// and http://."),
        (
            "<https://e.org>, (https://e.org/x)",
            "<https://e.org>, (<https://e.org/x>)",
            "https://e.org, (https://e.org/x)",
        ),
        ("- one\n\n  two\n  - three", "• one\n  two\n    • three", "• one\n  two\n    • three"),
        ("> one\\\n> two\n>\n> three", "> one\n> two\n> \n> three", "one\ntwo\n\nthree"),
    ],
)
def test_marks_and_signs_come_out_as_meant_inside_words_too(markdown: str, mrkdwn: str, text: str) -> None:
    assert rich(markdown).replace(BREAK, "·").replace(GLUE, "∘") == mrkdwn
    assert plain(markdown) == text, "what is heard has neither marks nor signs without width"


def test_a_hashtag_leads_to_no_channel_of_that_name() -> None:
    message = Builder().markdown("They wrote #marketing.").say("And *#sales*.").small("#ad").message()
    texts = [*(b["text"] for b in message.blocks[:2]), *message.blocks[2]["elements"]]
    assert all(text["verbatim"] for text in texts)


def test_what_is_bold_throughout_has_no_mark_inside_another() -> None:
    assert bold("Is *this* **it**\\\nor not?\n\nSay `x`") == "*Is* *_this_* *it*\n*or not?*\n\n*Say* *`x`*"


SLACK_READS = re.compile(r"(?<![\w\u2060])([*_~`])(?=[^\s\u2060])([^\n]+?)(?<=[^\s\u2060])\1(?![\w\u2060])")


@given(st.text(st.sampled_from("ab1é *_~`\n>-.")))
def test_no_typed_text_becomes_a_mark_and_its_words_are_heard_as_they_are(text: str) -> None:
    assert not SLACK_READS.search(escape(text))
    assert not re.search(r"^&gt;", escape(text), re.MULTILINE)
    assert unmarked(escape(text)) == text.replace(">", "&gt;")


PIECES = ["a", "b ", "é", "1", "*", "**", "_", "~", "\\*", "\\_", ".", "“", "<", ">x", "&lt;", "\n", "\\\n", "`x` "]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(lambda parts: "a" + "".join(parts)))
def test_whatever_an_author_writes_is_heard_as_slack_would_show_it(markdown: str) -> None:
    assume(not re.search(r"^\s*([*_~+>-]|\d[.)])", markdown, re.MULTILINE))
    assert unmarked(rich(markdown)) == plain(markdown)
    assert not {BREAK, GLUE} & set(plain(markdown))


def test_a_title_with_signs_is_bold_as_it_stands_and_heard_without_marks() -> None:
    message = Builder(f"{escape('A *sign*')}.").heading("A *sign*").say(f"*{escape('A *sign* here')}*").message()
    assert message.text == "A *sign*.\n\nA *sign*\n\nA *sign* here"
    assert len(SLACK_READS.findall(message.blocks[1]["text"]["text"])) == 1


def test_a_buttons_label_is_plain_text() -> None:
    assert label("`#shipping` & **more**") == "#shipping & more"


def test_our_own_marks_are_taken_off_and_mentions_stay() -> None:
    assert unmarked("*bold* <@U1> `x` 2*3*4 snake_case_word") == "bold <@U1> x 2*3*4 snake_case_word"


@given(st.text())
def test_no_typed_text_becomes_a_mention_or_a_link(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


def test_a_long_text_is_divided_over_sections_and_nothing_is_lost() -> None:
    long = " ".join(f"word{n}" for n in range(1500))
    message = Builder().say(long).message()
    assert violations(message.payload()) == []
    assert " ".join(b["text"]["text"] for b in message.blocks) == long


@given(st.sampled_from(sorted(ids.VERBS)), st.integers(0, 9), st.text("0123456789abcdef", min_size=1, max_size=40))
def test_what_an_id_says_is_read_back(verb: str, argument: int, subject: str) -> None:
    tap = ids.read(ids.action(verb, argument), ids.block(subject, 2))
    assert (tap.verb, tap.subject, tap.index) == (verb, subject, argument)


@pytest.mark.parametrize("verb", sorted(ids.OF_ASKING))
def test_a_tap_names_the_asking_and_its_delivery(verb: str) -> None:
    action = ids.answer(2, 5) if verb == "answer" else ids.action(verb)
    tap = tapped({"action_id": action, "block_id": ids.asking_block("d1", "k1", 2)})
    assert (tap.verb, tap.subject, tap.asking_id) == (verb, "d1", "k1")
    assert verb != "answer" or tap.picked == ("5",)


@pytest.mark.parametrize(
    "payload",
    [
        {"action_id": "answer:2", "block_id": "d1"},
        {"action_id": "answer:2", "block_id": "d1#2"},
        {"action_id": "answer", "block_id": "d1", "selected_option": {"value": "2"}},
        {"action_id": "answer:1", "block_id": "d1", "selected_option": {"value": "2"}},
    ],
)
def test_the_ids_of_messages_that_were_posted_before_mean_the_first_asking(payload: dict[str, Any]) -> None:
    tap = tapped(payload)
    assert (tap.subject, tap.asking_id, tap.picked) == ("d1", "", ("2",))


BOXES = {"type": "checkboxes", "selected_options": [{"value": "0"}, {"value": "3"}]}


def test_what_is_ticked_counts_once_it_is_sent() -> None:
    ticking = {**BOXES, "action_id": ids.answer(1), "block_id": ids.asking_block("d1", "k1")}
    assert tapped(ticking).unsent
    sending = {"type": "button", "action_id": ids.answer(1, ids.SEND), "block_id": ids.asking_block("d1", "k1")}
    sent = tapped(sending, {"values": {"d1.k1": {"answer:1": BOXES}}})
    assert (sent.subject, sent.asking_id, sent.picked, sent.unsent) == ("d1", "k1", ("0", "3"), False)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, ()), ([], ()), ({"values": []}, ()), ({"values": {"d1.k1": None}}, ()),
        ({"values": {"d1.k2": {"answer:1": BOXES}}}, ()), ({"values": {"d1.k1": {"answer:2": BOXES}}}, ()),
        ({"values": {"d1.k1": {"answer:1": {"selected_options": "x"}}}}, ("",)),
        ({"values": {"d1.k1": {"answer:1": {**BOXES, "selected_options": []}}}}, ()),
    ],
)  # fmt: skip
def test_nothing_counts_where_nothing_was_ticked(state: object, expected: tuple[str, ...]) -> None:
    tap = tapped({"action_id": "answer:1:send", "block_id": "d1.k1"}, state)
    assert tap.picked == expected


WRITTEN = {"type": "plain_text_input", "value": "share of voice"}


def test_what_is_written_in_the_questions_field_counts_once_it_is_sent() -> None:
    sending = {"type": "button", "action_id": ids.answer(1, ids.SEND), "block_id": ids.asking_block("d1", "k1")}
    field = ids.asking_block("d1", "k1", 3)
    assert tapped(sending, {"values": {field: {"answer:1": WRITTEN}}}).picked == ("share of voice",)
    assert tapped(sending, {"values": {field: {"answer:1": {**WRITTEN, "value": None}}}}).picked == ("",)
    entered = tapped({**WRITTEN, "action_id": ids.answer(1), "block_id": field})
    assert (entered.verb, entered.subject, entered.asking_id, entered.picked) == (
        "answer",
        "d1",
        "k1",
        ("share of voice",),
    )


def test_what_is_written_at_another_question_of_the_message_isnt_taken_for_it() -> None:
    sending = {"type": "button", "action_id": ids.answer(1, ids.SEND), "block_id": ids.asking_block("d1", "k1")}
    assert tapped(sending, {"values": {ids.asking_block("d1", "k2", 3): {"answer:1": WRITTEN}}}).picked == ()


@pytest.mark.parametrize("verb", ["answer", "read"])
def test_a_preview_and_the_id_of_an_order_keep_their_points(verb: str) -> None:
    subject = ids.preview("abc", 3)
    assert tapped({"action_id": verb, "block_id": ids.asking_block(subject, "")}).subject == subject
    order = tapped({"action_id": "order_yes", "block_id": ids.block("command:1.2.abc")})
    assert (order.subject, order.asking_id) == ("command:1.2.abc", "")


@pytest.mark.parametrize(
    "payload",
    [
        {}, {"action_id": "read:1:2", "block_id": "d"}, {"action_id": "answer:1:2:3", "block_id": "d"},
        {"action_id": "answer:1"}, {"action_id": "launch:1", "block_id": "d"}, {"action_id": 5, "block_id": "d"},
        {"action_id": "answer:1\n", "block_id": "d"}, {"action_id": "ANSWER", "block_id": "d"},
        {"action_id": "", "block_id": ""}, {"action_id": "answer:../..", "block_id": "d"},
    ],
)  # fmt: skip
def test_forged_ids_are_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(UnknownButtonError):
        tapped(payload)


def tapped(action: dict[str, Any], state: object = None) -> ids.TapMeaning:
    """What a tap on an element means, in a message with such a state."""
    who = {"team": {"id": "T1"}, "user": {"id": "U1"}}
    payload = {"type": "block_actions", **who, "actions": [{"action_ts": "1.1", **action}], "state": state}
    return expect(read(payload), Tap).meaning


@pytest.mark.parametrize("argument", ["", "x", "-1", "٣", "100", "1.0"])
def test_an_index_is_a_small_number(argument: str) -> None:
    with pytest.raises(UnknownButtonError):
        _ = ids.TapMeaning(verb="answer", subject="d", argument=argument).index


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "a", **more}


def options(count: int, text: str = "x", value: str = "v") -> list[dict[str, Any]]:
    return [{"text": {"type": "plain_text", "text": text}, "value": value} for _ in range(count)]


def menu(kind: str, opts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": kind, "action_id": "m", "options": opts, "placeholder": {"type": "plain_text", "text": "p"}}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


LIMITS: list[tuple[str, list[Any], list[Any]]] = [
    ("50 blocks", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("3,000 in a section", [section("x" * 3000)], [section("x" * 3001)]),
    ("something in a section", [section("x")], [section("")]),
    ("150 in a header", [{"type": "header", "text": {"type": "plain_text", "text": "x" * 150}}],
     [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]),
    ("plain text in a header", [{"type": "header", "text": {"type": "plain_text", "text": "x"}}],
     [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    ("10 in a context", [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10}],
     [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}]),
    ("25 in actions", [actions(*(button(action_id=f"a{n}") for n in range(25)))],
     [actions(*(button(action_id=f"a{n}") for n in range(26)))]),
    ("75 on a button", [actions(button(text={"type": "plain_text", "text": "x" * 75}))],
     [actions(button(text={"type": "plain_text", "text": "x" * 76}))]),
    ("2,000 in a value", [actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
    ("255 in an action_id", [actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
    ("unique action_ids", [actions(button(), button(action_id="b"))], [actions(button()), actions(button())]),
    ("unique block_ids", [{"type": "divider", "block_id": "a"}], [{"type": "divider", "block_id": "a"}] * 2),
    ("10 radio options", [actions(menu("radio_buttons", options(10)))], [actions(menu("radio_buttons", options(11)))]),
    ("5 overflow options", [actions(menu("overflow", options(5)))], [actions(menu("overflow", options(6)))]),
    ("100 select options", [actions(menu("static_select", options(100)))], [actions(menu("static_select", options(101)))]),
    ("75 in an option", [actions(menu("overflow", options(1, "x" * 75)))], [actions(menu("overflow", options(1, "x" * 76)))]),
    ("150 in an option's value", [actions(menu("overflow", options(1, "x", "v" * 150)))],
     [actions(menu("overflow", options(1, "x", "v" * 151)))]),
    ("known block types", [{"type": "divider"}], [{"type": "marquee"}]),
    ("known element types", [actions(button())], [actions({"type": "knob", "action_id": "a"})]),
    ("styles", [actions(button(style="danger"))], [actions(button(style="pink"))]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "good", "bad"), LIMITS, ids=[rule for rule, _, _ in LIMITS])
def test_slacks_limits_hold_exactly(rule: str, good: list[Any], bad: list[Any]) -> None:
    assert violations({"text": "t", "blocks": good}) == []
    found = violations({"text": "t", "blocks": bad})
    assert found, rule
    assert all(v.path.startswith("/blocks") for v in found)


def test_a_text_of_forty_thousand_is_the_most() -> None:
    assert violations({"text": "x" * limits.TEXT_OF_MESSAGE}) == []
    assert violations({"text": "x" * (limits.TEXT_OF_MESSAGE + 1)}) != []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_no_blocks_whatsoever_make_the_walker_fall(blocks: object) -> None:
    violations({"text": "t", "blocks": blocks})
    violations(
        {
            "text": blocks,
            "blocks": [{"type": "actions", "elements": blocks}, blocks, {"type": "section", "text": blocks}],
        }
    )


def test_the_days_of_an_order_cant_be_read_as_its_first_day() -> None:
    said = {days: formatting.on_weekdays(frozenset(days)) for days in [(0,), (0, 3), (0, 1, 2, 3), (5, 6, 0), range(7)]}
    assert list(said.values()) == [
        "on Mondays only", "on Mondays and Thursdays", "on Mondays to Thursdays", "on Saturdays to Mondays", "every day",
    ]  # fmt: skip


def test_lists_and_days_are_said_as_people_say_them() -> None:
    assert formatting.listed(["a", "b", "c"]) == "a, b and c"
    assert formatting.listed(["a"]) == "a"
    assert formatting.weekdays(frozenset({0, 1, 2, 3, 4})) == "Monday to Friday"
    assert formatting.weekdays(frozenset({0, 2})) == "Mondays and Wednesdays"
    assert formatting.weekdays(frozenset({0})) == "Mondays only"
    assert formatting.weekdays(frozenset(range(7))) == "every day"
    assert formatting.day(date(2026, 3, 3)) == "Tuesday 3 March"
    assert formatting.day(date(2027, 1, 4), date(2026, 12, 1)) == "Monday 4 January"
    far = ComingView(
        state=ComingState.NEXT,
        title="FOMO",
        day=date(2027, 1, 4),
        at=time(9),
        holiday=date(2027, 1, 1),
        today=date(2026, 12, 1),
    )
    assert coming_text(far) == "Next: *FOMO*, on Monday 4 January at 09:00. Friday 1 January is a public holiday."
    assert formatting.day(date(2027, 11, 20), date(2026, 11, 28)) == "Saturday 20 November 2027"
    assert formatting.mentions([f"U{n}" for n in range(50)]).endswith("and 10 more")


def test_help_names_every_command_there_is() -> None:
    for command, usage in USAGE.items():
        for verb in COMMANDS[command]:
            assert f"{command} {verb}" in usage or verb in {"", "help"}
