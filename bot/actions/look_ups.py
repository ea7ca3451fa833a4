"""Notes of look-ups: the term, or a word that public glossaries explain and the catalogue doesn't."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.public_terms import lacking
from bot.context import AppContext
from bot.domain.look_ups import About, LookedUp


def note_terms(ctx: AppContext, workspace_id: str, learner_id: str, term_ids: Iterable[str]) -> None:
    """Note that somebody looked up terms of the catalogue."""
    ctx.looked_up(workspace_id, learner_id, (LookedUp(About.TERM, term_id) for term_id in term_ids))


def note_lacking(ctx: AppContext, workspace_id: str, learner_id: str, text: str) -> None:
    """Note the words of the shipped list that somebody met in a text. Nothing else of it is noted."""
    found = lacking(ctx.catalogue_of(workspace_id)).find(text)
    ctx.looked_up(workspace_id, learner_id, (LookedUp(About.LACKING, each.term_id) for each in found))
