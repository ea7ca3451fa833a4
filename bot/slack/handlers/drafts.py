"""Handlers of drafts for discussion: an admin makes one, everybody in it sees their lines and agrees."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from bot.actions.drafts import agree, contributors, is_open, make_draft, mine_in
from bot.domain.drafts import FEWEST
from bot.errors import UnknownButtonError
from bot.messages import drafts as drawn
from bot.messages import ids
from bot.messages.builder import Modal
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request
from bot.store import audit, drafts


def show(request: Request, _text: str) -> Reply:
    """Show the admin's draft, or what one is."""
    state = request.state
    made = drafts.all_of(state.session, state.workspace_id, state.learner_id)
    return _drawn(request, made[-1].draft_id) if made else _anew(request, _text)


def _drawn(request: Request, draft_id: str) -> Modal:
    draft, everybody, _ = mine_in(request.state, draft_id)
    if not is_open(draft, everybody, request.state.learner_id):
        return drawn.not_yet()
    return drawn.draft_dialog(draft_id, everybody, admin=draft.admin_id == request.state.learner_id)


def _anew(request: Request, _given: object) -> Reply:
    people = contributors(request.state)
    return drawn.make_dialog(people) if len(people) >= FEWEST else drawn.too_few(people)


def _make(request: Request, submitted: Form) -> Reply:
    state = request.state
    draft_id = uuid5(NAMESPACE_URL, f"{state.workspace_id}/{state.learner_id}/draft/{submitted.view_id}").hex
    if not make_draft(state, draft_id):
        return drawn.too_few(contributors(state))
    if request.fresh:
        audit.record(state.session, state.workspace_id, request.at, state.learner_id, "draft", "a discussion draft")
    return _drawn(request, draft_id)


def _mine(request: Request, tap: ids.TapMeaning) -> Modal:
    draft, _, mine = mine_in(request.state, tap.subject)
    if mine is None:
        raise UnknownButtonError(f"a draft {tap.subject}")
    return drawn.mine_dialog(draft.draft_id, draft.admin_id, mine)


def _read(request: Request, tap: ids.TapMeaning) -> Modal:
    return _drawn(request, tap.subject)


def _agree(request: Request, submitted: Form) -> Modal:
    if not ids.sound(submitted.about):
        raise UnknownButtonError(f"a dialog about {ids.told(submitted.about)}")
    agree(request.state, submitted.about)
    return drawn.agreed()


TAPS: dict[str, Tapped] = {
    "draft_anew": Tapped(_anew, Allowed.ADMIN, "what a draft is, as a dialog", repeatable=True),
    "draft_mine": Tapped(_mine, Allowed.ANYBODY, "their own lines in a draft, as a dialog", repeatable=True),
    "draft_read": Tapped(_read, Allowed.ANYBODY, "a draft that everybody agreed to, as a dialog", repeatable=True),
}
FORMS: dict[str, Submitted] = {
    drawn.MAKE: Submitted(
        _make, Allowed.ADMIN, "the draft, which only they can read yet", in_place=True, repeatable=True
    ),
    drawn.AGREE: Submitted(_agree, Allowed.ANYBODY, "that it is noted", in_place=True, repeatable=True),
}
