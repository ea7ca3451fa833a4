"""Lessons and terms that admins write in Slack: saved as drafts, proofread, published, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.problem import Problem
from bot.content.written_form import Composed, WrittenForm, compose, slug, take
from bot.content.written_layer import FOLDER, path_of
from bot.domain.content import Item, Kind
from bot.domain.written import FormField, WrittenItem, WrittenState
from bot.planning.learner_state import LearnerState
from bot.store import audit, written


@dataclass(frozen=True, kw_only=True)
class Target:
    """The track that a lesson goes to. `title` and `summary`: of a new one, whose id is "" until it has one."""

    track_id: str = ""
    title: str = ""
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A draft as it was saved and proofread."""

    written: WrittenItem
    item: Item | None
    """None where it can't be read."""
    problems: Mapping[FormField, str]
    """By the field that they are in. While there are any it can't be published."""
    doubts: Sequence[str] = ()
    """What a reader would probably stumble over."""


class ChangedMeanwhileError(ValueError):
    """Somebody else has changed it since this dialog was opened."""


def find(state: LearnerState, item_id: str) -> WrittenItem | None:
    """Return the latest version of a lesson or term, and lock it."""
    for kind in (Kind.LESSON, Kind.TERM):
        if found := written.get(state.session, state.workspace_id, kind, item_id):
            return found
    return None


def save_draft(state: LearnerState, form: WrittenForm, target: Target, made_in: str, based_on: str) -> Proof:
    """Save what stands in a dialog as a draft, and proofread it.

    Args:
        state: of the admin.
        form: the fields; entries and wordings without a field are taken from the version before.
        target: the track of a lesson.
        made_in: the dialog's id. Sent again, it changes its own draft.
        based_on: the id and version that was edited, as `id.version`; "" for a new one.

    Raises:
        ChangedMeanwhileError: there is a later version.
    """
    before, item_id = _before(state, form, made_in, based_on)
    if before is not None:
        kept = take(before.text)
        form = replace(form, entries=kept.entries, question_id=kept.question_id) if kept else form
    composed, at = compose(form, item_id), state.at
    edits = before is not None and before.state is WrittenState.DRAFT
    draft = WrittenItem(
        workspace_id=state.workspace_id,
        kind=form.kind,
        item_id=item_id,
        version=(before.version if edits else before.version + 1) if before is not None else 1,
        state=WrittenState.DRAFT,
        track_id=(target.track_id or slug(target.title)) if form.kind is Kind.LESSON else "",
        title=form.fields.get(FormField.TITLE, ""),
        text=composed.text,
        since=before.since if before is not None else at,
        at=at,
        made_in=made_in,
    )
    written.save(state.session, draft)
    written.drop_drafts(state.session, state.workspace_id, made_in, besides=item_id)
    if form.kind is Kind.LESSON and not target.track_id and target.title:
        written.save(state.session, _new_track(state, target, made_in))
    return proof_of(state, draft, composed)


def _before(state: LearnerState, form: WrittenForm, made_in: str, based_on: str) -> tuple[WrittenItem | None, str]:
    """Return the version that was edited, if any, and the id."""
    if based_on:
        item_id, _, version = based_on.rpartition(".")
        found = written.get(state.session, state.workspace_id, form.kind, item_id)
        if found is None or (str(found.version) != version and found.made_in != made_in):
            raise ChangedMeanwhileError(item_id)
        return found, item_id
    own = {row.item_id: row for row in written.latest(state.session, state.workspace_id)}
    item_id = _new_id(state, form, own, made_in)
    return own.get(item_id), item_id


def _new_id(state: LearnerState, form: WrittenForm, own: Mapping[str, WrittenItem], made_in: str) -> str:
    """Return an id for a new thing: of a lesson one that nothing has, of a term that of the term it replaces."""
    wanted = slug(form.fields.get(FormField.TITLE, "")) or form.kind.value
    item_id, number = wanted, 1
    while True:
        mine = own.get(item_id)
        if mine is not None and mine.made_in == made_in and mine.kind is form.kind:
            return item_id
        served = state.catalogue.items.get(item_id)
        replaces = form.kind is Kind.TERM and served is not None and served.kind == "term"
        if mine is None and (served is None or replaces):
            return item_id
        number += 1
        item_id = f"{wanted}-{number}"


def _new_track(state: LearnerState, target: Target, made_in: str) -> WrittenItem:
    return WrittenItem(
        workspace_id=state.workspace_id,
        kind=Kind.TRACK,
        item_id=slug(target.title),
        version=1,
        state=WrittenState.DRAFT,
        track_id="",
        title=" ".join(target.title.split()),
        text=" ".join(target.summary.split()),
        since=state.at,
        at=state.at,
        made_in=made_in,
    )


