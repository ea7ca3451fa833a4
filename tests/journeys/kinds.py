"""A track whose lessons ask in every kind and form, and how each is answered as people do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from localslack.world import PostedMessage
from tests.content.writing import Lessons
from tests.helpers import Running

QUESTIONS = {
    "one-right": """## Question: which-tag
Which tag do you approve?

- [ ] our new slogan
  > Only we know this address.
- [x] the conference's own
  > The people you came for are reading it.
- [ ] a joke
  > Nobody looks for it.
""",
    "happened": """## Question, what happened next: after-the-post
A firm apologised within the hour of the mistake.

- [x] the thread went quiet
  > Nothing was left to ask.
- [ ] the story grew
  > It grows where nobody answers.
""",
    "two": """## Question, which of two: which-reply
Which reply would you post?

- [x] "Thank you, we are on it"
  > It says that somebody reads.
- [ ] "Please write to our service address"
  > It sends them away.
""",
    "true": """## Question, true or false: public
A post on a company page can be read by anybody.

- [x] True
  > That is what it is for.
- [ ] False
  > It is public unless you limit it.
""",
    "sentence": """## Question, find the sentence: the-promise
Which sentence makes a promise that nobody can keep?

- [ ] We look at every message on working days
  > It can be kept, with somebody there.
- [x] We answer everybody within the minute, day and night, in every language that you may write in
  > Nobody is awake for that.
- [ ] We have closed this page
  > It is a fact.
""",
    "order": """## Question, which order: first-steps
What comes first?

- [x] listen → answer → count
  > Whoever listens first answers what was asked.
- [ ] answer → listen → count
  > It answers what nobody asked.
- [ ] count → answer → listen
  > There is nothing to count yet.
""",
    "several": """## Question, several right: on-the-page
What belongs on the page?

- [x] who answers
  > Without a name nobody does.
- [x] by when
  > A promise needs an hour.
- [ ] the colours of the logo
  > Another page says so.
""",
    "number": """## Question, number: how-many
1,500 people saw a post, and 15 answered. How many saw it?

- [x] 1,500 people, give or take 100
  > So many were counted.
- [ ] 15 people
  > Those are the ones who answered.
- [ ] anything else
  > Count who saw it.
""",
    "typed": """## Question, typed: which-word
What is your part of all that is said called?

- [x] share of voice; SOV
  > It compares you with the others.
- [ ] reach
  > That counts who may have seen it.
- [ ] anything else
  > It is a part of all that is said.
""",
}
"""The questions by their lesson."""


def write(lessons: Lessons, *, first: tuple[str, ...] = ()) -> None:
    """Write the track. `first`: the lessons that ask before they tell."""
    (lessons.root / "tracks/one/a.md").unlink()
    listed = ", ".join(QUESTIONS)
    lessons.write("tracks/one/track.md", f"---\nid: one\ntitle: One\nitems: [{listed}]\n---\nEvery way to ask.\n")
    for lesson, question in QUESTIONS.items():
        ask = "ask: first\n" if lesson in first else ""
        head = f"---\nid: {lesson}\ntitle: Lesson {lesson}\n{ask}---\nThe text of {lesson}.\n\n"
        lessons.write(f"tracks/one/{lesson}.md", head + question)


Act = Callable[[Running, str, PostedMessage], None]


def tap(index: int) -> Act:
    """Tap the button of a choice."""
    return lambda bot, user, message: bot.tap(user, message, f"answer:1:{index}")


def tick(*indices: int) -> Act:
    """Tick these, and tap *Check*."""

    def act(bot: Running, user: str, message: PostedMessage) -> None:
        assert bot.slack.tap(user, message, "answer:1", [str(n) for n in indices]) == ""
        bot.tap(user, message, "answer:1:send")

    return act


def write_in(*texts: str) -> Act:
    """Write each of these into the field, one after the other, and tap *Check*."""

    def act(bot: Running, user: str, message: PostedMessage) -> None:
        for text in texts:
            assert bot.slack.fill(user, message, "answer:1", text) == ""
            bot.tap(user, message, "answer:1:send")

    return act


@dataclass(frozen=True)
class Way:
    """An answer to one of the lessons, and what the message says then."""

    lesson: str
    act: Act
    says: tuple[str, ...]


WAYS = (
    Way("one-right", tap(0), ("You chose: our new slogan", "Better: the conference's own")),
    Way("happened", tap(0), ("Your guess is right: the thread went quiet", "Nothing was left to ask.")),
    Way("two", tap(1), ("You chose", "It sends them away.", "It says that somebody reads.")),
    Way("true", tap(1), ("You chose: False", "Better: True")),
    Way("sentence", tap(1), ("is right:", "Nobody is awake for that.")),
    Way("order", tap(2), ("There is nothing to count yet.", "Whoever listens first")),
    Way(
        "several",
        tick(0, 2),
        ("This belongs too: by when", "This doesn't belong: the colours of the logo", "You guessed:"),
    ),
    Way("number", write_in("1 500 €"), ("You wrote: “1 500 €”", "Right: 1,500 people")),
    Way("typed", write_in("reach", "share of voise"), ("You guessed: “share of voise”", "Right: share of voice")),
)
