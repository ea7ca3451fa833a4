"""What executives type is led somewhere useful, and nothing is ever taken for a pause or a deletion that isn't one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from pathlib import Path

import pytest

from bot.domain.content import Catalogue
from bot.domain.intents import DmContext, Intent, Meaning
from bot.slack.typed.examples import Examples, gathered, known_messages
from bot.slack.typed.intent_parser import read
from tests.slack.typed import MONDAY, OPEN, WITH_LETTERS, WITHOUT, read_all
from tests.teaching import ours

TYPED: Mapping[str, Sequence[str]] = known_messages()
"""Messages by where each should lead: one place, or several that serve alike, divided by a bar."""
ANSWERS = frozenset({Meaning.ANSWER, Meaning.IS_IT, Meaning.NO_SUCH_CHOICE})
FRESH: Mapping[str, list[str]] = json.loads(Path(__file__).with_name("fresh_messages.json").read_text(encoding="utf-8"))
"""What two others typed, with the place that each should lead to."""
USEFUL, UNSEEN, FLOOR = 0.88, 0.85, 0.8
PARTS = 10
QUIET = frozenset({Meaning.PAUSE, Meaning.REST, Meaning.OUT})
PAUSES = (
    "pause", "Pause.", "STOP!!!", "stop", "stop please", "Could you pause, please?", "quiet please", "mute", "unsubscribe",
    "please pause all messages", "unsubscribe me please", "pause everything", "puase",
)  # fmt: skip
UNTIL = {
    "pause until friday": 6,
    "I'm off until monday": 9,
    "im on holiday till monday": 9,
    "can you pause this until I'm back from leave on the 14th": 14,
    "quiet until tomorrow please": 3,
}
ABOUT_SOMETHING_ELSE = (
    "please don't stop", "don't pause", "do not pause until monday", "Never stop learning", "do not unsubscribe me",
    "can't stop reading these", "I don't want to stop", "don't forget me", "please keep going", "keep them coming",
    "how do I stop a rumour on social media?", "pause button on TikTok videos?", "Stop or pause, what's the difference?",
    "does the pause in posting hurt our reach?", "can I pause an ad campaign?", "should we mute people who complain",
    "How do we unsubscribe someone from our newsletter", "mute a troll?", "what happens if we stop posting",
    "is it okay to pause before answering a journalist", "stop the press!", "We should stop advertising on X",
    "non-stop complaints on twitter, what do we do", "the CEO wants us to stop", "I paused the video", "pause for thought",
    "my boss told me to stop using hashtags", "when should a brand go quiet", "cancel culture", "so quiet today",
    "should we leave Twitter?", "is X dead, should we leave", "block someone on instagram", "stop it spreading",
    "forget it", "never forget", "I forgot my answer", "forget the last one", "I keep forgetting the words",
    "how do I delete a tweet", "should I delete my linkedin account", "can I delete a comment", "delete my post?",
    "can we erase bad reviews", "remove negative comments?", "the cause", "what caused the pause in growth?",
    "the board told us to be quiet about the merger on linkedin", "stop words in a search?", "pausing helps me think",
    "does muting a customer work", "how long is a pause in a video", "will the algorithm punish a pause",
    "I stopped a colleague from posting", "Did they stop?", "stopwatch", "quietly confident", "a quiet week for our brand",
    "is the pause button gone?", "unsubscribe rate?", "what does it mean to mute someone", "are we being cancelled",
    "should we pause until monday", "can we pause the campaign until monday?", "my boss is on leave until monday",
    "is it ok to pause posting until the 3rd?", "the shop is quiet until friday", "he is away until friday, who do I ask",
    "they stop until monday", "our agency is on holiday until the 12th", "who is on leave until monday?",
    "forgotten what reach means", "delete the app?", "our audience went quiet", "commute", "pauses in speeches",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return ours()


def lost(
    typed: Mapping[str, Iterable[str]], catalogue: Catalogue, known: Examples | None = None
) -> tuple[list[str], int]:
    """What isn't led where it should be, and how many there are."""
    wrong, number = [], 0
    for places, messages in typed.items():
        wanted = set(places.split("|"))
        for message, without, with_question in read_all(messages, catalogue, known):
            number += 1
            # an answer is one only while a question is open
            there = without.meaning in wanted or bool(wanted & ANSWERS)
            if not there or with_question.meaning not in wanted:
                wrong.append(f"{message!r}: {with_question.meaning}, wanted {places}")
    return wrong, number


