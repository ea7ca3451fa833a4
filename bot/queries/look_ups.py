"""Words that ten people or more looked up in a month, for whoever writes words."""

from __future__ import annotations

from itertools import groupby

from bot.domain.content import Catalogue, Term
from bot.domain.look_ups import About, LookUpCount
from bot.store import look_ups
from bot.store.database import Session
from bot.view_models.look_ups import LookUpLine, LookUpsView


def looked_up(session: Session, workspace_id: str, catalogue: Catalogue) -> list[LookUpsView]:
    """Return what is told of each month, the newest first. Terms that aren't there any more are left out."""
    found = look_ups.counts(session, workspace_id)
    views = []
    for month, counts in groupby(found, key=lambda count: count.month):
        every = list(counts)
        views.append(
            LookUpsView(
                month=month,
                explained=tuple(_term(catalogue, count) for count in every if _is_term(catalogue, count)),
                lacking=tuple(LookUpLine(c.word, c.people) for c in every if c.about is About.LACKING),
            )
        )
    return views


def _is_term(catalogue: Catalogue, count: LookUpCount) -> bool:
    return count.about is About.TERM and isinstance(catalogue.items.get(count.word), Term)


def _term(catalogue: Catalogue, count: LookUpCount) -> LookUpLine:
    term = catalogue.items[count.word]
    assert isinstance(term, Term)
    return LookUpLine(term.term, count.people)
