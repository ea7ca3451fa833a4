"""A strategy page as it stands: what its owner wrote, part by part, and which lessons would fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.content import Catalogue, Lesson
from bot.domain.strategy import Entry, Gap, Page, PagePart, Part, Reflection, latest
from bot.planning.learner_facts import LearnerFacts
from bot.store import askings, strategies
from bot.store.database import Session
from bot.view_models import TitleLine


def page_of(state: LearnerFacts) -> Page:
    """Return a learner's page, with the lessons that would fill it."""
    written = latest(strategies.written_by(state.session, state.workspace_id, state.learner_id))
    return _page(state, written, gaps=True)


def shared_page(state: LearnerFacts) -> Page:
    """Return a learner's page as others see it: what is written, and nothing of what isn't."""
    written = latest(strategies.written_by(state.session, state.workspace_id, state.learner_id))
    return _page(state, written, gaps=False)


def has_prompts(state: LearnerFacts) -> bool:
    """Return True once somebody had a lesson that asks for a line."""
    return any(_prompts(state.catalogue, item_id) for item_id in state.done)


def ready_prompts(page: Page) -> tuple[TitleLine, ...]:
    """Return the lessons behind somebody for whose prompts nothing is written yet."""
    return tuple(TitleLine(gap.item_id, gap.title) for part in page.parts for gap in part.gaps if gap.ready)


def is_written(state: LearnerFacts, item_id: str) -> bool:
    """Return True if something is written for a lesson's prompt."""
    return item_id in latest(strategies.written_by(state.session, state.workspace_id, state.learner_id))


def _page(state: LearnerFacts, written: Mapping[str, Reflection], *, gaps: bool) -> Page:
    lessons = {item_id: _asked(state.session, each) for item_id, each in written.items()}
    order = [lesson.id for lesson, _ in _prompted(state.catalogue)]
    ordered = sorted(written, key=lambda item_id: (order.index(item_id) if item_id in order else len(order), item_id))
    parts = [
        PagePart(
            part,
            tuple(_entry(lessons[i], written[i]) for i in ordered if _part_of(lessons[i]) is part),
            tuple(_gaps(state, part, written)) if gaps else (),
        )
        for part in Part
    ]
    changed = max((each.at for each in written.values()), default=None)
    return Page(owner_id=state.learner_id, owner=state.learner.name, changed_at=changed, parts=tuple(parts))


def _asked(session: Session, reflection: Reflection) -> Lesson:
    """Return the lesson as it was when somebody answered its prompt."""
    item = askings.wording(session, reflection.workspace_id, reflection.content_hash)
    assert isinstance(item, Lesson)
    return item


def _part_of(lesson: Lesson) -> Part | None:
    return lesson.prompt.part if lesson.prompt is not None else None


def _entry(lesson: Lesson, reflection: Reflection) -> Entry:
    asked = lesson.prompt.inputs if lesson.prompt is not None else ()
    lines = tuple((question, answer) for question, answer in zip(asked, reflection.answers, strict=False) if answer)
    return Entry(lesson.id, lesson.title, lines)


def _gaps(state: LearnerFacts, part: Part, written: Mapping[str, Reflection]) -> Iterable[Gap]:
    """Yield the lessons that would fill a part and that the learner has, or could start."""
    have = {e.track_id for e in state.enrolments if e.removed_at is None and e.left_at is None}
    for lesson, track_id in _prompted(state.catalogue):
        track = state.catalogue.tracks[track_id]
        if _part_of(lesson) is part and lesson.id not in written and (track.open or track_id in have):
            yield Gap(lesson.id, lesson.title, track.title, ready=lesson.id in state.done)


def _prompted(catalogue: Catalogue) -> list[tuple[Lesson, str]]:
    """Return the lessons with a prompt, each once, with the first track that has it."""
    found: dict[str, tuple[Lesson, str]] = {}
    for track_id, track in sorted(catalogue.tracks.items()):
        for item_id in track.items:
            lesson = _prompts(catalogue, item_id)
            if lesson is not None:
                found.setdefault(item_id, (lesson, track_id))
    return list(found.values())


def _prompts(catalogue: Catalogue, item_id: str) -> Lesson | None:
    item = catalogue.items.get(item_id)
    return item if isinstance(item, Lesson) and item.prompt is not None else None