def test_most_of_what_is_known_to_be_typed_leads_somewhere_useful_without_the_examples(catalogue: Catalogue) -> None:
    wrong, number = lost(TYPED, catalogue, gathered({}))
    assert len(wrong) <= (1 - USEFUL) * number, "\n".join(wrong)


def test_messages_of_writers_who_saw_neither_code_nor_lists_are_led_somewhere_useful(catalogue: Catalogue) -> None:
    """None of them is an example, and none may become one: others are judged by them."""
    assert not {m for each in FRESH.values() for m in each} & {m for each in TYPED.values() for m in each}
    wrong, number = lost(FRESH, catalogue)
    assert len(wrong) <= (1 - FLOOR) * number, "\n".join(wrong)


def test_what_is_no_example_is_understood_from_the_others(catalogue: Catalogue) -> None:
    """A tenth is read with the other nine, four times."""
    wrong, number = list[str](), 0
    for part in range(0, PARTS, 3):
        others = {places: [m for n, m in enumerate(each) if n % PARTS != part] for places, each in TYPED.items()}
        mine = {places: each[part::PARTS] for places, each in TYPED.items()}
        missed, read_now = lost(mine, catalogue, gathered(others))
        wrong, number = [*wrong, *missed], number + read_now
    assert len(wrong) <= (1 - UNSEEN) * number, "\n".join(wrong)


@pytest.mark.parametrize("dm_context", [WITHOUT, WITH_LETTERS], ids=["nothing open", "a question open"])
def test_none_is_misread_as_a_pause_or_as_a_deletion(catalogue: Catalogue, dm_context: DmContext) -> None:
    paused, deleted = list[str](), list[str]()
    for places, messages in TYPED.items():
        wanted = set(places.split("|"))
        for message in messages:
            meaning = read(message, dm_context, catalogue).meaning
            if meaning is Meaning.PAUSE and not {"pause", "rest", "out"} & wanted:
                paused.append(message)
            if meaning is Meaning.DATA and "data" not in wanted:
                deleted.append(message)
    assert (paused, deleted) == ([], [])


@pytest.mark.parametrize("text", ABOUT_SOMETHING_ELSE)
def test_what_is_about_something_else_neither_pauses_nor_offers_to_nor_speaks_of_deleting(
    catalogue: Catalogue, text: str
) -> None:
    for dm_context in (WITHOUT, WITH_LETTERS):
        assert read(text, dm_context, catalogue).meaning not in QUIET | {Meaning.DATA}


@pytest.mark.parametrize("text", PAUSES)
def test_a_pause_is_made_when_nothing_else_is_said(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue) == Intent(meaning=Meaning.PAUSE)


@pytest.mark.parametrize("text", sorted(UNTIL))
def test_a_pause_until_a_day_ends_on_it(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.PAUSE, until=date(2026, 3, UNTIL[text]))


@pytest.mark.parametrize(
    "text",
    [
        "On annual leave 4-19 Aug, back on the 20th", "I'm away 9-13 march, back on the 16th",
        "on holiday from friday until the 20th", "off from the 10th, back on the 16th", "pause from 10 to 20 march",
        "please pause from monday until friday", "on leave in august until the 20th",
    ],
)  # fmt: skip
def test_a_pause_that_begins_on_another_day_is_offered_and_not_made_now(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).meaning is Meaning.REST


@pytest.mark.parametrize("text", ["pause until 2026-03-16", "pause until 16-03", "pause from now until the 16th"])
def test_a_pause_that_begins_now_is_made_however_its_day_is_written(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.PAUSE, until=date(2026, 3, 16))


@pytest.mark.parametrize(("text", "day"), [
    ("resume on monday", 9), ("start again on monday please", 9), ("please resume from the 14th", 14),
    ("I'm back on monday", 9), ("can we start again next week", 9), ("you can send them again from friday", 6),
])  # fmt: skip
def test_a_day_from_which_to_go_on_is_read_and_offered(catalogue: Catalogue, text: str, day: int) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.REST, until=date(2026, 3, day))


@pytest.mark.parametrize("text", [
    "resume the campaign on monday?", "he is back on monday", "send it again tomorrow", "continue where we left off",
    "does our agency start again on monday",
])  # fmt: skip
def test_somebody_elses_day_is_no_pause(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).meaning not in QUIET


