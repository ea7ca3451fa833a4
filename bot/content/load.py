"""The loader of the lessons folders: it parses every file, then checks what only the whole can show.

lessons/
  sources.yaml          where the claims come from
  hidden.yaml           what isn't served of the folders before this one
  tracks/<slug>/track.md, <lesson>.md
  jargon/<term>.md
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.immutability import compare
from bot.content.layers import Layer, read_folder
from bot.content.problem import Findings, Problem
from bot.content.readers_eye import look
from bot.content.stack import put_on
from bot.content.whole import LayersReading, Objections, check_ages, check_item, check_together
from bot.domain.content import Catalogue
from bot.errors import ContentError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """The catalogue of the folders, and all problems in them."""

    catalogue: Catalogue
    problems: tuple[Problem, ...] = ()
    """Problems that keep the lessons from being served."""
    warnings: tuple[Problem, ...] = ()


def load(roots: Sequence[Path], objections: Objections) -> Catalogue:
    """Return the folders as a catalogue.

    Args:
        roots: the lessons folders, each layered over those before it.
        objections: returns the reasons why Slack would refuse an item's message.

    Raises:
        ContentError: something is wrong; it carries every problem.
    """
    return load_below(roots, objections)[0].catalogue


def load_below(roots: Sequence[Path], objections: Objections) -> tuple[Report, LayersReading]:
    """Do what `load` does; return what `overlay` needs to put a layer on it.

    Raises:
        ContentError: something is wrong; it carries every problem.
    """
    report, reading = read(roots, objections)
    if report.problems:
        raise ContentError(tuple(str(problem) for problem in report.problems))
    if report.warnings:
        log.warning("the lessons have warnings (%d): `missinglink lessons check` names them", len(report.warnings))
    return report, reading


def check(
    roots: Sequence[Path],
    objections: Objections,
    today: date | None = None,
    *,
    drafts: bool = False,
    before: Catalogue | None = None,
) -> Report:
    """Return the folders' catalogue and all problems in it, in the order of files and lines.

    Args:
        roots: the lessons folders, each layered over those before it.
        objections: returns the reasons why Slack would refuse an item's message.
        today: if given, as for an author, what is doubtful is looked for as well: items past or near their review
            date, questions that give themselves away, words that nobody explains.
        drafts: read the folders' drafts too, which aren't served.
        before: what was published before, which this may not contradict.
    """
    report, reading = read(roots, objections, today, drafts=drafts)
    if before is not None:
        compare(reading, report.catalogue, before)
        report = _report(report.catalogue, reading.findings)
    return report


def read(
    roots: Sequence[Path], objections: Objections, today: date | None = None, *, drafts: bool = False
) -> tuple[Report, LayersReading]:
    """Do what `check` does; return where each thing stands too, for `overlay`."""
    findings = Findings()
    reading, catalogue = LayersReading(findings=findings), Catalogue()
    for root, label in zip(roots, _labels(roots), strict=True):
        layer = read_folder(root, label, findings, drafts=drafts)
        if layer is None:
            return _report(Catalogue(), findings), reading
        catalogue = put_on(reading, catalogue, layer)
    if not catalogue.tracks and not findings.problems:
        findings.reporter(_labels(roots)[-1]).problem(1, "there is no track", "Add tracks/<name>/track.md")
    for item in catalogue.items.values():
        check_item(reading, item, objections)
    check_together(reading, catalogue, {k: v for layer in reading.layers for k, v in layer.unread().items()})
    if today is not None:
        check_ages(reading, catalogue, today)
        look(reading, catalogue)
    return _report(catalogue, findings), reading


def overlay(
    below: Report, reading: LayersReading, layer: Layer, objections: Objections, *, as_author: bool = False
) -> Report:
    """Return what folders have with one more layer on them, and the problems and warnings that this layer makes.

    Args:
        below: the folders' report, and `reading` what `read` returned with it; neither is changed.
        layer: its documents' reporters belong to findings of their own, which are reported as well.
        objections: returns the reasons why Slack would refuse an item's message.
        as_author: look for what is doubtful in the layer as well.
    """
    findings = next((document.reporter.findings for document in layer.documents), Findings())
    copied = reading.on_its_own(findings)
    catalogue = put_on(copied, below.catalogue, layer)
    top = len(copied.layers)
    for item in catalogue.items.values():
        if copied.where[item.id].layer == top:
            check_item(copied, item, objections)
    check_together(copied, catalogue, {})
    if as_author:
        look(copied, catalogue)
    report, own = _report(catalogue, findings), {document.reporter.file for document in layer.documents}
    known = set(below.problems)
    return Report(
        catalogue,
        tuple(each for each in report.problems if each not in known),
        tuple(each for each in report.warnings if each.file in own),
    )


def _labels(roots: Sequence[Path]) -> list[str]:
    """Return the folders' names as their editors know them: in full where two have the same."""
    names = [root.absolute().name for root in roots]
    return [name if names.count(name) == 1 else str(root) for root, name in zip(roots, names, strict=True)]


def _report(catalogue: Catalogue, findings: Findings) -> Report:
    return Report(catalogue, tuple(sorted(set(findings.problems))), tuple(sorted(set(findings.warnings))))
