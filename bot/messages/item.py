"""A lesson or an explainer with its question, before and after it is done."""

from __future__ import annotations

from bot.domain.content import Item, Source, Term, question_of, wordings
from bot.domain.delivery import Outcome
from bot.domain.delivery_note import Later, NotToday, Paused, Resumed, TooLate
from bot.domain.questions import AnyQuestion, Response
from bot.messages import formatting, ids, notification_texts, questions
from bot.messages.builder import Block, Builder, Message, Modal, button, menu, option
from bot.messages.mrkdwn import bold, escape, rich
from bot.messages.notes import put_note, skipped_text
from bot.messages.question_block import put_question
from bot.messages.review import SLIP, WRONG, follows, put_confidence, put_reviews
from bot.messages.riders import put_rider
from bot.messages.strategy import put_prompt
from bot.view_models import Announcement, ExplainView, ItemView, PreviewView

PUT_OFF = (Later, NotToday, TooLate, Paused)
OF_PAUSE = (Paused, Resumed)
FIRST_PLACE = 1
"""The place of an item's own question among those of its message."""
QUOTES = ('"', "“", "”")
LATER, NOT_TODAY, KNOWN, PAUSE, WHO, REMEMBER = "later", "not_today", "known", "pause", "who", "remember"
_WRONG = option("Something's wrong here", WRONG)


def item_message(view: ItemView) -> Message:
    """Draw the day's message."""
    opening = _opening(view)
    builder = Builder(f"{escape(view.item.title)}. {opening}" if view.titled else opening)
    if view.folded:
        return _folded(builder, view)
    if view.announce:
        builder.small(_announced(view.announce))
    if view.delivery_id.startswith(ids.PREVIEW):
        builder.small("A preview. Tap a choice to see its reason; nothing is recorded.")
    builder.heading(view.item.title)
    track = f" · {escape(view.track)}" if view.track else ""
    builder.small(f"1 min · {view.position} of {view.total}{track}")
    if view.asks_first:
        if view.ticked and view.outcome is None:
            builder.small("You ticked this one, so the question comes first.")
        elif view.says_why:
            builder.small("Guessing first helps it stick, also when the guess is wrong.")
        _question(builder, view)
        if view.text_shown:
            builder.line()
            _teach(builder, view.item)
    else:
        _teach(builder, view.item)
        builder.line()
        _question(builder, view)
    _note(builder, view)
    put_reviews(builder, view.delivery_id, view.reviews, FIRST_PLACE + 1)
    put_prompt(builder, view.delivery_id, view.prompt)
    put_rider(builder, view.delivery_id, view.rider)
    return builder.message()


def _question(builder: Builder, view: ItemView) -> None:
    if view.response is None:
        _ask(builder, view)
    elif _waits_for_confidence(view):
        question = question_of(view.item)
        builder.say(f"{bold(question.stem)}\nYou picked {questions.name(question, view.response)}")
        put_confidence(builder, ids.asking_block(view.delivery_id, view.asking_id), FIRST_PLACE, _more(view))
    else:
        _explain(builder, view, view.response)
    if view.delivery_id.startswith(ids.PREVIEW):
        _other_wordings(builder, view.item)


def _waits_for_confidence(view: ItemView) -> bool:
    return view.ticked and not view.text_shown and view.outcome is Outcome.ANSWERED and view.sure is None


def _announced(told: Announcement) -> str:
    """Return a sentence on why an item of this track comes: the track is new, or begins again."""
    track = f"*{escape(told.track)}*"
    if told.how == "anew":
        asked = "you" if told.by_oneself else formatting.mention(told.asked_by) if told.asked_by else ""
        return f"{track} starts again from the beginning" + (f", as {asked} asked." if asked else ".")
    if told.how:
        return f"Again for you from today: {track}" + (". It goes on where you stopped." if told.how == "on" else "")
    return f"New for you from today: {track}"


def _opening(view: ItemView) -> str:
    """Return neutral words for the notification that fit what the message shows now."""
    if view.folded:
        return notification_texts.MOVED
    if view.outcome is Outcome.SKIPPED and view.response is None:
        return notification_texts.SKIPPED
    if view.outcome is not None:
        return notification_texts.NOTED
    return (
        notification_texts.PUT_OFF
        if view.note is not None and isinstance(view.note.note, PUT_OFF)
        else notification_texts.ITEM
    )