@pytest.mark.parametrize(("text", "choice"), [
    ("B", 1), ("b)", 1), ("(c)", 2), ("c. thanks", 2), ("a", 0), ("D!", 3), ("B please", 1),
])  # fmt: skip
def test_a_letter_alone_answers_a_question_that_shows_letters(catalogue: Catalogue, text: str, choice: int) -> None:
    assert read(text, WITH_LETTERS, catalogue) == Intent(meaning=Meaning.ANSWER, choice=choice)
    assert read(text, DmContext(today=MONDAY, question=OPEN), catalogue) == Intent(meaning=Meaning.IS_IT, choice=choice)
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.NO_SUCH_CHOICE)


@pytest.mark.parametrize(("text", "choice"), [
    ("The answer is D, obviously", 3), ("I think its C", 2), ("I'd go for b", 1), ("3", 2),
    ("Keep it for the intranet", 2), ("keep it on the intranet", 2), ("a story to try it without risk", 1),
    ("The buttons do nothing on my phone. My answer is B", 1),
])  # fmt: skip
def test_what_may_be_an_answer_is_asked_about_first(catalogue: Catalogue, text: str, choice: int) -> None:
    assert read(text, WITH_LETTERS, catalogue) == Intent(meaning=Meaning.IS_IT, choice=choice)


@pytest.mark.parametrize("text", [
    "I meant A not C", "I meant the second one", "can I change my answer to B", "wait i tapped wrong, meant the third option",
    "oops wrong button", "not C but A", "I picked the wrong one by mistake", "my thumb slipped", "undo my answer",
])  # fmt: skip
def test_an_answer_that_was_given_and_not_meant_is_a_correction_and_no_answer(catalogue: Catalogue, text: str) -> None:
    for dm_context in (WITHOUT, WITH_LETTERS):
        assert read(text, dm_context, catalogue) == Intent(meaning=Meaning.CORRECTION)


@pytest.mark.parametrize("text", [
    "how do we correct a wrong answer to a customer?", "I chose the wrong agency", "what is meant by reach",
    "how do I change the hour", "I deleted the last one by accident sorry", "I mean the last few weeks", "wrong answer?",
])  # fmt: skip
def test_what_else_was_meant_or_went_wrong_is_no_correction(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue).meaning is not Meaning.CORRECTION


@pytest.mark.parametrize(("text", "choice"), [
    ("the second one", 1), ("first", 0), ("I think the third", 2),
    ("obviously the last one. do people really pick the first?", 3), ("Surely the first! Who would do that", 0),
])  # fmt: skip
def test_a_choice_named_by_its_place_is_asked_about_while_a_question_is_open(
    catalogue: Catalogue, text: str, choice: int
) -> None:
    assert read(text, WITH_LETTERS, catalogue) == Intent(meaning=Meaning.IS_IT, choice=choice)
    if "." not in text and "!" not in text:
        assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.NO_SUCH_CHOICE)


def test_the_last_one_once_more_is_no_choice(catalogue: Catalogue) -> None:
    assert read("the last one. send it again", WITH_LETTERS, catalogue).meaning is Meaning.AGAIN


@pytest.mark.parametrize("text", ["E", "the answer is h", "9"])
def test_a_letter_that_the_question_hasnt_is_none_of_its_choices(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue).meaning is Meaning.NO_SUCH_CHOICE


@pytest.mark.parametrize("text", [
    "tuesday till friday", "mon thru thu", "mon-thu", "weekdays", "weekdays only", "mondays and thursdays please",
])  # fmt: skip
def test_days_alone_are_the_days_of_messages(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.DAYS)


ASKED = DmContext(today=MONDAY, asked=True)


@pytest.mark.parametrize("text", [
    "yes", "Yes please", "yes, that's my answer", "yes do that", "sure", "ok", "OK, thanks", "Yes, I'd like that", "go ahead, yes",
])  # fmt: skip
def test_yes_is_said_to_what_was_asked_last(catalogue: Catalogue, text: str) -> None:
    assert read(text, ASKED, catalogue) == Intent(meaning=Meaning.YES)
    assert read(text, WITH_LETTERS, catalogue).meaning is not Meaning.YES


@pytest.mark.parametrize("text", ["no", "No thanks", "nope", "no, leave it as it is", "never mind"])
def test_no_changes_nothing_of_it(catalogue: Catalogue, text: str) -> None:
    assert read(text, ASKED, catalogue) == Intent(meaning=Meaning.NO)


