"""*Something's wrong here*: the dialog in which a reader says what, and what admins see of it."""

from __future__ import annotations

from bot.limits import INPUT_LENGTH, SECTION_TEXT
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Modal, button
from bot.messages.mrkdwn import bold, escape
from bot.view_models import ReportedView

CALLBACK = "wrong"
SENTENCE = "f_wrong"
MOST_CHARACTERS = 300
MOST_ITEMS = 5
assert MOST_CHARACTERS <= INPUT_LENGTH


def wrong_dialog(title: str, about: str) -> Modal:
    """Draw the form for a report. `about`: the report's item and id."""
    builder = Builder().say(f"Something is wrong in {bold(title)}? Thank you for saying so.")
    field = {"type": "plain_text_input", "multiline": True, "max_length": MOST_CHARACTERS}
    builder.ask(SENTENCE, "What is wrong, in a sentence", field, optional=True)
    builder.small("It goes to the admins, and to whoever runs this bot, without your name.")
    return builder.modal("Something's wrong", callback_id=CALLBACK, submit="Send", close="Cancel", about=about)


def thanks() -> Modal:
    """Draw that a report is on its way."""
    builder = Builder().say("Thank you. It is with the admins now, without your name.")
    return builder.modal("Something's wrong")


def put_reported(builder: Builder, reported: tuple[ReportedView, ...]) -> None:
    """Add what readers say is wrong, for an admin; each item can be settled."""
    for view in reported[:MOST_ITEMS]:
        times = "Somebody says" if view.count == 1 else f"{view.count} times somebody said"
        said = f"{times} that something is wrong in {bold(view.title)}."
        for sentence in view.sentences:
            quoted = f"\n• “{escape(sentence)}”"
            # signs that Slack wants escaped take several places
            said += quoted if len(said) + len(quoted) <= SECTION_TEXT else ""
        builder.say(said)
        settled = button("Dealt with", ids.action("wrong_settled", "-".join(view.report_ids)), heard=view.title)
        builder.actions(ids.block(view.item_id), [settled])
    if len(reported) > MOST_ITEMS:
        builder.small(f"{formatting.count(len(reported) - MOST_ITEMS, 'more item')} after these.")