def _folded(builder: Builder, view: ItemView) -> Message:
    """Draw an item that stands in another message: one line, and the way to have it here."""
    title = f"*{escape(view.item.title)}*"
    over = view.outcome not in {None, Outcome.SKIPPED}
    builder.say(
        f"Done: {title}. It stands in another message here." if over else f"{title} stands in another message now."
    )
    builder.actions(
        ids.block(view.delivery_id), [button("Show it here", ids.action("show"))], "You can have it shown here."
    )
    if view.note is not None and isinstance(view.note.note, OF_PAUSE):
        put_note(builder, view.delivery_id, view.note)
    put_reviews(builder, view.delivery_id, view.reviews, FIRST_PLACE + 1)
    return builder.message()


def read_dialog(item: Item) -> Modal:
    """Draw an item to read again, without its question."""
    return Modal(title="Read again", blocks=reading_message(item).blocks)


def explain_message(view: ExplainView) -> Message:
    """Draw a term that was looked up, or the nearest terms."""
    if view.term is None:
        return _not_found(Builder(), view)
    builder = Builder() if view.whispered else Builder(notification_texts.EXPLAINED)
    if view.guessed:
        builder.small(f"The closest I know to “{escape(view.asked)}”:")
    builder.heading(view.term.term)
    _teach(builder, view.term)
    if view.alone:
        builder.small("Nobody is told what you look up.")
    if view.term.question is None:
        # it is only looked up, and can't come back
        return builder.message()
    keep = button("Remember this", ids.action("remember", view.term.id), heard=f"Remember {view.term.term}")
    # a dialog may explain several
    builder.actions(ids.block(view.term.id), [keep], "You can have it brought back in a while, as a question.")
    return builder.message()


def reading_message(lesson: Item) -> Message:
    """Draw an item without its question: nothing is recorded."""
    builder = Builder().heading(lesson.title)
    _teach(builder, lesson)
    builder.small("To read, without its question. Nothing is recorded, and nobody is told.")
    return builder.message()


def preview_message(view: PreviewView) -> Message:
    """Draw an item that an admin looks at before anybody gets it."""
    if view.item is None:
        gone = f"*{escape(view.title)}* has changed since: it has no item {view.number} any more."
        return Builder(notification_texts.ITEM).say(gone).message()
    return item_message(
        ItemView(
            delivery_id=ids.preview(view.track_id, view.number),
            item=view.item,
            position=view.number,
            total=view.total,
            track=view.title,
            response=view.response,
            asks_first=view.item.ask_first,
        )
    )


def proof_message(item: Item, track: str) -> Message:
    """Draw an item for whoever signs it off: the text, and each wording of its question with every reason."""
    builder = Builder().heading(item.title)
    if track:
        builder.small(f"1 min · {escape(track)}")
    _teach(builder, item)
    for nth, question in enumerate(wordings(item)):
        builder.line()
        if nth:
            builder.small("Also asked as")
        _with_reasons(builder, question)
    return builder.message()


def _not_found(builder: Builder, view: ExplainView) -> Message:
    more = "" if view.nearest else " Another spelling may help; `/learn` shows what else I can do."
    builder.say(f"I have nothing on “{escape(view.asked)}” yet.{more}")
    if view.nearest:
        builder.say(f"The nearest I know: {formatting.listed([escape(near.term) for near in view.nearest])}.")
        buttons = [button(near.term, ids.action("term", near.term_id)) for near in view.nearest]
        builder.actions(ids.block(ids.ME), buttons, "`/jargon` explains each.")
    return builder.message()


def _teach(builder: Builder, item: Item) -> None:
    if isinstance(item, Term):
        if item.stands_for:
            builder.say(f"*{escape(item.term)}* stands for “{escape(item.stands_for)}”.")
        builder.markdown(item.meaning)
        builder.say(f"*You might hear:* {_in_quotes(escape(item.heard))}")
        builder.say(f"*Use it when* {escape(item.use_when)}\n*Avoid it when* {escape(item.avoid_when)}")
    else:
        builder.markdown(item.body)
    if item.sources:
        builder.small("Source: " + "; ".join(_source(s) for s in item.sources))


