"""Handlers of lessons and words that admins write: the list, the forms, publishing, withdrawing, the files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.actions.write import (
    ChangedMeanwhileError,
    Proof,
    Target,
    find,
    proof_of_wording,
    publish,
    save_draft,
    withdraw,
)
from bot.content.written_form import WrittenForm, slug, take
from bot.content.written_layer import files
from bot.domain.content import Kind
from bot.domain.written import CHOICES, FormField, WrittenItem
from bot.errors import UnknownButtonError
from bot.limits import INPUT_LENGTH
from bot.messages import ids
from bot.messages import writing as drawn
from bot.messages.builder import Modal
from bot.messages.status_file import File
from bot.queries.look_ups import looked_up
from bot.slack.handlers.dialogs import Form, Submitted
from bot.slack.handlers.learner_taps import Tapped
from bot.slack.handlers.request import Allowed, FormErrors, Reply, Request, SentFile
from bot.slack.handlers.status import sends_files
from bot.store import written

NAME = "lessons.zip"
MOST_OF_ERROR = 300
"""Characters of what is said at one field."""


def write(request: Request, text: str) -> Modal:
    """Show what was written so far; `text`: a part of the titles that are wanted."""
    wanted = " ".join(text.split())
    every = written.latest(request.session, request.caller.workspace_id)
    titles = {track.id: track.title for track in request.state.catalogue.tracks.values()}
    titles |= {row.item_id: row.title for row in every if row.kind is Kind.TRACK}
    found = [row for row in every if row.kind is not Kind.TRACK and wanted.casefold() in row.title.casefold()]
    months = looked_up(request.session, request.caller.workspace_id, request.state.catalogue)
    latest = months[0] if months else None
    files_too = sends_files(request)
    return drawn.list_dialog(found, titles, request.today, wanted=wanted, files=files_too, latest=latest)


def _lesson(request: Request, _tap: ids.TapMeaning) -> Modal:
    return drawn.lesson_dialog({}, request.state.catalogue, "", "")


def _term(_request: Request, _tap: ids.TapMeaning) -> Modal:
    return drawn.term_dialog({}, "")


def _paste(_request: Request, _tap: ids.TapMeaning) -> Modal:
    return drawn.paste_dialog()


def _edit(request: Request, tap: ids.TapMeaning) -> Reply:
    return _form_of(request, _found(request, tap.argument), ())


def _found(request: Request, item_id: str) -> WrittenItem:
    found = find(request.state, item_id)
    if found is None:
        raise UnknownButtonError(f"nothing written is called {ids.told(item_id)}")
    return found


def _form_of(request: Request, row: WrittenItem, to_mend: tuple[str, ...]) -> Reply:
    form = take(row.text)
    if form is None:
        raise UnknownButtonError(f"{row.item_id} can't be edited")
    based_on = f"{row.item_id}.{row.version}"
    if row.kind is Kind.TERM:
        return drawn.term_dialog(form.fields, based_on, to_mend)
    return drawn.lesson_dialog(form.fields, request.state.catalogue, row.track_id, based_on, to_mend)


def _submit_lesson(request: Request, submitted: Form) -> Reply:
    values = submitted.values
    chosen, title = str(values.get(drawn.TRACK) or ""), str(values.get(drawn.NEW_TITLE) or "")
    summary = str(values.get(drawn.NEW_SUMMARY) or "")
    if chosen == drawn.NEW:
        errors = _of_new_track(request, title, summary)
        target = Target(title=title, summary=summary)
    else:
        known = request.state.catalogue.tracks.keys() | {_own_track(request, chosen)}
        errors = {} if chosen in known and chosen else {drawn.TRACK: "Choose a track."}
        target = Target(track_id=chosen)
        if title or summary:
            errors |= {drawn.NEW_TITLE: "Choose “A new track, named below” above, or clear this and the next field."}
    return FormErrors(errors) if errors else _saved(request, submitted, Kind.LESSON, target)


def _own_track(request: Request, track_id: str) -> str:
    """Return the id of a track that was begun here and isn't published yet; "" if there is none."""
    found = written.get(request.session, request.caller.workspace_id, Kind.TRACK, track_id)
    return found.item_id if found is not None else ""


