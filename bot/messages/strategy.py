"""The strategy page: the prompts that lead to it, the page as it stands, and its sharing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.strategy import MOST_CHARACTERS, Entry, Page, PagePart, Prompt
from bot.limits import SECTION_TEXT, SELECT_OPTIONS
from bot.messages import formatting, ids, notification_texts
from bot.messages.builder import Block, Builder, Message, Modal, button, menu, option, plain_text
from bot.messages.mrkdwn import bold, escape
from bot.view_models import PromptView, SharedPageView, TitleLine

PROMPT, SHARE = "prompt", "share"
"""Callback ids."""
INPUTS = ("f_line_1", "f_line_2", "f_line_3")
WITH = "f_with"
BLOCK = 10
"""The place of a prompt's row among the blocks about its message."""
TITLE = "Your strategy"
MOST_ENTRIES = 10
"""The lessons shown below each part of a dialog, which holds a hundred blocks."""
SHOWN = 600
"""Characters of an answer that the dialog shows; files have all of it."""
PRIVATE = "Only you and anyone you share your page with can see it."
MY_PAGE = "My page"


def put_prompt(builder: Builder, delivery_id: str, view: PromptView | None) -> None:
    """Add a prompt below an item: which part it is for, and the way to answer it."""
    if view is None:
        return
    part = view.prompt.part.heading.lower()
    builder.line()
    write = ids.action("prompt", view.item_id)
    page = button(MY_PAGE, ids.action("strategy"))
    if view.written:
        builder.small(f"On your strategy page, under {part}.")
        builder.actions(ids.block(delivery_id, BLOCK), [button("Change it", write), page], "You can change it.")
        return
    builder.say(f"*For your strategy: {part}.*\n" + "\n".join(escape(asked) for asked in view.prompt.inputs))
    start = button("Write a line", write, heard=f"Write a line on {part}")
    builder.actions(ids.block(delivery_id, BLOCK), [start, page], "You can write a line or two, or leave it.")
    builder.small(PRIVATE)


def prompt_dialog(title: str, prompt: Prompt, answers: Sequence[str], about: str) -> Modal:
    """Draw a prompt's form, with what was written before. `about`: the lesson as it was asked, and where."""
    builder = Builder().small(f"From *{escape(title)}*, for {prompt.part.heading.lower()}. {PRIVATE}")
    for number, (field, asked) in enumerate(zip(INPUTS, prompt.inputs, strict=False)):
        before = answers[number] if number < len(answers) else ""
        element: Block = {"type": "plain_text_input", "multiline": True, "max_length": MOST_CHARACTERS}
        builder.ask(field, asked, {**element, "initial_value": before} if before else element, optional=True)
    builder.small("A sentence is enough. You can come back and change it; leave all empty to take it off the page.")
    return builder.modal("For your strategy", callback_id=PROMPT, submit="Keep it", close="Cancel", about=about)


def kept(part: str, *, blank: bool = False) -> Modal:
    """Draw that something is on the page, or off it again. `part`: its heading."""
    said = f"It's on your page, under *{part}*. {PRIVATE}"
    builder = Builder().say("It's off your page. You can write it again whenever you like." if blank else said)
    builder.actions(ids.block(ids.ME), [button(MY_PAGE, ids.action("strategy"))], "`/learn strategy` shows the page.")
    return builder.modal("For your strategy")


def page_dialog(page: Page, shared_with: Sequence[str], *, files: bool) -> Modal:
    """Draw somebody's own page: what is written, what is missing, and what can be done with it."""
    builder = Builder()
    if page.empty:
        builder.say("Your page is empty so far. Some lessons will ask you for a line; those fill it.")
    _as_files(builder, ids.ME, page, files=files)
    _write_one(builder, page)
    for part in page.parts:
        builder.heading(part.part.heading)
        _entries(builder, part.entries)
        _missing(builder, part)
    _sharing(builder, page, shared_with)
    return builder.modal(TITLE)


def shared_dialog(page: Page, *, files: bool) -> Modal:
    """Draw somebody else's page, which they share."""
    builder = Builder().say(f"{formatting.mention(page.owner_id)} shares this page with you.")
    _as_files(builder, page.owner_id, page, files=files)
    for part in page.parts:
        if part.entries:
            builder.heading(part.part.heading)
            _entries(builder, part.entries)
    return builder.modal("A strategy")


def _as_files(builder: Builder, subject: str, page: Page, *, files: bool) -> None:
    if page.empty:
        return
    pdf = [button("As a PDF", ids.action("page_pdf"))] if files else []
    builder.actions(
        ids.block(subject, 2),
        [*pdf, button("As text", ids.action("page_text"))],
        "You can have it as a file.",
    )


def _write_one(builder: Builder, page: Page) -> None:
    written = [TitleLine(e.item_id, e.title) for part in page.parts for e in part.entries]
    ready = [TitleLine(g.item_id, g.title) for part in page.parts for g in part.gaps if g.ready]
    menus = []
    if ready:
        menus.append(_menu("prompt:new", ready, "Write one"))
    if written:
        menus.append(_menu("prompt:known", written, "Change one"))
    if menus:
        builder.actions(ids.block(ids.ME, 3), menus, "Each line can be written or changed.")


