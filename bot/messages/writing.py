"""The dialogs in which an admin writes a lesson or a word: the list, the forms, the proof, and the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.content import Catalogue, Item, Kind
from bot.domain.written import CHOICES, FormField, WrittenItem, WrittenState
from bot.limits import INPUT_LENGTH, SELECT_OPTIONS
from bot.messages import formatting, ids
from bot.messages.builder import Block, Builder, Message, Modal, button, menu, option, plain_text
from bot.messages.item import proof_message
from bot.messages.look_ups import HOW, in_words
from bot.messages.mrkdwn import escape
from bot.view_models.look_ups import LookUpsView

LESSON, TERM, PASTE, WORDING = "write", "write_word", "write_paste", "write_wording"
PUBLISH, WITHDRAW = "write_publish", "write_withdraw"
"""Callback ids."""
TITLE, TITLE_OF = "Write a lesson", {Kind.LESSON: "A lesson", Kind.TERM: "A word"}
TRACK, NEW_TITLE, NEW_SUMMARY, FILE, REST = "w_track", "w_new_title", "w_new_summary", "w_file", "w_rest"
OF_QUESTION = (FormField.STEM, *(of for pair in CHOICES for of in pair))
NEW = "_new"
"""The value of a track that is begun with this lesson. No track's id has an underscore."""
FROM_OPERATOR = "Whoever runs me has the same with `missinglink lessons written`."
MOST_LISTED = 20
MOST_DOUBTS = 8
MOST_WORDS = 12
"""Of those that were looked up."""
STATES = {
    WrittenState.DRAFT: "draft",
    WrittenState.PUBLISHED: "published",
    WrittenState.WITHDRAWN: "withdrawn",
}
LABELS = {
    FormField.STANDS_FOR: "What the letters stand for",
    FormField.ALIASES: "Other names",
    FormField.HEARD: "You might hear",
    FormField.USE_WHEN: "Use it when",
    FormField.AVOID_WHEN: "Avoid it when",
    FormField.SOURCES: "Sources",
    FormField.REVIEW_BY: "To be looked at again by",
    FormField.STEM: "The question",
    FormField.RIGHT: "The right choice",
    FormField.WHY_RIGHT: "Why it is right",
    FormField.OTHER_1: "A wrong choice",
    FormField.WHY_1: "Why not",
    FormField.OTHER_2: "Another wrong choice",
    FormField.WHY_2: "Why not that one",
    FormField.OTHER_3: "A third wrong choice",
    FormField.WHY_3: "Why not the third",
    FormField.MORE: "The same question in other words, as in a file",
}
HINTS = {
    FormField.TEXT: "80 to 120 words. *italic*, **bold**, lists and [links](https://...) as in Markdown.",
    FormField.ALIASES: "Parted by commas.",
    FormField.SOURCES: "One a line: publisher; title; date; https://address. They stand below the text, as links.",
    FormField.USE_WHEN: "Goes on after “Use it when”: you ...",
    FormField.STEM: "A decision that the reader may face, settled by what the text says.",
    FormField.OTHER_1: "What sensible people believe instead, as long and as modest as the right one.",
    FormField.MORE: "It comes back weeks later in these words: “## Question: an-id”, the question, “- [x] right” "
    "and “- [ ] wrong”, each with “  > why” below it. Or leave it: there is a form for it once this is saved.",
}


def label_of(of: FormField, kind: Kind) -> str:
    """Return how a field is called in its dialog."""
    if of is FormField.TITLE:
        return "Title" if kind is Kind.LESSON else "The word"
    if of is FormField.TEXT:
        return "Text" if kind is Kind.LESSON else "What it means"
    return LABELS[of]


def input_of(of: FormField) -> str:
    """Return the id of a field's input."""
    return f"w_{of.value}"