def _in_quotes(heard: str) -> str:
    """Return spoken words in quotation marks, unless their author set quotation marks of their own."""
    inner = heard[1:-1] if heard[:1] in QUOTES and heard[-1:] in QUOTES else heard
    return heard if any(sign in inner for sign in QUOTES) else f"“{inner}”"


def _source(source: Source) -> str:
    when = "" if source.date == "undated" else f", {escape(source.date)}"
    return f"<{source.address}|{escape(source.publisher)}{when}>"


def _ask(builder: Builder, view: ItemView) -> None:
    block = ids.asking_block(view.delivery_id, view.asking_id)
    question = question_of(view.item)
    put_question(builder, question, place=FIRST_PLACE, block_id=block, aside=_aside(view), tried=view.tried)


def _aside(view: ItemView) -> list[Block]:
    if view.delivery_id.startswith(ids.PREVIEW):
        return []
    if view.outcome is not None:
        return [*_text_buttons(view), *_more(view)]
    put_off = [
        option("Later today, in three hours", LATER),
        option("Not today", NOT_TODAY),
        option("I know this", KNOWN),
    ]
    first = (
        button("I've read it", ids.action("read")) if view.text_shown else button("Show me", ids.action("show_text"))
    )
    return [first, menu("overflow", ids.action("more"), [*put_off, option("Pause all messages", PAUSE), _WRONG])]


def _text_buttons(view: ItemView) -> list[Block]:
    """Return the ways to a text that is held back after the answer, and past it."""
    if view.text_shown:
        return []
    skip = [button("Skip the text", ids.action("skip_text"))] if view.outcome is Outcome.ANSWERED else []
    return [*skip, button("Show the text", ids.action("show_text"))]


def _more(view: ItemView) -> list[Block]:
    """Return the menu of an item that is behind its learner."""
    slip = [option("That was a slip", SLIP)] if view.response is not None and not view.voided else []
    pause = option("Pause all messages", PAUSE)
    more = [option("Remember this", REMEMBER), *slip, pause, option("Who sees what", WHO), _WRONG]
    return [menu("overflow", ids.action("more"), more)]


def _explain(builder: Builder, view: ItemView, response: Response) -> None:
    question = question_of(view.item)
    builder.say(bold(question.stem))
    for paragraph in questions.explain(question, response, guessed=view.guessed):
        builder.say(paragraph)
    if view.delivery_id.startswith(ids.PREVIEW):
        # an admin who signs a lesson off in a preview wants to read every reason
        _ask(builder, view)
        return
    told = "You said that was a slip, so it counts as read. " if view.voided else ""
    if view.ticked and not view.voided:
        told = f"{follows(right=question.grade(response), sure=view.sure)} ".lstrip()
    builder.small(f"{told}Your answer is not shown to anybody else here.")
    builder.actions(ids.asking_block(view.delivery_id, view.asking_id), _aside(view))


def _other_wordings(builder: Builder, item: Item) -> None:
    """Show an admin who signs a lesson off in which other words its question comes."""
    for question in item.further:
        builder.line()
        builder.small("Also asked as")
        _with_reasons(builder, question)


def _with_reasons(builder: Builder, question: AnyQuestion) -> None:
    builder.say(bold(question.stem))
    for choice in question.choices:
        builder.say(f"*{'Right' if choice.right else 'Not right'}:* {rich(choice.text)}\n{rich(choice.reason)}")


def _note(builder: Builder, view: ItemView) -> None:
    if view.skipped is not None and view.response is None:
        builder.small(f"{skipped_text(view.skipped)} The question stays here, should you want it.")
    elif view.outcome is Outcome.READ and view.response is None:
        builder.small("Marked as read. The question stays here, should you want it.")
    elif view.outcome is Outcome.KNOWN:
        stays = "The question stays here, should you want it." if view.response is None else "The text stays here."
        builder.small(f"Noted: you know this one. {stays}")
    if view.note is not None and (view.outcome is None or isinstance(view.note.note, OF_PAUSE)):
        put_note(builder, view.delivery_id, view.note)
