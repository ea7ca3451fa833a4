"""Handlers of a learner's own data: a copy of it, and its end."""

from __future__ import annotations

from bot.actions.erasing import ask_erasure
from bot.messages import forgetting
from bot.messages.builder import Modal
from bot.messages.status_file import File
from bot.queries.export import export
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, Reply, Request, SentFile
from bot.slack.handlers.status import sends_files

NAME = "missing-link-my-data.json"
TITLE = "Your data"
COMMENT = (
    "What I store about you, as a file. If you mean to have it erased, save this outside Slack first: it goes too."
)


def copy(request: Request, _given: object) -> Reply:
    """Send the learner a copy of all that is stored about them."""
    if not sends_files(request):
        return forgetting.no_files()
    ctx, workspace_id, person_id = request.ctx, request.caller.workspace_id, request.caller.person_id

    def make() -> File:
        # it reads each answer in its words, which no other request should wait for
        with ctx.db.read() as session:
            return File(NAME, TITLE, export(session, ctx, workspace_id, person_id).encode(), COMMENT)

    return SentFile(make, forgetting.FROM_OPERATOR)


def ask(_request: Request, _given: object) -> Modal:
    """Say what being forgotten means, before it is done."""
    return forgetting.forget_dialog()


def _forget(request: Request, _submitted: Form) -> Reply:
    ask_erasure(request.session, request.ctx, request.caller.workspace_id, request.caller.person_id)
    return forgetting.forgotten()


TAPS: dict[str, Tapped] = {
    "export": Tapped(copy, Allowed.ANYBODY, "a copy of their data, in their messages", repeatable=True),
    "forget_me": Tapped(ask, Allowed.ANYBODY, "what being forgotten means, as a dialog", repeatable=True),
}
FORMS: dict[str, Submitted] = {
    forgetting.CALLBACK: Submitted(_forget, Allowed.ANYBODY, "that it is being done", in_place=True, repeatable=True),
}