def list_dialog(
    rows: Sequence[WrittenItem],
    titles: Mapping[str, str],
    today: date,
    *,
    wanted: str = "",
    files: bool = False,
    latest: LookUpsView | None = None,
) -> Modal:
    """Draw what was written so far, and ways to write more.

    Args:
        rows: the latest version of each thing that fits, the last changed first.
        titles: of tracks, by id.
        today: the admin's date.
        wanted: what was typed to find some of them.
        files: the bot may send files.
        latest: the words that were looked up in the latest month of which that is told.
    """
    builder = Builder().say(
        "A lesson or a word of your company's own. I check it as you save it and show you the message; nobody gets it "
        "until you publish it."
    )
    buttons = [
        button("A lesson", ids.action("write_lesson")),
        button("A word", ids.action("write_word")),
        button("Paste a file", ids.action("write_paste")),
    ]
    if files and rows:
        buttons.append(button("As files", ids.action("write_files"), heard="All that is published, as files"))
    builder.actions(ids.block(ids.ME), buttons)
    if latest is not None and not wanted:
        for sentence in in_words(latest, MOST_WORDS):
            builder.say(escape(sentence))
        builder.small(HOW)
    for number, row in enumerate(rows[:MOST_LISTED], 2):
        where = f"in *{escape(titles.get(row.track_id, row.track_id))}*" if row.track_id else ""
        kind = "word" if row.kind is Kind.TERM else f"lesson {where}".strip()
        when = formatting.day(row.at.date(), today)
        builder.say(f"*{escape(row.title) or 'Without a title'}*\n{kind} · {STATES[row.state]} · {when}")
        edits = [button("Edit", ids.action("write_edit", row.item_id), heard=f"Edit {row.title}")]
        if row.state is not WrittenState.WITHDRAWN:
            gone = "Throw away" if row.state is WrittenState.DRAFT and row.version == 1 else "Withdraw"
            edits.append(button(gone, ids.action("write_withdraw", row.item_id), heard=f"{gone} {row.title}"))
        builder.actions(ids.block(ids.ME, number), edits)
    if wanted and not rows:
        builder.small(f"Nothing written here has “{escape(wanted)}” in its title.")
    if len(rows) > MOST_LISTED:
        builder.small(
            f"{len(rows) - MOST_LISTED} more, changed before these: `/track write` and a word of a title finds them."
        )
    return builder.modal(TITLE)


def lesson_dialog(
    values: Mapping[FormField, str], catalogue: Catalogue, track_id: str, based_on: str, to_mend: Sequence[str] = ()
) -> Modal:
    """Draw the form of a lesson. `based_on`: its id and version; `to_mend`: what a pasted file has wrong."""
    builder = _begun(to_mend)
    tracks = [option(track.title, track.id) for track in list(catalogue.tracks.values())[: SELECT_OPTIONS - 1]]
    chosen = next((each for each in tracks if each["value"] == track_id), None)
    new = option("A new track, named below", NEW)
    first = {"initial_option": chosen} if chosen else {}
    select = menu("static_select", "", [*tracks, new], placeholder=plain_text("Choose"), **first)
    builder.ask(TRACK, "Track", select, hint="It comes last in that track.")
    builder.ask(NEW_TITLE, "Title of the new track", _line(""), optional=True)
    builder.ask(NEW_SUMMARY, "What the new track is good for, in a sentence", _line(""), optional=True)
    for of in (FormField.TITLE, FormField.TEXT):
        _put(builder, of, values, Kind.LESSON)
    _put_question(builder, values, Kind.LESSON)
    return builder.modal(TITLE_OF[Kind.LESSON], callback_id=LESSON, submit="Check it", close="Cancel", about=based_on)


def term_dialog(values: Mapping[FormField, str], based_on: str, to_mend: Sequence[str] = ()) -> Modal:
    """Draw the form of a word; see `lesson_dialog`."""
    builder = _begun(to_mend)
    for of in (
        FormField.TITLE,
        FormField.STANDS_FOR,
        FormField.ALIASES,
        FormField.TEXT,
        FormField.HEARD,
        FormField.USE_WHEN,
        FormField.AVOID_WHEN,
    ):
        _put(builder, of, values, Kind.TERM)
    builder.small("A question is needed only where the word stands in a track.")
    _put_question(builder, values, Kind.TERM)
    return builder.modal(TITLE_OF[Kind.TERM], callback_id=TERM, submit="Check it", close="Cancel", about=based_on)


def _begun(to_mend: Sequence[str]) -> Builder:
    builder = Builder()
    if to_mend:
        builder.say("*To mend before it can be published:*\n" + "\n".join(f"• {escape(each)}" for each in to_mend))
    return builder


def _put_question(builder: Builder, values: Mapping[FormField, str], kind: Kind) -> None:
    asked_otherwise = bool(values.get(FormField.MORE)) and not values.get(FormField.STEM)
    for of in OF_QUESTION:
        if not asked_otherwise:
            _put(builder, of, values, kind)
    _put(builder, FormField.MORE, values, kind)
    _put(builder, FormField.SOURCES, values, kind)
    day = _day(values.get(FormField.REVIEW_BY, ""))
    builder.ask(
        input_of(FormField.REVIEW_BY),
        LABELS[FormField.REVIEW_BY],
        {"type": "datepicker", **({"initial_date": day} if day else {})},
        optional=True,
    )


def _day(value: str) -> str:
    try:
        return date(*(int(part) for part in value.split("-"))).isoformat()
    except (ValueError, TypeError):
        return ""


_LONG = {FormField.TEXT, FormField.STEM, FormField.MORE, FormField.SOURCES}
_ASKED = {FormField.STEM, FormField.RIGHT, FormField.WHY_RIGHT, FormField.OTHER_1, FormField.WHY_1}
_NEEDED = {
    Kind.LESSON: {FormField.TITLE, FormField.TEXT, *_ASKED},
    Kind.TERM: {FormField.TITLE, FormField.TEXT, FormField.HEARD, FormField.USE_WHEN, FormField.AVOID_WHEN},
}


