"""A draft for discussion: made by an admin, agreed to by everybody in it, and read by all of them only then."""

from __future__ import annotations

from dataclasses import replace

from bot.context import AppContext
from bot.domain.delivery import Slot
from bot.domain.delivery_subject import DraftNews
from bot.domain.drafts import FEWEST, Contribution, Draft, all_agreed, lines_of
from bot.errors import UnknownButtonError
from bot.planning.learner_state import LearnerState, load
from bot.planning.new_delivery import new_delivery
from bot.queries.strategy import shared_page
from bot.store import deliveries, drafts, learners, strategies
from bot.store.database import Session


def contributors(state: LearnerState) -> list[str]:
    """Return the people who share their page with this admin."""
    return [each.learner_id for each in strategies.shared_to(state.session, state.workspace_id, state.learner_id)]


def make_draft(state: LearnerState, draft_id: str) -> bool:
    """Make a draft of the pages that are shared with this admin, and ask everybody in it; return False if too few are.

    `draft_id`: of the form, so that one sent twice makes one draft.
    """
    session, ctx, workspace_id = state.session, state.ctx, state.workspace_id
    draft = Draft(workspace_id=workspace_id, draft_id=draft_id, admin_id=state.learner_id, made_at=state.at)
    found = [_contribution(session, ctx, draft, person) for person in contributors(state)]
    given = [each for each in found if each is not None and each.lines]
    if len(given) < FEWEST:
        return False
    if drafts.make(session, draft, given):
        for each in given:
            _tell(state, each.learner_id, DraftNews(draft_id))
    return True


def _contribution(session: Session, ctx: AppContext, draft: Draft, person_id: str) -> Contribution | None:
    owner = load(session, ctx, draft.workspace_id, person_id, lock=False)
    if owner is None:
        return None
    return Contribution(
        workspace_id=draft.workspace_id,
        draft_id=draft.draft_id,
        learner_id=person_id,
        lines=lines_of(shared_page(owner)),
    )


def _tell(state: LearnerState, person_id: str, news: DraftNews) -> None:
    person = learners.ensure(state.session, state.workspace_id, person_id, lock=False)
    kind = "ready" if news.ready else "asked"
    told = new_delivery(person, Slot.NOTICE, state.at, caused_by=f"draft:{news.draft_id}:{kind}", about=news)
    deliveries.add(state.session, told)


def mine_in(state: LearnerState, draft_id: str) -> tuple[Draft, list[Contribution], Contribution | None]:
    """Return a draft, everybody's lines in it, and this person's.

    Raises:
        UnknownButtonError: there is no such draft, or they have no part in it.
    """
    draft = drafts.get(state.session, state.workspace_id, draft_id)
    if draft is None:
        raise UnknownButtonError(f"a draft {draft_id}")
    everybody = drafts.contributions(state.session, draft)
    mine = next((each for each in everybody if each.learner_id == state.learner_id), None)
    if mine is None and draft.admin_id != state.learner_id:
        raise UnknownButtonError(f"a draft {draft_id}")
    return draft, everybody, mine


def agree(state: LearnerState, draft_id: str) -> None:
    """Record that somebody saw their lines and agreed; once everybody has, all of them are told.

    Raises:
        UnknownButtonError: as `mine_in`.
    """
    draft, everybody, mine = mine_in(state, draft_id)
    if mine is None:
        raise UnknownButtonError(f"a draft {draft_id}")
    if mine.agreed_at is not None:
        return
    drafts.agree(state.session, mine, state.at)
    now = [replace(each, agreed_at=state.at) if each is mine else each for each in everybody]
    if all_agreed(now):
        for person in sorted({draft.admin_id, *(each.learner_id for each in everybody)}):
            _tell(state, person, DraftNews(draft_id, ready=True))


def leave_drafts(state: LearnerState, admin_id: str) -> None:
    """Take somebody's lines out of an admin's drafts; where everybody who is left has agreed, they are told."""
    for draft in drafts.all_of(state.session, state.workspace_id, admin_id):
        everybody = drafts.contributions(state.session, draft)
        others = [each for each in everybody if each.learner_id != state.learner_id]
        if len(others) < len(everybody) and all_agreed(others) and not all_agreed(everybody):
            for person in sorted({admin_id, *(each.learner_id for each in others)}):
                _tell(state, person, DraftNews(draft.draft_id, ready=True))
    drafts.take_out(state.session, state.workspace_id, state.learner_id, admin_id)


def is_open(draft: Draft, everybody: list[Contribution], person_id: str) -> bool:
    """Return True if somebody may read a draft: its admin at any time, the others once all agreed."""
    return draft.admin_id == person_id or all_agreed(everybody)
