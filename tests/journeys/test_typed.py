"""What an executive types in the DM leads somewhere, over the wire."""

from __future__ import annotations

from functools import partial

from bot.actions.preferences import preferences
from bot.store import learners
from localslack.world import PostedMessage
from tests.helpers import HENRIK, MAYA, TEAM, Running, state_of, words_of


def first(bot: Running, user: str) -> PostedMessage:
    return next(m for m in bot.slack.messages(user) if "1 of 12" in m.text)


def says(bot: Running, user: str, typed: str, words: str) -> PostedMessage:
    """Type something; the answer, once it has these words."""
    bot.slack.say(user, typed)
    bot.eventually(partial(_says, bot, user, words), f"{typed}: {bot.last(user).text}")
    return bot.last(user)


def _says(bot: Running, user: str, words: str) -> bool:
    return words in bot.last(user).text


def test_what_executives_type_is_answered(taught: Running) -> None:
    for typed, words in {
        "Good morning": "Hello.",
        "who sees this?": "Admins here: <@U0INES>. They see",
        "is my CEO seeing this?": "Admins don't see your answers",
        "how far am I": "Speak the language: 0 of 12",
        "what did I get wrong?": "You haven't answered a question yet",
        "@missinglink how far am I": "Speak the language: 0 of 12",
        "too early": "The hour is yours to choose",
        "I'm in Tokyo this week": "Now it is Europe/Copenhagen",
        "once a week max": "Now they are Monday to Friday",
        "why am I getting this": "<@U0INES> has chosen this for you",
        "can I talk to someone about our case": "I can give <@U0INES> your name",
        "dont know": "You needn't know",
        "I meant A not C": "An answer that has counted can't be changed",
        "this question makes no sense": "I can't judge that myself",
        "opt out": "You can pause or leave, in one tap",
        "please delete all data you hold on me": "What is kept about you",
        "I'm on leave": "I can be quiet for a while",
        "please don't stop": "Nothing changes",
        ":+1:": "You're welcome",
        "what does ratioed mean": "I have no entry for that word yet",
        "what else is there": "/learn tracks",
        "where is the holiday, its a bank holiday here": "I leave out public holidays",
        "settings": "are yours to choose",
        "later": "It comes again at",
        "stop": "Paused. Nothing comes by itself",
    }.items():
        says(taught, HENRIK, typed, words)
    last = taught.last(HENRIK)
    assert "admins see “not taking part” and no reason" in last.text, "and leaving is offered beside the pause"
    whispers = len(taught.slack.whispers(HENRIK))
    assert taught.slack.tap(HENRIK, last, "quit_track:speak-the-language") == ""
    taught.eventually(lambda: len(taught.slack.whispers(HENRIK)) > whispers)
    assert "You've left Speak the language" in taught.slack.whispers(HENRIK)[-1].text


def test_a_letter_answers_the_open_question_and_the_reply_says_which(taught: Running) -> None:
    item = first(taught, MAYA)
    answer = says(taught, MAYA, "b)", "Your answer to")
    assert "B, " in answer.text
    taught.eventually(lambda: "not shown to anybody else" in item.text)
    says(taught, MAYA, "what did I get wrong?", "Only you see this")
    says(taught, MAYA, "c", "No question is open for you right now")


def test_a_choice_typed_out_is_asked_about_and_counts_in_one_tap(taught: Running) -> None:
    item = first(taught, MAYA)
    asked = says(taught, MAYA, "my answer is C", "Is that your answer: C, ")
    assert "not shown to anybody else" not in item.text
    taught.tap(MAYA, asked, "confirm")
    assert "Your answer to" in asked.text
    taught.eventually(lambda: "not shown to anybody else" in item.text)


def test_an_hour_that_is_typed_is_offered_and_kept_in_one_tap(taught: Running) -> None:
    offered = says(taught, HENRIK, "8.30 would be better please", "Shall I write at 08:30 on your clock from now on?")
    before = len(taught.slack.whispers(HENRIK))
    assert taught.slack.tap(HENRIK, offered, "set_hour:08-30") == ""
    taught.eventually(lambda: len(taught.slack.whispers(HENRIK)) > before)
    assert "From now on I'll write at 08:30" in taught.slack.whispers(HENRIK)[-1].text
    with taught.app.ctx.db.read() as session:
        learner = learners.get(session, TEAM, HENRIK)
        assert learner is not None
        assert str(preferences(state_of(session, taught.app.ctx, learner.learner_id)).at) == "08:30:00"