def _put(builder: Builder, of: FormField, values: Mapping[FormField, str], kind: Kind) -> None:
    element = _line(values.get(of, ""))
    if of in _LONG or "\n" in values.get(of, ""):
        element["multiline"] = True
    builder.ask(
        input_of(of), label_of(of, kind), element, optional=of not in _NEEDED[kind], hint=HINTS.get(of, "")
    )  # fmt: skip


def _line(value: str) -> Block:
    return {"type": "plain_text_input", "max_length": INPUT_LENGTH, **({"initial_value": value} if value else {})}


def wording_dialog(row: WrittenItem) -> Modal:
    """Draw the form of another wording of a question."""
    builder = Builder().say(f"*{escape(row.title)}* comes back weeks later with this question, without its text.")
    for of in OF_QUESTION:
        # whatever it is of, another wording is a whole question
        _put(builder, of, {}, Kind.LESSON)
    based_on = f"{row.item_id}.{row.version}"
    return builder.modal("In other words", callback_id=WORDING, submit="Check it", close="Cancel", about=based_on)


def paste_dialog() -> Modal:
    """Draw the field for a file."""
    builder = Builder().say("A lesson or a word as a file: entries between two lines `---`, the text, the questions.")
    area: Block = {"type": "plain_text_input", "multiline": True, "max_length": INPUT_LENGTH}
    builder.ask(FILE, "The file", area)
    builder.ask(REST, "The rest of it, beyond 3,000 characters", dict(area), optional=True)
    return builder.modal("Paste a file", callback_id=PASTE, submit="Take it apart", close="Cancel")


def proof_dialog(row: WrittenItem, item: Item, doubts: Sequence[str], track: str) -> Modal:
    """Draw a draft that passed the check, as its readers will see it, with what to think about."""
    shown = proof_message(item, track)
    builder = Builder()
    if doubts:
        more = [f"{len(doubts) - MOST_DOUBTS} more."] if len(doubts) > MOST_DOUBTS else []
        listed = "\n".join(f"• {escape(each)}" for each in [*doubts[:MOST_DOUBTS], *more])
        builder.say(f"*Where a reader may stumble:*\n{listed}")
        builder.line()
    after = Builder().line().actions(ids.block(ids.ME), _after_proof(row, item))
    after.small(f"Saved as a draft. {_what_publishing_means(row)}")
    return Modal(
        title="As they will see it",
        blocks=(*builder.message().blocks, *shown.blocks, *after.message().blocks),
        callback_id=PUBLISH,
        submit="Publish",
        close="Not now",
        about=f"{row.item_id}.{row.version}",
    )


def _after_proof(row: WrittenItem, item: Item) -> list[Block]:
    buttons = [button("Back to the text", ids.action("write_edit", row.item_id))]
    if item.question is not None:
        buttons.append(button("Ask it in other words too", ids.action("write_wording", row.item_id)))
    return buttons


def _what_publishing_means(row: WrittenItem) -> str:
    if row.kind is Kind.TERM:
        return "Published, it is what `/jargon` says here."
    return "Published, it comes last in its track, also for those who are in the middle of it."


def published(row: WrittenItem) -> Modal:
    """Draw that something is published."""
    builder = Builder().say(f"*{escape(row.title)}* is published.")
    builder.small("`/track write` edits it or withdraws it. People who had it before don't get it again.")
    return builder.modal(TITLE_OF[row.kind])


def withdraw_dialog(row: WrittenItem) -> Modal:
    """Draw what withdrawing means, before it is done."""
    draft = row.state is WrittenState.DRAFT and row.version == 1
    builder = Builder()
    if draft:
        builder.say(f"*{escape(row.title)}* was never published. Throw the draft away?")
    else:
        builder.say(f"Nobody gets *{escape(row.title)}* any more. Messages that have it keep it, and answers count.")
        builder.small("I keep its versions: *Edit* brings it back.")
    return builder.modal(
        "Throw it away?" if draft else "Withdraw it?",
        callback_id=WITHDRAW,
        submit="Throw away" if draft else "Withdraw",
        close="Keep it",
        about=f"{row.item_id}.{row.version}",
    )


def withdrawn(row: WrittenItem) -> Modal:
    """Draw that something is withdrawn, or thrown away."""
    gone = "is withdrawn" if row.state is WrittenState.WITHDRAWN else "is thrown away"
    return Builder().say(f"*{escape(row.title) or 'The draft'}* {gone}.").modal(TITLE_OF[row.kind])


def changed_meanwhile() -> Message:
    """Draw that somebody else was faster."""
    text = "Somebody has changed it since you opened this, so I left it alone. `/track write` shows it as it is now."
    return Builder().say(text).message()


def nothing_published() -> Message:
    """Draw that there is nothing to send as files."""
    return Builder().say("Nothing that was written here is published, so there are no files.").message()