def _of_new_track(request: Request, title: str, summary: str) -> dict[str, str]:
    errors = {}
    if not slug(title):
        errors[drawn.NEW_TITLE] = "Give the new track a title."
    elif slug(title) in request.state.catalogue.tracks:
        errors[drawn.NEW_TITLE] = "There is a track of that name: choose it above, or use another title."
    if not summary.strip():
        errors[drawn.NEW_SUMMARY] = "Say in a sentence what it is good for."
    return errors


def _submit_term(request: Request, submitted: Form) -> Reply:
    return _saved(request, submitted, Kind.TERM, Target())


def _saved(request: Request, submitted: Form, kind: Kind, target: Target) -> Reply:
    """Save what stands in a form as a draft; show what is wrong at the fields, or how it will look."""
    fields = _filled_in(submitted)
    if missing := _missing(fields):
        return FormErrors(missing)
    try:
        form = WrittenForm(kind=kind, fields=fields)
        proof = save_draft(request.state, form, target, submitted.view_id, submitted.about)
    except ChangedMeanwhileError:
        return drawn.changed_meanwhile()
    if not proof.problems and proof.item is not None:
        return _proof(request, proof)
    shown = {of: _shortened(said) for of, said in proof.problems.items()}
    asked_otherwise = FormField.MORE in fields and FormField.STEM not in fields
    hidden = {of for of in shown if asked_otherwise and of in drawn.OF_QUESTION}
    at = {drawn.input_of(FormField.MORE if of in hidden else of): said for of, said in shown.items()}
    return FormErrors(at or {drawn.input_of(FormField.TITLE): "I can't read this. Please paste it as a file instead."})


def _filled_in(submitted: Form) -> dict[FormField, str]:
    given = {of: submitted.values.get(drawn.input_of(of)) for of in FormField}
    return {of: said for of, said in given.items() if isinstance(said, str) and said.strip()}


def _missing(fields: Mapping[FormField, str]) -> dict[str, str]:
    """Return what is missing of a question that is begun, by input."""
    asked = {of for of in drawn.OF_QUESTION if of in fields}
    if not asked:
        return {}
    needed = {FormField.STEM: "Ask the question.", FormField.RIGHT: "Give the right choice."}
    needed |= {FormField.OTHER_1: "Give a wrong choice beside it."}
    for choice, reason in CHOICES:
        if choice in fields:
            needed[reason] = "Say in a sentence why."
        if reason in fields:
            needed[choice] = "Give the choice that this reason is about."
    return {drawn.input_of(of): said for of, said in needed.items() if of not in fields}


def _wording(request: Request, tap: ids.TapMeaning) -> Modal:
    return drawn.wording_dialog(_found(request, tap.argument))


def _submit_wording(request: Request, submitted: Form) -> Reply:
    """Add one more wording to a draft, or say at the fields what is wrong with it."""
    item_id, _, version = submitted.about.rpartition(".")
    latest = find(request.state, item_id)
    known = take(latest.text) if latest is not None else None
    if latest is None or known is None or str(latest.version) != version:
        return drawn.changed_meanwhile()
    if missing := _missing(_filled_in(submitted)):
        return FormErrors(missing)
    form = replace(known, further=_filled_in(submitted))
    proof = proof_of_wording(request.state, latest, form)
    if proof.problems:
        return FormErrors({drawn.input_of(of): _shortened(said) for of, said in proof.problems.items()})
    return _proof(request, proof)


def _shortened(said: str) -> str:
    return said if len(said) <= MOST_OF_ERROR else said[: MOST_OF_ERROR - 1] + "…"


def _proof(request: Request, proof: Proof) -> Modal:
    assert proof.item is not None
    titles = {track.id: track.title for track in request.state.catalogue.tracks.values()}
    own = written.get(request.session, request.caller.workspace_id, Kind.TRACK, proof.written.track_id)
    track = titles.get(proof.written.track_id, own.title if own is not None else "")
    return drawn.proof_dialog(proof.written, proof.item, proof.doubts, track)