def _menu(action_id: str, titles: Sequence[TitleLine], label: str) -> Block:
    options = [option(t.title, t.item_id) for t in titles[:SELECT_OPTIONS]]
    return menu("static_select", action_id, options, placeholder=plain_text(label))


def _entries(builder: Builder, entries: Sequence[Entry]) -> None:
    for entry in entries[:MOST_ENTRIES]:
        lines = "\n".join(f"_{escape(asked)}_\n{escape(_short(said))}" for asked, said in entry.lines)
        builder.say(f"{bold(entry.title)}\n{lines}"[:SECTION_TEXT])
    if len(entries) > MOST_ENTRIES:
        builder.small(f"{len(entries) - MOST_ENTRIES} more, which the text has.")


def _short(said: str) -> str:
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"


def _missing(builder: Builder, part: PagePart) -> None:
    ready = [gap.title for gap in part.gaps if gap.ready]
    ahead = [gap for gap in part.gaps if not gap.ready]
    if ready:
        builder.small(f"Waiting for a line: {escape(', '.join(ready))}.")
    if ahead:
        names = ", ".join(f"{gap.title} (in {gap.track})" for gap in ahead[:3])
        more = f" and {len(ahead) - 3} more" if len(ahead) > 3 else ""
        builder.small(f"Lessons that add to it: {escape(names)}{more}.")
    if not part.entries and not part.gaps:
        builder.small("No lesson asks for this part yet.")


def _sharing(builder: Builder, page: Page, shared_with: Sequence[str]) -> None:
    if page.empty and not shared_with:
        return
    builder.line()
    builder.say(
        f"Shared with {formatting.mentions(shared_with)}. They always see the latest version. Copies they saved stay "
        f"theirs."
        if shared_with
        else "Nobody else can read it."
    )
    builder.actions(ids.block(ids.ME, 4), [button("Share it", ids.action("share"))], "You can share it.")
    for nth, person in enumerate(shared_with):
        stop = button("Stop sharing", ids.action("unshare", nth or ""))
        builder.say(formatting.mention(person))
        builder.actions(ids.block(person), [stop])


def share_dialog() -> Modal:
    """Draw the form that shares the page with somebody."""
    builder = Builder().say("They can read your page in Slack, always the latest version, until you stop sharing it.")
    builder.ask(WITH, "Share with", {"type": "users_select", "placeholder": plain_text("A name")})
    builder.small(
        "They get one message from me saying so. Copies they save are theirs. If they're an admin, they can set your "
        "lines beside others' in a discussion draft, which only they can read until you and everyone else in it agree."
    )
    return builder.modal("Share your page", callback_id=SHARE, submit="Share", close="Cancel")


def shared_message(view: SharedPageView) -> Message:
    """Draw the news that somebody shares their page, without a word of it."""
    builder = Builder(notification_texts.SHARED)
    owner = formatting.mention(view.owner_id)
    builder.say(f"{owner} shares their strategy page with you. They can take that back at any time.")
    builder.actions(ids.block(view.owner_id), [button("Read it", ids.action("read_shared"))], "You can read it here.")
    return builder.message()


def not_shared() -> Modal:
    """Draw that a page isn't shared any more."""
    return Builder().say("That page isn't shared with you any more. Its owner can share it again.").modal(TITLE)


def as_text(pages: Sequence[str], code_line: str = "") -> Modal:
    """Draw the page as Markdown, to be copied. `code_line`: how a PDF can be had where files can't be sent."""
    builder = Builder()
    if code_line:
        builder.small(code_line)
    for page in pages:
        builder.say(f"```{page.rstrip()}```")
    return builder.modal(TITLE)


def put_home(builder: Builder, written: int, waiting: Sequence[TitleLine]) -> None:
    """Add the page to Home: how many lines it has, and which prompts wait."""
    if not written and not waiting:
        return
    builder.heading(TITLE)
    has = f"{formatting.count(written, 'lesson')} on your page." if written else "Your page is empty so far."
    waits = (
        f" {formatting.count(len(waiting), 'lesson')} to write a line for, whenever you have a minute."
        if waiting
        else ""
    )
    builder.say(f"{has}{waits}")
    elements = [button(MY_PAGE, ids.action("strategy"))]
    if waiting:
        elements.append(_menu("prompt:new", waiting, "Write one"))
    builder.actions(ids.block(ids.ME, 11), elements)


def comment(pages: int) -> str:
    """Return the words beside a file of the page."""
    longer = "" if pages == 1 else f" It runs to {pages} pages; shorter answers would fit on one."
    return f"This strategy page, as it stands today.{longer}"


def code_line(person_id: str, code: str) -> str:
    """Return how whoever runs the bot may print the page, for whom its owner hands a code on."""
    return (
        "I can't send files here. For a PDF, give this to whoever runs me; it works until midnight UTC, and they'll be "
        f"able to read the page: `missinglink strategy {person_id} --code {code}`"
    )
