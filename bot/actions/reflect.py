"""*Write a line*: a learner fills their strategy page, and shares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from bot.actions.drafts import leave_drafts
from bot.domain.content import Lesson
from bot.domain.delivery import Delivery, Slot
from bot.domain.delivery_subject import SharedPage
from bot.domain.strategy import MOST_CHARACTERS, Prompt, Reflection, latest
from bot.errors import UnknownButtonError
from bot.planning.learner_state import LearnerState
from bot.planning.new_delivery import new_delivery
from bot.store import askings, deliveries, learners, strategies
from bot.store.strategies import Share


@dataclass(frozen=True)
class OpenPrompt:
    """A prompt that somebody is about to answer, with what they wrote before. `content_hash`: the lesson as it is."""

    lesson: Lesson
    prompt: Prompt
    content_hash: str
    answers: tuple[str, ...]


def open_prompt(state: LearnerState, item_id: str, delivery: Delivery | None = None) -> OpenPrompt | None:
    """Return a lesson's prompt, to be answered (again); None while the lesson is ahead of them.

    A lesson that is gone is asked as it was.

    `delivery`: the message in which they are asked, if they are.

    Raises:
        UnknownButtonError: it isn't theirs, or it has no prompt.
    """
    before = latest(strategies.written_by(state.session, state.workspace_id, state.learner_id)).get(item_id)
    lesson = state.catalogue.items.get(item_id)
    if not (isinstance(lesson, Lesson) and lesson.prompt is not None):
        asked = state.asking(delivery.asking_id) if delivery is not None and delivery.asking_id is not None else None
        kept = before.content_hash if before is not None else asked.content_hash if asked is not None else ""
        lesson = _as_it_was(state, kept, item_id)
    elif before is None and item_id not in state.done:
        return None
    assert lesson.prompt is not None
    content_hash = askings.later_keep(state.session, state.workspace_id, lesson)
    return OpenPrompt(lesson, lesson.prompt, content_hash, _answers_before(state, lesson.prompt, before))


def _answers_before(state: LearnerState, prompt: Prompt, before: Reflection | None) -> tuple[str, ...]:
    """Return what was written before, each answer with its question, also where the questions were changed since."""
    if before is None:
        return ()
    asked = _as_it_was(state, before.content_hash, before.item_id).prompt
    assert asked is not None
    said = dict(zip(asked.inputs, before.answers, strict=False))
    return tuple(said.get(question, "") for question in prompt.inputs)


def _as_it_was(state: LearnerState, content_hash: str, item_id: str) -> Lesson:
    kept = askings.kept(state.session, state.workspace_id, content_hash) if content_hash else None
    if not isinstance(kept, Lesson) or kept.id != item_id or kept.prompt is None:
        raise UnknownButtonError(f"a prompt of {item_id}")
    return kept


def write(
    state: LearnerState, item_id: str, content_hash: str, answers: Sequence[str], form_id: str, delivery_id: str
) -> Lesson:
    """Store what was written; return the lesson. The same form sent again changes nothing.

    Args:
        state: the learner's.
        item_id: the lesson.
        content_hash: the lesson as it was when they were asked.
        answers: in the order of its questions; all empty takes the lesson off the page.
        form_id: of the dialog that was submitted.
        delivery_id: the message that asked, "" if none did.

    Raises:
        UnknownButtonError: there is no such prompt.
    """
    lesson = _as_it_was(state, content_hash, item_id)
    assert lesson.prompt is not None
    known = strategies.written_by(state.session, state.workspace_id, state.learner_id)
    given = tuple(_sound(said)[:MOST_CHARACTERS] for said in answers)[: len(lesson.prompt.inputs)]
    strategies.write(
        state.session,
        Reflection(
            workspace_id=state.workspace_id,
            # the same form with other words is another entry: it was added to before it was acknowledged
            reflection_id=uuid5(NAMESPACE_URL, f"{state.workspace_id}/{state.learner_id}/{form_id}/{given}").hex,
            learner_id=state.learner_id,
            number=max((each.number for each in known), default=0) + 1,
            item_id=item_id,
            content_hash=content_hash,
            answers=given,
            at=state.at,
        ),
    )
    asked_in = state.delivery(delivery_id) if delivery_id else None
    if asked_in is not None:
        state.touch(asked_in)
    return lesson


def _sound(said: str) -> str:
    """Return text that every database takes: half of a surrogate pair is no letter."""
    return said.strip().encode("utf-8", "replace").decode().replace("\0", "")


def share_page(state: LearnerState, with_id: str) -> bool:
    """Share the learner's page with somebody, who is told; return False if it was shared with them before."""
    shared = Share(workspace_id=state.workspace_id, learner_id=state.learner_id, with_id=with_id, since=state.at)
    if not strategies.share(state.session, shared):
        return False
    other = learners.ensure(state.session, state.workspace_id, with_id, lock=False)
    caused_by = f"share:{state.learner_id}:{state.at.timestamp():.6f}"
    told = new_delivery(other, Slot.NOTICE, state.at, caused_by=caused_by, about=SharedPage(state.learner_id))
    deliveries.add(state.session, told)
    return True


def unshare_page(state: LearnerState, with_id: str) -> None:
    """Stop sharing the learner's page with somebody: it opens no more, and their drafts lose its lines.

    Copies that they saved stay.
    """
    leave_drafts(state, with_id)
    strategies.unshare(state.session, state.workspace_id, state.learner_id, with_id)