def _taken_apart(request: Request, submitted: Form) -> Reply:
    text = "".join(str(submitted.values.get(field) or "") for field in (drawn.FILE, drawn.REST))
    form = take(text)
    if form is None:
        remedy = "It should begin with a line ---, then id and title, then another ---. “A lesson” has a form instead."
        return FormErrors({drawn.FILE: remedy})
    if any(line.startswith("items:") for line in form.entries):
        return FormErrors({drawn.FILE: "That is a track's file. Paste its lessons, and name the track with the first."})
    if long := next((of for of, said in form.fields.items() if len(said) > INPUT_LENGTH), None):
        said = f"The part “{drawn.label_of(long, form.kind)}” has more than {INPUT_LENGTH:,} characters. Shorten it."
        return FormErrors({drawn.FILE: said})
    try:
        proof = save_draft(request.state, form, Target(), submitted.view_id, "")
    except ChangedMeanwhileError:
        return drawn.changed_meanwhile()
    to_mend = [f"{drawn.label_of(of, form.kind)}: {_shortened(said)}" for of, said in proof.problems.items()]
    return _form_of(request, proof.written, tuple(to_mend))


def _publish(request: Request, submitted: Form) -> Reply:
    item_id, _, version = submitted.about.rpartition(".")
    try:
        proof = publish(request.state, item_id, version)
    except ChangedMeanwhileError:
        return drawn.changed_meanwhile()
    if proof.problems:
        return _form_of(request, proof.written, tuple(proof.problems.values()))
    return drawn.published(proof.written)


def _ask_withdraw(request: Request, tap: ids.TapMeaning) -> Modal:
    return drawn.withdraw_dialog(_found(request, tap.argument))


def _withdraw(request: Request, submitted: Form) -> Reply:
    item_id, _, version = submitted.about.rpartition(".")
    try:
        return drawn.withdrawn(withdraw(request.state, item_id, version))
    except ChangedMeanwhileError:
        return drawn.changed_meanwhile()


def _files(request: Request, _tap: ids.TapMeaning) -> Reply:
    rows = written.served(request.session, request.caller.workspace_id)
    if not rows:
        return drawn.nothing_published()
    return SentFile(partial(_zipped, files(rows)), drawn.FROM_OPERATOR)


def _zipped(by_path: dict[str, str]) -> File:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(by_path.items()):
            archive.writestr(path, text)
    comment = "What was written here and is published, as a lessons folder that can be layered over mine."
    return File(NAME, "Lessons", packed.getvalue(), comment)


TAPS: dict[str, Tapped] = {
    "write_lesson": Tapped(_lesson, Allowed.ADMIN, "the form of a lesson", in_place=True, repeatable=True),
    "write_word": Tapped(_term, Allowed.ADMIN, "the form of a word", in_place=True, repeatable=True),
    "write_paste": Tapped(_paste, Allowed.ADMIN, "a field for a file", in_place=True, repeatable=True),
    "write_edit": Tapped(_edit, Allowed.ADMIN, "the form, filled in", in_place=True, repeatable=True),
    "write_withdraw": Tapped(
        _ask_withdraw, Allowed.ADMIN, "what withdrawing means, as a dialog", in_place=True, repeatable=True
    ),
    "write_wording": Tapped(_wording, Allowed.ADMIN, "the form of another wording", in_place=True, repeatable=True),
    "write_files": Tapped(_files, Allowed.ADMIN, "what is published, as files in their messages", repeatable=True),
}
FORMS: dict[str, Submitted] = {
    drawn.LESSON: Submitted(
        _submit_lesson, Allowed.ADMIN, "how it will look, or errors at the fields", in_place=True, repeatable=True
    ),
    drawn.TERM: Submitted(
        _submit_term, Allowed.ADMIN, "how it will look, or errors at the fields", in_place=True, repeatable=True
    ),
    drawn.WORDING: Submitted(
        _submit_wording, Allowed.ADMIN, "how it will look, or errors at the fields", in_place=True, repeatable=True
    ),
    drawn.PASTE: Submitted(_taken_apart, Allowed.ADMIN, "the form, filled in", in_place=True, repeatable=True),
    drawn.PUBLISH: Submitted(_publish, Allowed.ADMIN, "that it is published", in_place=True, repeatable=True),
    drawn.WITHDRAW: Submitted(_withdraw, Allowed.ADMIN, "that it is withdrawn", in_place=True, repeatable=True),
}
