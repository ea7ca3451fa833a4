"""Handlers of the strategy page: prompts, the page itself, its files, and its sharing."""

from __future__ import annotations

import re
from functools import partial

from bot.actions.reflect import open_prompt, share_page, unshare_page, write
from bot.documents.paper import paper_of
from bot.domain.page_code import page_code
from bot.domain.strategy import Page
from bot.errors import UnknownButtonError
from bot.messages import formatting, ids, replies
from bot.messages import strategy as drawn
from bot.messages.builder import Modal
from bot.messages.status_file import File
from bot.messages.strategy_markdown import page_markdown, pieces
from bot.planning.learner_state import load
from bot.queries.strategy import page_of, shared_page
from bot.slack.handlers.dialogs import PERSON, Form, Submitted
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, FormErrors, Reply, Request, SentFile
from bot.slack.handlers.status import sends_files
from bot.store import erasures, strategies

HASH = re.compile("[0-9a-f]{64}")
MOST_SHARES = 15
"""The people a page is shared with at most: its dialog shows each with a button."""
AS_TEXT = "*As text*, beside it, has the same."


def page(request: Request, _given: object) -> Modal:
    """Show the learner their page as it stands."""
    state = request.state
    with_whom = [each.with_id for each in strategies.shared_with(state.session, state.workspace_id, state.learner_id)]
    return drawn.page_dialog(page_of(state), with_whom, files=sends_files(request))


def _prompt(request: Request, tap: ids.TapMeaning) -> Reply:
    in_message = request.state.delivery(tap.subject) if tap.subject != ids.ME else None
    found = open_prompt(request.state, tap.argument, in_message)
    if found is None:
        return replies.not_yet()
    about = f"{found.lesson.id}|{found.content_hash}|{in_message.delivery_id if in_message is not None else ''}"
    return drawn.prompt_dialog(found.lesson.title, found.prompt, found.answers, about)


def _kept(request: Request, submitted: Form) -> Reply:
    item_id, _, rest = submitted.about.partition("|")
    content_hash, _, delivery_id = rest.partition("|")
    if not ids.sound(submitted.about) or not HASH.fullmatch(content_hash):
        raise UnknownButtonError(f"a dialog about {ids.told(submitted.about)}")
    given = (submitted.values.get(field) for field in drawn.INPUTS)
    answers = [said if isinstance(said, str) else "" for said in given]
    lesson = write(request.state, item_id, content_hash, answers, submitted.view_id, delivery_id)
    assert lesson.prompt is not None
    return drawn.kept(lesson.prompt.part.heading, blank=not any(said.strip() for said in answers))


def _whose(request: Request, tap: ids.TapMeaning) -> Page | None:
    """Return the page that a tap is about: one's own, or one that is shared with them; None where it isn't any more."""
    state = request.state
    if tap.subject in {ids.ME, state.learner_id}:
        return page_of(state)
    if not strategies.is_shared(state.session, state.workspace_id, tap.subject, state.learner_id):
        return None
    # read alone: nothing of theirs is changed, so they needn't be locked
    owner = load(state.session, state.ctx, state.workspace_id, tap.subject, lock=False)
    return shared_page(owner) if owner is not None else None


def _read_shared(request: Request, tap: ids.TapMeaning) -> Modal:
    found = _whose(request, tap)
    return drawn.shared_dialog(found, files=sends_files(request)) if found is not None else drawn.not_shared()


def _pdf(request: Request, tap: ids.TapMeaning) -> Reply:
    found = _whose(request, tap)
    if found is None:
        return drawn.not_shared()
    paper, today = paper_of(request.state.hours.country), request.today

    def make() -> File:
        from bot.documents.strategy_pdf import strategy_pdf  # noqa: PLC0415 - `serve` starts sooner without

        made = strategy_pdf(found, paper, today, formatting.dated(today))
        return File("strategy.pdf", "Strategy", made.content, drawn.comment(made.pages))

    return SentFile(make, AS_TEXT)


def _text(request: Request, tap: ids.TapMeaning) -> Reply:
    found = _whose(request, tap)
    if found is None:
        return drawn.not_shared()
    text = page_markdown(found, request.today)
    if sends_files(request):
        content = text.encode("utf-8", "replace")
        return SentFile(partial(File, "strategy.md", "Strategy", content, drawn.comment(1)), "")
    own = found.owner_id == request.state.learner_id
    return drawn.as_text(pieces(text), _code_line(request) if own else "")


def _code_line(request: Request) -> str:
    """Return how the operator may print the page: with a code that only its owner is shown, today."""
    state = request.state
    key = erasures.key_of(state.session, state.workspace_id)
    code = page_code(key, state.workspace_id, state.learner_id, request.at.date())
    return drawn.code_line(state.learner_id, code)


def _ask_share(_request: Request, _tap: ids.TapMeaning) -> Modal:
    return drawn.share_dialog()


def _share(request: Request, submitted: Form) -> Reply:
    person = submitted.values.get(drawn.WITH)
    if not isinstance(person, str) or not PERSON.fullmatch(person):
        return FormErrors({drawn.WITH: "Choose a person from the list that opens as you type."})
    if person == request.state.learner_id:
        return FormErrors({drawn.WITH: "It's yours already. Choose somebody else."})
    if (
        len(strategies.shared_with(request.session, request.caller.workspace_id, request.caller.person_id))
        >= MOST_SHARES
    ):
        return FormErrors({drawn.WITH: f"That is {MOST_SHARES} people already. Stop sharing with one of them first."})
    share_page(request.state, person)
    return page(request, None)


def _unshare(request: Request, tap: ids.TapMeaning) -> Modal:
    unshare_page(request.state, tap.subject)
    return page(request, None)


TAPS: dict[str, Tapped] = {
    "prompt": Tapped(_prompt, Allowed.ANYBODY, "a prompt of a lesson behind them, as a dialog", repeatable=True),
    "strategy": Tapped(page, Allowed.ANYBODY, "their strategy page, as a dialog", repeatable=True),
    "page_pdf": Tapped(_pdf, Allowed.ANYBODY, "the page as a PDF, in their messages", repeatable=True),
    "page_text": Tapped(_text, Allowed.ANYBODY, "the page as Markdown, in their messages or a dialog", repeatable=True),
    "share": Tapped(_ask_share, Allowed.ANYBODY, "with whom to share it, as a dialog", repeatable=True),
    "unshare": Tapped(_unshare, Allowed.ANYBODY, "the page, not shared any more", in_place=True, repeatable=True),
    "read_shared": Tapped(
        _read_shared, Allowed.ANYBODY, "the page that somebody shares with them, as a dialog", repeatable=True
    ),
}
FORMS: dict[str, Submitted] = {
    drawn.PROMPT: Submitted(_kept, Allowed.ANYBODY, "that it is on the page", in_place=True, repeatable=True),
    drawn.SHARE: Submitted(_share, Allowed.ANYBODY, "the page, with whom it is shared", in_place=True, repeatable=True),
}