@pytest.mark.parametrize(
    "text", ["thanks", "great", "yes but what is reach?", "pause", "stop", "next", "no more lessons", "B", "8:30"]
)
def test_anything_else_is_read_as_ever(catalogue: Catalogue, text: str) -> None:
    assert read(text, ASKED, catalogue) == read(text, WITHOUT, catalogue)


@pytest.mark.parametrize(("text", "meaning"), [
    ("I've read it", Meaning.STILL_OPEN), ("I know this", Meaning.STILL_OPEN), ("done", Meaning.STILL_OPEN),
    ("Done!", Meaning.STILL_OPEN), ("I'm done", Meaning.STILL_OPEN), ("read it", Meaning.STILL_OPEN),
    ("finished", Meaning.STILL_OPEN), ("Show it here", Meaning.AGAIN), ("Bring it down here", Meaning.AGAIN),
    ("Read it now", Meaning.AGAIN), ("Resume", Meaning.RESUME), ("Next one now", Meaning.NEXT), ("Not today", Meaning.NOT_TODAY),
    ("Settings", Meaning.SETTINGS), ("Who sees what", Meaning.WHO), ("Talk to someone", Meaning.TALK),
    ("Tracks", Meaning.TRACKS), ("Come back", Meaning.WHEN), ("never mind", Meaning.THANKS), ("unmute", Meaning.RESUME),
])  # fmt: skip
def test_a_buttons_own_words_lead_where_the_button_does(catalogue: Catalogue, text: str, meaning: Meaning) -> None:
    assert read(text, WITHOUT, catalogue) == read(text, WITH_LETTERS, catalogue) == Intent(meaning=meaning)


@pytest.mark.parametrize("text", ["why?", "huh", "what", "really?", "oops", "test", "moment"])
def test_an_everyday_word_by_itself_is_no_term_that_was_looked_up(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.HINT)


@pytest.mark.parametrize(("text", "lesson"), [
    ("can I use emojis in work email?", "emoji-and-irony"),
    ("what about snapchat", "stories-reels-shorts"), ("why does nobody see our posts?", ""), ("is threads dead", "x-threads-bluesky"),
])  # fmt: skip
def test_a_question_about_what_is_taught_by_name_is_about_that(catalogue: Catalogue, text: str, lesson: str) -> None:
    found = read(text, WITHOUT, catalogue)
    assert (found.meaning, found.lesson) == (Meaning.TOPIC, lesson)


@pytest.mark.parametrize("text", ["8", "12", "2026"])
def test_a_number_alone_is_no_hour(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).hour is None


@pytest.mark.parametrize(("text", "day"), [
    ("until monday", 9), ("Until Monday, please", 9), ("for 5 days", 7), ("for two weeks please", 16),
    ("until the 14th of march", 14), ("till tomorrow 🙏", 3),
])  # fmt: skip
def test_an_end_alone_is_offered_as_a_pause_until_then(catalogue: Catalogue, text: str, day: int) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.REST, until=date(2026, 3, day))


@pytest.mark.parametrize(
    "text",
    ["for the last 3 weeks our reach fell, why?", "for example, what is reach in two weeks", "for you", "until when?"],
)
def test_what_only_begins_like_an_end_is_none(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).until is None


@pytest.mark.parametrize("sign", "'’‘`´ʼ′‛ʹʻʽ՚‵")
def test_every_keyboards_apostrophe_is_one(catalogue: Catalogue, sign: str) -> None:
    def meant(text: str) -> Meaning:
        return read(text.replace("'", sign), WITHOUT, catalogue).meaning

    assert meant("please don't stop the lessons") is Meaning.GO_ON
    assert meant("I don't want to pause") is Meaning.GO_ON
    assert read(f"I{sign}m on holiday until friday", WITHOUT, catalogue) == Intent(
        meaning=Meaning.PAUSE, until=date(2026, 3, 6)
    )


@pytest.mark.parametrize(
    "text", ["what is a hashtag", "I have a question", "is it a good idea", "a reel", "I think a lot about this"]
)
def test_an_article_is_no_answer(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue).meaning not in ANSWERS


