"""The handler of each submitted dialog."""

from __future__ import annotations

from bot.errors import UnknownButtonError
from bot.messages import ids
from bot.slack.handlers import briefs, dialogs, drafts, own_data, strategy, ticks, writing
from bot.slack.handlers.dialogs import Form, Submitted

FORMS: dict[str, Submitted] = {
    **dialogs.FORMS,
    **ticks.FORMS,
    **briefs.FORMS,
    **own_data.FORMS,
    **strategy.FORMS,
    **drafts.FORMS,
    **writing.FORMS,
}


def form_of(submitted: Form) -> Submitted:
    """Return the handler of a submitted dialog.

    Raises:
        UnknownButtonError: this program never sent such a dialog.
    """
    handler = FORMS.get(submitted.callback_id)
    if handler is None:
        raise UnknownButtonError(f"a dialog {ids.told(submitted.callback_id)}")
    return handler