def proof_of(state: LearnerState, draft: WrittenItem, composed: Composed | None = None) -> Proof:
    """Proofread a draft among all that its workspace is served."""
    saved = draft
    if draft.kind is Kind.LESSON and not draft.track_id:
        # where it will come isn't chosen yet, and every track is as good to read it in
        draft = replace(draft, track_id=next(iter(state.catalogue.tracks), ""))
    if composed is None:
        form = take(draft.text)
        composed = compose(form, draft.item_id) if form is not None else Composed(draft.text, {})
    report = state.ctx.proofread(_with(state, draft))
    problems: dict[FormField, str] = {}
    for each in report.problems:
        where = composed.field_of.get(each.line, FormField.TITLE) if each.file == path_of(draft) else FormField.TITLE
        problems[where] = f"{problems[where]} {_told(each)}" if where in problems else _told(each)
    doubts = [_told(each) for each in report.warnings if each.file == path_of(draft)]
    item = report.catalogue.items.get(draft.item_id)
    return Proof(written=saved, item=item, problems=problems, doubts=tuple(doubts))


def proof_of_wording(state: LearnerState, latest: WrittenItem, form: WrittenForm) -> Proof:
    """Add the one more wording of a form to a lesson or term, and save that as a draft if nothing is wrong with it.

    Sent twice, the second one is refused, since it asks in the same words.
    """
    composed = compose(form, latest.item_id)
    edits = latest.state is WrittenState.DRAFT
    draft = replace(
        latest,
        version=latest.version if edits else latest.version + 1,
        state=WrittenState.DRAFT,
        text=composed.text,
        at=state.at,
    )
    proof = proof_of(state, draft, composed)
    if not proof.problems:
        written.save(state.session, draft)
    return proof


def _with(state: LearnerState, draft: WrittenItem) -> list[WrittenItem]:
    """Return what would be served if this draft were published."""
    served = [
        row
        for row in written.served(state.session, state.workspace_id)
        if (row.kind, row.item_id) != (draft.kind, draft.item_id)
    ]
    if draft.track_id and not any(row.kind is Kind.TRACK and row.item_id == draft.track_id for row in served):
        track = written.get(state.session, state.workspace_id, Kind.TRACK, draft.track_id)
        served += [track] if track is not None else []
    return sorted([*served, draft], key=lambda row: (row.since, row.item_id))


def _told(problem: Problem) -> str:
    """Return a problem in a sentence, without the file that an admin never sees."""
    said = f"{problem.problem}. {problem.remedy}."
    return (said[:1].upper() + said[1:]).replace(f"{FOLDER}/", "")


def publish(state: LearnerState, item_id: str, version: str) -> Proof:
    """Publish a draft, with its track if that is new, unless there are problems.

    Raises:
        ChangedMeanwhileError: this version isn't a draft any more, or there is a later one.
    """
    draft = find(state, item_id)
    if draft is None or str(draft.version) != version or draft.state is WrittenState.WITHDRAWN:
        raise ChangedMeanwhileError(item_id)
    proof = proof_of(state, draft)
    if proof.problems or draft.state is WrittenState.PUBLISHED:
        return proof
    track = written.get(state.session, state.workspace_id, Kind.TRACK, draft.track_id) if draft.track_id else None
    for row in (draft, track):
        if row is not None and row.state is WrittenState.DRAFT:
            written.save(state.session, replace(row, state=WrittenState.PUBLISHED, at=state.at))
    _record(state, "publish", draft)
    return proof


def withdraw(state: LearnerState, item_id: str, version: str) -> WrittenItem:
    """Take a lesson or term back: nobody gets it any more, and its versions stay. A draft that was never published is
    deleted.

    Raises:
        ChangedMeanwhileError: there is a later version, or it is withdrawn already.
    """
    latest = find(state, item_id)
    if latest is None or str(latest.version) != version or latest.state is WrittenState.WITHDRAWN:
        raise ChangedMeanwhileError(item_id)
    if latest.state is WrittenState.DRAFT and latest.version == 1:
        written.drop_drafts(state.session, state.workspace_id, latest.made_in, besides="")
        return latest
    gone = replace(latest, version=latest.version + 1, state=WrittenState.WITHDRAWN, at=state.at)
    written.save(state.session, gone)
    _record(state, "withdraw", gone)
    return gone


def _record(state: LearnerState, action: str, of: WrittenItem) -> None:
    state.session.lessons_changed = True
    detail = f"{of.kind} {of.item_id}, version {of.version}"
    audit.record(state.session, state.workspace_id, state.at, state.learner_id, action, detail)