@pytest.mark.parametrize(("text", "hour"), [
    ("8am please", time(8)), ("8.30", time(8, 30)), ("Too early. After 9 please", time(9)), ("12 noon please", time(12)),
    ("can this come at 5pm instead", time(17)), ("12am please", time(0)), ("too early", None), ("mornings are better", None),
    ("at 6 in the evening please", time(18)), ("8 in the evening please", time(20)), ("8：30 am", time(8, 30)),
    ("８：３０", time(8, 30)), ("0830", time(8, 30)), ("8h30", time(8, 30)), ("I´d like 8:30", time(8, 30)),
])  # fmt: skip
def test_an_hour_is_read_and_offered(catalogue: Catalogue, text: str, hour: time | None) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.HOUR, hour=hour)


@pytest.mark.parametrize(("text", "meaning"), [
    (":+1:", Meaning.THANKS), ("👍", Meaning.THANKS), (":wave::skin-tone-3:", Meaning.GREETING), ("🙏🏽", Meaning.THANKS),
    (":question:", Meaning.HELP), ("🔕", Meaning.OUT), (":no_bell:", Meaning.OUT), ("🌴", Meaning.REST), ("🦄", Meaning.HINT),
    ("", Meaning.HINT), ("?", Meaning.HELP), ("…", Meaning.HINT),
])  # fmt: skip
def test_emoji_are_read_by_name_and_as_signs(catalogue: Catalogue, text: str, meaning: Meaning) -> None:
    assert read(text, WITHOUT, catalogue).meaning is meaning


@pytest.mark.parametrize(("meaning", "texts"), [
    (Meaning.THANKS, ("merci beaucoup", "danke schön", "grazie mille", "muchas gracias", "tack så mycket", "dank je wel",
                      "Good morning, and thank you, that was rather good today.")),
    (Meaning.GREETING, ("guten morgen", "bonjour à tous", "buenos dias", "guten tag zusammen", "merry christmas to you all",
                        "happy new year missing link, may your engagement be organic")),
    (Meaning.COMPLAINT, ("this took me ten minutes", "too much text", "way too hard", "this is a bit too long", "not a minute",
                         "more than a minute", "too much jargon", "over my head", "can I have a shorter version")),
    (Meaning.DAYS, ("too many messages", "you send too much", "so many messages", "I'm drowning in these",
                    "not on weekends please")),
    (Meaning.REST, ("can I have a break", "give me a break", "skip this week", "I could do with a rest",
                    "continue after easter", "not until january", "keep them for me, I am offline next week")),
    (Meaning.DATA, ("where is this stored", "which server is this on", "is this hosted in the EU", "where does the data go",
                    "does my data leave the EU", "is this secure")),
    (Meaning.TALK, ("who runs this", "who is behind this", "who manages these lessons", "who set this up",
                    "who looks after this")),
    (Meaning.WHO, ("good morning, who sees this",)),
    (Meaning.WHEN, ("when does this come",)),
    (Meaning.HOUR, ("not during my shift", "not before lunch", "not in the morning")),
    (Meaning.UNSURE, ("it's a trick, both", "maybe 40 percent?", "probably TikTok")),
    (Meaning.OUT, ("please discontinue", "🙄", "good evening please stop")),
    (Meaning.AGAIN, ("pardon?", "sorry what", "can you repeat the lesson on memes")),
    (Meaning.NO_TERM, ('what does it mean "finsta"?',)),
    (Meaning.TERM, ('what does it mean "shadow ban"?', "what does :skull: mean", "What does 🙃 mean?", "what about emojis?")),
])  # fmt: skip
def test_kinds_of_messages_that_real_people_typed_are_understood(
    catalogue: Catalogue, meaning: Meaning, texts: tuple[str, ...]
) -> None:
    found = {text: read(text, WITHOUT, catalogue).meaning for text in texts}
    assert found == dict.fromkeys(texts, meaning)


@pytest.mark.parametrize("text", [
    "is it safe to reply", "is our website hosted in the EU", "I'm leaving the company", "should we move to another server",
    "where is it", "should we discontinue our page", "kindly discontinue the campaign", "who owns our account",
])  # fmt: skip
def test_servers_owners_and_endings_of_other_things_are_not_the_bots(catalogue: Catalogue, text: str) -> None:
    meant = read(text, WITHOUT, catalogue).meaning
    assert meant not in {Meaning.DATA, Meaning.PAUSE, Meaning.TALK}
    assert meant is not Meaning.OUT or "I'm" in text


