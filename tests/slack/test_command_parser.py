"""What people type after a command."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.audience import PeopleSource, SourceKind
from bot.domain.content import Catalogue, Track
from bot.queries.glossary import explain
from bot.slack.handlers.commands import LEARN, read
from bot.slack.typed.asked_terms import term_asked_for
from bot.slack.typed.command_parser import ParsedCommand, find_track, parse_command
from bot.slack.typed.command_verbs import verb_of
from tests.helpers import small_catalogue, term

TODAY = date(2026, 3, 2)
CATALOGUE = small_catalogue()


def wish(text: str, verb: str = "assign") -> ParsedCommand:
    return parse_command(verb, text, CATALOGUE, TODAY)


def test_everything_an_admin_may_say_in_one_line() -> None:
    said = wish("<@U1|ada> <@U2> abc from 2026-03-09 at 08:30 restart <@U1>")
    assert said == ParsedCommand(
        verb="assign",
        people=("U1", "U2"),
        track=CATALOGUE.tracks["abc"],
        first_day=date(2026, 3, 9),
        at=time(8, 30),
        restart=True,
    )


@pytest.mark.parametrize("name", ["abc", "ABC", "A to C", '"A to C"', "“a TO c”"])
def test_a_track_is_found_by_its_id_or_title(name: str) -> None:
    assert wish(f"<@U1> {name}").track == CATALOGUE.tracks["abc"]


def test_a_track_nobody_knows_gets_the_nearest() -> None:
    said = wish("<@U1> abd")
    assert said.track is None
    assert "There is no track" in said.problem
    assert said.near[0] == "abc"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@nobody abc", "I don't know who @nobody is"),
        ("<@U1> abc from", "Please add a day after *from*"),
        ("<@U1> abc from soonish", "“soonish” isn't a date I can read"),
        ("<@U1> abc from 2026-03-01", "has passed"),
        ("<@U1> abc at 6:00", "between 07:00 and 19:00"),
        ("<@U1> abc at 19:30", "between 07:00 and 19:00"),
        ("<@U1> abc at teatime", "“teatime” isn't an hour I can read"),
    ],
)
def test_what_is_wrong_is_said_with_how_it_would_be_right(text: str, says: str) -> None:
    assert says in wish(text).problem


@pytest.mark.parametrize(
    "text",
    [
        "<@U1>, <@U2> abc", "<@U1>,<@U2> abc", "<@U1> and <@U2> abc", "<@U1|ada> & <@U2> abc", "to <@U1> and <@U2>: abc",
        "abc to <@U1>, <@U2>", "abc for <@U1> and <@U2>", "the track “A to C” for <@U1>; <@U2>", "<@U1>\u00a0<@U2>\u2003abc",
        "please A to C to <@U1>, and <@U2>.", "\u2068<@U1>\u2069, \u2068<@U2>\u2069 abc",
    ],
)  # fmt: skip
def test_people_are_listed_as_people_list_them(text: str) -> None:
    said = wish(text)
    assert (said.people, said.track, said.problem) == (("U1", "U2"), CATALOGUE.tracks["abc"], "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<!here> abc", "@here"), ("<!channel> abc", "@channel"), ("@everyone abc", "@everyone"), ("<!here|here> abc", "@here"),
        ("#general abc", "#general"), ("<mailto:ada@example.org|ada@example.org> abc", "ada@example.org"),
        ("ada@example.org abc", "ada@example.org"), ("<@U1>, ada@example.org abc", "ada@example.org"),
        ("(#general) abc", "#general"),
        ("@all abc", "@all"), ("@everybody, abc", "@everybody"), ("@team abc", "@team"), ("(@here) abc", "@here"), ("@board abc", "@board"),
        ('"ada" <ada@example.org> abc', "ada@example.org"), ("(ada@example.org) abc", "ada@example.org"),
        ('"ada" &lt;<mailto:ada@example.org|ada@example.org>&gt; abc', "ada@example.org"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["assign", "remove", "status"])
def test_what_is_no_person_is_named_with_what_to_do_instead(text: str, named: str, verb: str) -> None:
    said = wish(text, verb).problem
    assert named in said
    assert "Name the people, each with an @" in said
    assert "There is no track" not in said


GROUP, CHANNEL = PeopleSource(SourceKind.GROUP, "S1", "board"), PeopleSource(SourceKind.CHANNEL, "C1", "general")


@pytest.mark.parametrize("verb", ["assign", "remove"])
@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("<!subteam^S1|@board> abc", [GROUP]), ("<!subteam^S1|board>, <#C1|general> abc", [GROUP, CHANNEL]),
        ("abc to <#C1|general>", [CHANNEL]), ("<!subteam^S1> abc", [PeopleSource(SourceKind.GROUP, "S1")]),
        ("<#G1|private> abc", [PeopleSource(SourceKind.CHANNEL, "G1", "private")]),
    ],
)  # fmt: skip
def test_groups_and_channels_stand_for_whoever_is_in_them(text: str, sources: list[PeopleSource], verb: str) -> None:
    said = wish(text, verb)
    assert (said.people, said.sources, said.track, said.problem) == ((), tuple(sources), CATALOGUE.tracks["abc"], "")
    assert "needs people" in wish(text, "status").problem


def test_people_may_stand_beside_a_group_and_a_list_of_ids_may_be_pasted() -> None:
    assert wish("<@U1> <!subteam^S1|@board> abc").people == ("U1",)
    for text in ("U024BE7LH, U0G9QF9C6; W012A3CDE\nabc", "abc to U024BE7LH U0G9QF9C6 W012A3CDE U024BE7LH"):
        said = wish(text)
        assert (said.people, said.problem) == (("U024BE7LH", "U0G9QF9C6", "W012A3CDE"), "")


def test_tracks_may_come_one_after_the_other() -> None:
    said = wish("<@U1> abc then cd from 2026-03-09 then A to C")
    assert "named once" in said.problem
    said = wish("<@U1> A to C, then cd from 2026-03-09")
    assert said.problem == ""
    assert (said.track, said.then) == (CATALOGUE.tracks["abc"], (CATALOGUE.tracks["cd"],))
    assert said.first_day == date(2026, 3, 9)
    assert "“then" in wish("<@U1> abc then nothing").problem
    titled = Catalogue(CATALOGUE.items, {"n": Track(id="n", title="Now and then", summary="It.", items=("a",))})
    assert parse_command("assign", "<@U1> now and then", titled, TODAY).track == titled.tracks["n"]


@pytest.mark.parametrize(
    "text", ["everyone", "everyone abc", "all abc", "abc for everybody", "abc to the whole team", "everyone abd", "all"]
)
@pytest.mark.parametrize("verb", ["assign", "remove"])
def test_everybody_is_nobody_by_name(text: str, verb: str) -> None:
    said = wish(text, verb).problem
    assert "isn't a person" in said
    assert "Name the people, each with an @." in said


@pytest.mark.parametrize("verb", ["assign", "remove"])
def test_a_name_without_its_at_is_asked_for_with_it(verb: str) -> None:
    assert wish("henrik abc", verb).problem == "I didn't understand “henrik” there. Name the people, each with an @."


def test_a_track_may_be_about_all() -> None:
    named = Catalogue(
        CATALOGUE.items, {"reach": Track(id="reach", title="All about reach", summary="It.", items=("a",))}
    )
    assert parse_command("assign", "<@U1> all about reach", named, TODAY).track == named.tracks["reach"]
    assert "There is no track “all about raech”" in parse_command("assign", "all about raech", named, TODAY).problem


@pytest.mark.parametrize("text", ["all", "everyone", "the whole team"])
def test_a_status_of_everybody_is_one_of_all(text: str) -> None:
    assert wish(text, "status") == ParsedCommand(verb="status")


@pytest.mark.parametrize(
    "text",
    [
        "<@U1> plus <@U2> abc", "both <@U1> and <@U2> in abc", "<@U1> and <@U2> into our abc", "my <@U1> and <@U2> abc",
        "1. <@U1> 2. <@U2> abc", "1) <@U1>\n2) <@U2>\nabc", "- <@U1>\n- <@U2>\nabc", "• <@U1> • <@U2> • abc", "abc\n(1) <@U1>\n(2) <@U2>",
        "<@U1> as well as <@U2> abc", "<@U1>, <@U2> on abc", "<@U1> &amp; <@U2>: the course abc, thx", "<@U1> <@U2> abc :+1:",
        "<@U1> 👋🏽 and <@U2> abc 🙏",
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["assign", "remove", "status", "preview"])
def test_small_words_numbers_and_emoji_beside_people_name_nothing(text: str, verb: str) -> None:
    said = wish(text, verb)
    assert (said.people, said.track, said.number, said.problem) == (("U1", "U2"), CATALOGUE.tracks["abc"], None, "")


@pytest.mark.parametrize(
    "text", ["<@U1> from abc", "<@U1> off abc", "<@U1> on abc", "<@U1>'s abc", "of <@U1>’s track abc"]
)
@pytest.mark.parametrize("verb", ["remove", "status"])
def test_where_nothing_begins_from_stands_before_a_track(text: str, verb: str) -> None:
    said = wish(text, verb)
    assert (said.people, said.track, said.problem) == (("U1",), CATALOGUE.tracks["abc"], "")
    assert "There is no track “abd”" in wish("<@U1> from abd", verb).problem


@pytest.mark.parametrize(
    "text",
    [
        "<@U1> abc from 2026-03-09 at 08:30 on mon, thu", "<@U1> abc at 8:30 am from monday on mon and thu",
        "<@U1> abc on mondays and thursdays from next monday at 8.30", "from 9 march at 0830 on mon & thu abc <@U1>",
        "<@U1> at half past eight abc starting 9.3.2026 on Mon/Thu", "<@U1> abc from in a week at 8:30am on mon, thu.",
    ],
)  # fmt: skip
def test_conditions_come_in_any_order_and_as_people_write_them(text: str) -> None:
    said = wish(text)
    expected = (CATALOGUE.tracks["abc"], date(2026, 3, 9), time(8, 30), frozenset({0, 3}), "")
    assert (said.track, said.first_day, said.at, said.days, said.problem) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<@U1> abc from 32 january", "“32 january” isn't"),
        ("<@U1> abc on frday", "Did you mean friday"), ("<@U1> abc at 5", "in the morning or in the afternoon"),
        ("<@U1> abc at", "such as `at 08:30`"), ("<@U1> abc on", "such as `on mon-thu`"), ("<@U1> abc from 2030-01-01", "a year ahead"),
        ("<@U1> abc on 9", "“9” isn't a date"), ("<@U1> abc on 32 march", "“32 march” isn't a day that exists"),
        ("<@U1> abc on 3 days", "isn't a day of the week"), ("<@U1> abc on 1.1.2026", "has passed"), ("<@U1> abc from on", "a day after *from*"),
        ("<@U1> abc from monday to friday", "no last one"), ("<@U1> abc from mon-fri", "write `on mon-fri`"),
        ("<@U1> abc from monday till friday", "no last one"),
        ("<@U1> abc from monday at 9 until friday", "no last one"), ("<@U1> abc at 9 till noon", "“till noon”"),
        ("<@U1> start abc", "“start”"), ("<@U1> abc not on fridays", "“not”"), ("<@U1> abc #1", "“#1”"), ("<@U1> abc from 9 march until 9 april", "no last one"),
        ("<@U1> abc on mon, thu until 9 april", "no last one"), ("<@U1> abc from monday on frday", "Did you mean friday"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_what_was_given(text: str, says: str) -> None:
    assert says in wish(text).problem


@pytest.mark.parametrize(
    ("text", "first_day", "at", "days"),
    [
        ("on 9 march", date(2026, 3, 9), None, None), ("on the 9th", date(2026, 3, 9), None, None), ("on 1.1.2027", date(2027, 1, 1), None, None),
        ("on monday 9 march", date(2026, 3, 9), None, None), ("on next monday", date(2026, 3, 9), None, None), ("on monday", None, None, {0}),
        ("on tuesday till friday", None, None, {1, 2, 3, 4}), ("on mon…thu", None, None, {0, 1, 2, 3}),
        ("on mon :arrow_right: thu", None, None, {0, 1, 2, 3}), ("on mon -&gt; thu", None, None, {0, 1, 2, 3}),
        ("on mon &amp; tue &amp; wed &amp; thu &amp; fri", None, None, {0, 1, 2, 3, 4}),
        ("from monday on", date(2026, 3, 9), None, None), ("from monday on, please", date(2026, 3, 9), None, None),
        ("from monday onwards at 8:30", date(2026, 3, 9), time(8, 30), None), ("from monday on tuesdays", date(2026, 3, 9), None, {1}),
        ("from monday on on tuesdays", date(2026, 3, 9), None, {1}), ("starting on monday", date(2026, 3, 9), None, None),
        ("starting from the 9th", date(2026, 3, 9), None, None), ("as of monday", date(2026, 3, 9), None, None),
        ("every day", None, None, set(range(7))), ("at 8:30 every tuesday", None, time(8, 30), {1}), ("only on mondays", None, None, {0}),
        ("on every monday", None, None, {0}), ("start on monday", date(2026, 3, 9), None, None), ("@ 8:30", None, time(8, 30), None),
        ("starting at 8:30", None, time(8, 30), None), ("at 8:30 :+1:", None, time(8, 30), None), ("at 8:30:pray:", None, time(8, 30), None),
        ("from monday 👍", date(2026, 3, 9), None, None), ("on mon, thu :+1::skin-tone-2:", None, None, {0, 3}),
        ("on mon, thu 🙏🏽", None, None, {0, 3}), ("from monday :calendar: at 8:30 ⏰ on mon ✌️", date(2026, 3, 9), time(8, 30), {0}),
    ],
)  # fmt: skip
def test_a_first_day_may_follow_on_and_emoji_anything(
    text: str, first_day: date | None, at: time | None, days: set[int] | None
) -> None:
    for line in (f"<@U1> abc {text}", f"abc {text} <@U1>"):
        said = wish(line)
        assert (said.first_day, said.at, said.days, said.problem) == (first_day, at, days, ""), line


def test_slacks_own_spelling_of_a_title_is_undone() -> None:
    spelt = "Q&A: #hashtags on example.com 🚀"
    named = Catalogue(CATALOGUE.items, {"qa": Track(id="qa", title=spelt, summary="It.", items=("a",))})
    for typed in (
        "Q&amp;A: <#C0|hashtags> on <http://example.com|example.com> :rocket:",
        "q&amp;a #hashtags on example.com",
    ):
        assert parse_command("assign", f"<@U1> {typed}", named, TODAY).track == named.tracks["qa"]
        assert find_track(typed, named).track == named.tracks["qa"]


def test_preview_takes_a_number() -> None:
    said = wish("abc 3", "preview")
    assert (said.track, said.number) == (CATALOGUE.tracks["abc"], 3)


@pytest.mark.parametrize(("text", "expected"), [
    ("", ("", "", "")), ("next", ("next", "", "")), ("PAUSE until monday", ("pause", "until monday", "")),
    ("puase", ("", "", "pause")), ("qqqqq", ("", "", "")), ("next.", ("next", "", "")), ("Help?", ("help", "", "")),
    ("pause\u00a0until monday", ("pause", "until monday", "")), ("pause\tuntil\u2003monday", ("pause", "until\u2003monday", "")),
    ("“next”", ("next", "", "")), ("PAUSE!", ("pause", "", "")), ("\u200bnext", ("next", "", "")),
])  # fmt: skip
def test_the_first_word_is_the_verb_and_a_slip_gets_the_nearest(text: str, expected: tuple[str, str, str]) -> None:
    assert verb_of(text, tuple(LEARN)) == expected


@pytest.mark.parametrize(
    ("command", "text", "verb", "rest"),
    [
        ("/learn", "pause—until monday", "pause", "until monday"), ("/learn", "pause,until monday", "pause", "until monday"),
        ("/learn", "stop🙏", "pause", ""), ("/learn", ":pray: pause :pray:", "pause", ""), ("/learn", "please pause until monday", "pause", "until monday"),
        ("/learn", "show my progress", "progress", ""), ("/learn", "unpause", "resume", ""), ("/learn", "mute", "pause", ""),
        ("/learn", ":wave:", "", ""), ("/learn", "👋🏽", "", ""), ("/learn", "?", "help", ""), ("/learn", "/learn pause", "pause", ""), ("/learn", "opt out", "leave", "out"),
        ("/track", "/track assign <@U1> abc", "assign", "<@U1> abc"), ("/learn", "learn", "another word", "learn"), ("/learn", "", "", ""),
        ("/learn", "Q&amp;A", "another word", "Q&amp;A"), ("/learn", "<@U1|ada> next", "another word", "<@U1|ada> next"),
        ("/track", "please assign <@U1> abc", "assign", "<@U1> abc"), ("/track", "assign<@U1> abc", "assign", "<@U1> abc"),
        ("/track", "<@U1> remove abc", "remove", "<@U1> abc"), ("/track", "<@U1|ada> <@U2> assign abc", "assign", "<@U1|ada> <@U2> abc"),
        ("/track", "<@U1> abc", "another word", "<@U1> abc"), ("/jargon", "FOMO :thinking_face:", "", "FOMO"), ("/jargon", "🤔", "", ""),
    ],
)  # fmt: skip
def test_emoji_politeness_and_people_hide_no_verb(command: str, text: str, verb: str, rest: str) -> None:
    found = read(command, text)
    assert (found.verb, found.rest) == (verb, rest)


@pytest.mark.parametrize(("text", "days"), [
    ("04/05/2026", (date(2026, 5, 4), date(2026, 4, 5))), ("04/05", (date(2026, 5, 4), date(2026, 4, 5))),
    ("01/04/2027", (date(2027, 1, 4),)), ("03/02/2026", ()), ("05/03/2026", (date(2026, 3, 5), date(2026, 5, 3))),
])  # fmt: skip
def test_a_date_that_could_be_either_of_two_offers_those_that_are_ahead_and_within_a_year(
    text: str, days: tuple[date, ...]
) -> None:
    for said in (f"<@U1> abc from {text} at 8:30", f"<@U1> abc from {text}, please", f"from {text} on abc <@U1>"):
        asked = wish(said).either
        assert (asked.days if asked else ()) == days
        assert wish(said).problem == "", said


def test_the_later_of_two_first_days_counts() -> None:
    assert wish("<@U1> abc from 04/05 from 2026-03-09").either is None
    assert wish("<@U1> abc from 2026-03-09 from 04/05").first_day is None


def test_of_two_days_one_of_which_is_over_the_other_is_meant() -> None:
    assert wish("<@U1> abc from 01/04/2026").first_day == date(2026, 4, 1)
    assert "has passed" in wish("<@U1> abc from 02/01/2026").problem


def test_no_track_named_is_no_problem_of_its_own() -> None:
    assert find_track("", CATALOGUE) == ParsedCommand(verb="track")


@pytest.mark.parametrize("word", ["FOMO", "fomo", " Fomos ", "fear of missing out", "#fomo", "fommo", "foom", "fmoo"])
def test_a_word_is_found_under_case_plural_alias_and_a_slip(word: str) -> None:
    catalogue = type(CATALOGUE)({"fomo": term("fomo", stands_for="fear of missing out"), "yolo": term("yolo")}, {})
    found = explain(catalogue, word).term
    assert found is not None
    assert found.id == "fomo"


@pytest.mark.parametrize(
    ("said", "found"),
    [("what is fomo", "fomo"), ("what does FOMO mean?", "fomo"), ("define fomo", "fomo"), ("what is fommo", "fomo"), ("fomo, please", "fomo"),
     ("what is an ama", "ama"), ("fomo and yolo", None), ("what is this", None), ("zzzz", None)],
)  # fmt: skip
def test_a_term_is_found_in_a_question(said: str, found: str | None) -> None:
    catalogue = type(CATALOGUE)({n: term(n) for n in ("fomo", "yolo", "lol", "ama")}, {})
    asked = term_asked_for(said, catalogue)
    assert (asked.id if asked else None) == found


@pytest.mark.parametrize("word", ["", "🙂", "wolof", "x" * 5000, "lo"])
def test_other_words_get_the_nearest_three_at_most(word: str) -> None:
    catalogue = type(CATALOGUE)({n: term(n) for n in ("fomo", "yolo", "lol", "ama")}, {})
    view = explain(catalogue, word)
    assert view.term is None
    assert len(view.nearest) <= 3
    assert len(view.asked) <= 60