def test_a_day_from_which_to_go_on_is_offered_and_kept_in_one_tap(taught: Running) -> None:
    offered = says(taught, HENRIK, "I'm back on monday", "I can be quiet until Monday 9 March, and go on from there")
    assert "Resume" not in words_of({"blocks": offered.blocks})
    before = len(taught.slack.whispers(HENRIK))
    assert taught.slack.tap(HENRIK, offered, "pause:2026-03-09") == ""
    taught.eventually(lambda: len(taught.slack.whispers(HENRIK)) > before)
    assert "Monday 9 March" in taught.slack.whispers(HENRIK)[-1].text
    says(taught, HENRIK, "please resume from the 12th", "Until you choose, your pause stays as it is")


def test_a_day_that_two_readers_read_differently_is_asked_about_and_kept_in_one_tap(taught: Running) -> None:
    asked = says(taught, HENRIK, "pause until 04/05/2026", "I can be quiet for a while")
    shown = words_of({"blocks": asked.blocks})
    assert "Until 4 May" in shown
    assert "Until 5 April" in shown
    before = len(taught.slack.whispers(HENRIK))
    assert taught.slack.tap(HENRIK, asked, "pause:2026-05-04") == ""
    taught.eventually(lambda: len(taught.slack.whispers(HENRIK)) > before)
    assert "4 May" in taught.slack.whispers(HENRIK)[-1].text


def test_who_isnt_understood_chooses_what_was_meant_and_the_answer_stands_in_its_place(taught: Running) -> None:
    hint = says(taught, HENRIK, "zzyzx quux blorb flarp", "I didn't follow that. Which of these comes nearest?")
    taught.tap(HENRIK, hint, "mean", "who")
    taught.eventually(lambda: "Nobody is ranked here" in hint.text)
    assert "Which of these" not in hint.text


def test_a_question_leads_to_the_nearest_lesson_and_to_somebody_to_talk_to(taught: Running) -> None:
    answer = says(taught, MAYA, "should we be on TikTok?", "The lesson Small, upright and gone tomorrow")
    assert "Talk to someone" in words_of({"blocks": answer.blocks})
    assert taught.slack.tap(MAYA, answer, "lesson:stories-reels-shorts") == ""
    read = taught.eventually(
        lambda: next((m for m in taught.slack.whispers(MAYA) if "without its question" in m.text), 0)
    )
    assert "upright phone" in read.text
    assert "What do you do with her?" not in read.text


def test_a_finished_reminder_doesnt_begin_with_something_that_waits(taught: Running) -> None:
    taught.to(HENRIK, "2026-03-04 09:30")
    reminder = taught.last(HENRIK)
    assert reminder.text.startswith("A quiet reminder")
    taught.tap(HENRIK, first(taught, HENRIK), "answer:1:1")
    taught.eventually(lambda: "Done:" in reminder.text)
    assert "waiting" not in reminder.text
    assert reminder.text.startswith("This one is behind you")


def test_yes_does_what_was_asked_last_and_no_leaves_it(taught: Running) -> None:
    says(taught, HENRIK, "8am please", "Shall I write at 08:00")
    says(taught, HENRIK, "no thanks", "nothing is changed")
    with taught.app.ctx.db.read() as session:
        assert preferences(state_of(session, taught.app.ctx, HENRIK)).at is None
    says(taught, HENRIK, "8am please", "Shall I write at 08:00")
    says(taught, HENRIK, "yes please", "From now on I write at 08:00")
    says(taught, HENRIK, "start again on thursday", "I can be quiet until")
    says(taught, HENRIK, "yes", "Paused until Thursday")
    says(taught, HENRIK, "resume", "Messages come again")
    says(taught, HENRIK, "opt out", "You can pause or leave")
    says(taught, HENRIK, "yes", "I'd rather not guess")


def test_yes_to_is_that_your_answer_counts_it(taught: Running) -> None:
    item = first(taught, MAYA)
    asked = says(taught, MAYA, "my answer is C", "Is that your answer: C, ")
    answer = says(taught, MAYA, "Yes, that's my answer", "Your answer to")
    assert answer is not asked
    taught.eventually(lambda: "not shown to anybody else" in item.text)
    taught.eventually(lambda: "Is that your answer" not in asked.text, "the button is still there")