def test_a_question_the_catalogue_has_words_on_gets_them_and_the_nearest_lesson(catalogue: Catalogue) -> None:
    found = read("should we do stories on LinkedIn?", WITHOUT, catalogue)
    assert (found.meaning, found.lesson) == (Meaning.TOPIC, "stories-reels-shorts")
    found = read("how much should we be spending on influencers this year?", WITHOUT, catalogue)
    assert (found.meaning, found.terms) == (Meaning.TOPIC, ("influencer",))


@pytest.mark.parametrize("text", [
    "A former employee is writing bad things about us on Glassdoor. do we answer?",
    "more about crisis please, last week's one was very useful for me", "who ordered these layoffs in our unit",
    "can we write to somebody at the council", "how do we measure success",
])  # fmt: skip
def test_a_lesson_that_shares_only_everyday_words_is_not_offered(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).lesson == ""


def test_a_term_is_explained_whatever_stands_around_it(catalogue: Catalogue) -> None:
    for text in ("fomo", "FOMO?", "what is a hashtag actually for", "and what does hashtag mean?", "define UGC please"):
        assert read(text, WITH_LETTERS, catalogue).meaning is Meaning.TERM, text
    assert read("whats a finsta, my daughter used it", WITHOUT, catalogue).meaning is Meaning.NO_TERM


def test_slips_of_the_keyboard_are_put_right_but_never_into_a_pause(catalogue: Catalogue) -> None:
    assert read("unsubscirbe me from this", WITHOUT, catalogue).meaning is Meaning.OUT
    assert read("how is my progess", WITHOUT, catalogue).meaning is Meaning.PROGRESS
    for text in ("cause", "shop", "step", "stomp", "pauses", "mutes", "quite", "quiets"):
        assert read(text, WITHOUT, catalogue).meaning is not Meaning.PAUSE, text


@pytest.mark.parametrize(("text", "choice"), [
    ("A. Always answer the customer", 0), ("It is C because the customer comes first", 2), ("Resposta B", 1),
    ("Reckon its B but wouldn't bet the house on it", 1), ("a. no wait, D", 3), ("c. No wait, b", 1),
    ("Neither B nor C, frankly. But D if pressed.", 3), ("i believe A or B, not sure... B", 1), ("b lah obviously", 1),
    ("C, though any good student would argue with it", 2), ("B, but honestly C is also not wrong", 1),
    ("D!! easy one", 3), ("Tamam answer is c thank you", 2),
])  # fmt: skip
def test_a_letter_is_found_beside_reasons_and_second_thoughts_and_asked_about(
    catalogue: Catalogue, text: str, choice: int
) -> None:
    assert read(text, WITH_LETTERS, catalogue) == Intent(meaning=Meaning.IS_IT, choice=choice)


@pytest.mark.parametrize("text", ["A and C", "A or B, both seem right to me", "it's between B and D"])
def test_two_letters_are_no_answer(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue).meaning is Meaning.UNSURE


@pytest.mark.parametrize("text", [
    "what is our plan B for the crisis page", "is this for C level only", "A lesson on hashtags please", "why is B wrong?",
    "vitamin C for everybody", "I was in class B", "Series A companies on LinkedIn?",
])  # fmt: skip
def test_a_letter_that_names_something_else_is_no_answer(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITH_LETTERS, catalogue).meaning not in ANSWERS


@pytest.mark.parametrize(("text", "until"), [
    ("pause 2 weeks", date(2026, 3, 16)), ("stop for a month please", date(2026, 4, 2)), ("mute for 10 days", date(2026, 3, 12)),
])  # fmt: skip
def test_a_pause_of_some_length_or_until_a_day_is_made(catalogue: Catalogue, text: str, until: date) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.PAUSE, until=until)


@pytest.mark.parametrize(("text", "until", "ahead"), [
    ("could we take a little break", None, False), ("on a trip all this wk, can these wait till after the weekend", None, False),
    ("Golden Week from Apr 29 to May 6. Please stop this period.", None, True), ("carnival week no lesson please", None, False),
    ("G'day, heading out to site til Thurs, no reception. Hold em til then", date(2026, 3, 5), False),
    ("stop sending during board week. 18th to 22nd", None, True), ("skiing till sunday no lessons pls", date(2026, 3, 8), False),
    ("CNY break next week, resume on Thursday can?", date(2026, 3, 12), True),
    ("stop until the rentrée please, I come back the 25 august", date(2026, 8, 25), False),
    ("away next week, kindly hold the lessons and start again Monday", date(2026, 3, 16), True),
])  # fmt: skip
def test_some_days_together_with_a_wish_for_quiet_are_a_rest_that_is_offered(
    catalogue: Catalogue, text: str, until: date | None, *, ahead: bool
) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.REST, until=until, ahead=ahead)


@pytest.mark.parametrize(("text", "hour"), [
    ("Hey can we move this to like 4pm central? mornings are nuts", time(16)), ("Abeg let it be 7am, before traffic", time(7)),
    ("Why do I get this at 8:00? At 8 I have always the liquidity call. 17:30 would be better.", time(17, 30)),
    ("lieber nachmittags, so gegen 16 Uhr", time(16)), ("evenings, after 8", time(20)), ("half past 12", time(12, 30)),
    ("earlier pls, 8am is already meetings for me", None),
])  # fmt: skip
def test_an_hour_together_with_a_wish_is_offered(catalogue: Catalogue, text: str, hour: time | None) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.HOUR, hour=hour)


@pytest.mark.parametrize("text", ["can someone call me at 4pm", "remind me today at 4 pm", "call me back at 8:00"])
def test_an_hour_of_something_else_moves_no_lessons(catalogue: Catalogue, text: str) -> None:
    found = read(text, WITHOUT, catalogue)
    assert found.meaning is not Meaning.HOUR or found.guessed


@pytest.mark.parametrize(("text", "term"), [
    ("sorry I dont undertsand what is UGC", "ugc"), ('What is meant by "dark social"?', "dark-social"),
    ("what does CTR stand for again", "ctr"), ("No idea what 'dark social' is supposed to be, sounds criminal", "dark-social"),
    ("hashtag meaning", "hashtag"), ("was ist ein hashtag", "hashtag"), ("c'est quoi un hashtag", "hashtag"),
])  # fmt: skip
def test_a_term_is_found_by_the_words_that_ask_for_it(catalogue: Catalogue, text: str, term: str) -> None:
    assert read(text, WITHOUT, catalogue) == Intent(meaning=Meaning.TERM, terms=(term,))


@pytest.mark.parametrize("text", [
    "What does finsta mean? My students keep saying it", "too many buzzwords, what does 'growth hacker' mean",
    "delulu meaning", "the term brandjacking, got official definition or not", "What on earth is a 'dark kitchen'?",
])  # fmt: skip
def test_a_term_that_isnt_there_is_said_not_to_be(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).meaning is Meaning.NO_TERM


def test_a_guess_from_examples_changes_nothing_and_says_that_it_is_one(catalogue: Catalogue) -> None:
    known = gathered(
        {"next": ["feed me something in the lounge"], "pause": ["let the drip drip end"], "who": ["blorb"] * 9}
    )
    asked = read("feed me something at the lounge", WITHOUT, catalogue, known)
    assert asked == Intent(meaning=Meaning.WHEN, guessed=True)
    assert read("let the drip end", WITHOUT, catalogue, known) == Intent(meaning=Meaning.REST, guessed=True)
    assert known.like("blorb") is None, "one word alone is like nothing"


def test_a_day_that_two_readers_read_differently_is_asked_about(catalogue: Catalogue) -> None:
    asked = read("please pause until 04/05/2026", WITHOUT, catalogue)
    assert asked == Intent(meaning=Meaning.REST, either=(date(2026, 5, 4), date(2026, 4, 5)))


@pytest.mark.parametrize(("text", "meaning"), [
    ("not today", Meaning.NOT_TODAY), ("not now", Meaning.LATER), ("remind me later", Meaning.LATER), ("later", Meaning.LATER),
    ("tomorrow", Meaning.NOT_TODAY), ("next", Meaning.NEXT), ("next question", Meaning.NEXT), ("go on", Meaning.NEXT),
    ("give me the next one", Meaning.NEXT), ("I'm ready", Meaning.NEXT), ("resume", Meaning.RESUME), ("again", Meaning.AGAIN),
    ("send it again", Meaning.AGAIN), ("where is todays question", Meaning.AGAIN),
])  # fmt: skip
def test_what_is_asked_for_plainly_is_done_and_not_only_offered(
    catalogue: Catalogue, text: str, meaning: Meaning
) -> None:
    for dm_context in (WITHOUT, WITH_LETTERS):
        assert read(text, dm_context, catalogue) == Intent(meaning=meaning)


@pytest.mark.parametrize("text", [
    "Busy people like it", "we had dinner with the minister tonight", "this was quicker than the lift, minutes well used",
])  # fmt: skip
def test_what_only_sounds_like_it_postpones_nothing(catalogue: Catalogue, text: str) -> None:
    acts = {Meaning.LATER, Meaning.NOT_TODAY, Meaning.NEXT, Meaning.AGAIN, Meaning.RESUME, Meaning.PAUSE}
    assert read(text, WITH_LETTERS, catalogue).meaning not in acts


@pytest.mark.parametrize("text", [
    "I am not away until Friday", "No pause until Friday please", "stop until Friday? No thanks", "Cancel my pause until Friday",
    "I am on leave until Friday but still want the lessons", "Away until Friday - no need to stop the messages",
    "I'm travelling until Friday, send at 7", "I'm working abroad until 1 June, change my time zone",
    "How do I mute someone until Friday?", "I must stop tweeting until 12 March, lawyers say", "I'm off LinkedIn until Friday",
    "I have nothing on until Friday, send me more", "Nothing came until Friday", "I'll leave it until Friday",
    "Leave this one open until tomorrow please", "hold my answer until tomorrow", "Out of interest, do I get these until June?",
    "I hold a town hall until 5pm on friday", "I am on a quiet train until Friday", "My husband away until friday, I have time",
    "I'm back from leave, start on wednesday", "I am off now, will get back to you on friday", "stop looking back at monday",
    "I never take a holiday, back on monday as usual", 'What happens if I say "pause until monday"?', "How do I pause until Friday?",
    "If I'm away until Friday, do I miss anything?", "Stop the reminders until Friday", "Stop lessons about TikTok until Friday",
    "pause next week until wednesday", "pause friday until monday", "no messages on fridays until june, quiet",
    "pause until 31 april", "pause until end of march", "until monday after easter, pause", "pause until friday next week",
    "would you like me to pause?", "Could this stop?", "My lessons stop?", "quiet?", "“Stop.” I like it.", "I like quiet",
    "I mute everything", "I could stop this",
])  # fmt: skip
def test_what_says_more_or_less_than_a_pause_of_ones_own_makes_none(catalogue: Catalogue, text: str) -> None:
    for dm_context in (WITHOUT, WITH_LETTERS):
        assert read(text, dm_context, catalogue).meaning is not Meaning.PAUSE


@pytest.mark.parametrize("text", [
    ":D", "D:", "A?", "B?", "Never B", "anything but B", "I don't think it's B", "It can't be C", "I would avoid B", "all but C",
    "C has a typo", "I can't tap B", "D is cut off", "Who chose B?", "Regards, D", "Meeting in room D", "Building C, room 4",
    "one second", "c u later", "b right back", "not keep it for the intranet",
])  # fmt: skip
def test_a_letter_that_isnt_meant_counts_for_nothing(catalogue: Catalogue, text: str) -> None:
    found = read(text, WITH_LETTERS, catalogue).meaning
    assert found is not Meaning.ANSWER
    assert found is not Meaning.IS_IT or text in {"A?", "B?"}


@pytest.mark.parametrize("text", [
    "not another lesson please", "I don't want the next lesson", "Please don't send the next one", "Should I start now?",
    "Never again", "do not start the next lesson yet",
])  # fmt: skip
def test_what_is_refused_isnt_brought(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).meaning not in {Meaning.NEXT, Meaning.AGAIN}


@pytest.mark.parametrize("text", [
    "What do you keep asking", "How long do I keep getting these", "do you keep what you promise", "I forget everything I read",
    "Forget what I wrote, next please", "my answers are gone!", "ok and forget me for today",
])  # fmt: skip
def test_what_isnt_about_what_is_kept_is_not_told_of_deleting(catalogue: Catalogue, text: str) -> None:
    assert read(text, WITHOUT, catalogue).meaning is not Meaning.DATA


def test_the_longest_text_is_read_as_far_as_a_wish_may_stand_in_it(catalogue: Catalogue) -> None:
    assert read("pause until foo bar " * 600, WITHOUT, catalogue).meaning is not Meaning.PAUSE
    assert read(f"pause please {' ' * 2000}", WITHOUT, catalogue) == Intent(meaning=Meaning.PAUSE)
