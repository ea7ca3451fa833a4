"""What can be typed after a slash command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.reading import ReadingError, bare
from bot.domain.views import ExplainView, ItemView
from bot.domain.which_day import Either
from bot.domain.words import EVERYBODY
from bot.messages import admin_replies, ids, pausing, render, replies, which_day, wording
from bot.services import orders as ordering
from bot.services.begin import begin, recall
from bot.services.explain import explain
from bot.services.holds import pause, resume
from bot.services.report import progress
from bot.services.self_start import offer
from bot.services.standing import look
from bot.slack import command_parser, command_verbs
from bot.slack.asked_terms import term_asked_for
from bot.slack.command_text import names_somebody, people_in, plain, shown
from bot.slack.deeds import admin, learner, leaving, status
from bot.slack.deeds.learner import told
from bot.slack.pause_parser import likely_end, parse_pause
from bot.slack.visit import Deed, Reply, Visit, Who
from bot.store.orders import Order

Typed = Deed[str]


def _next(visit: Visit, _text: str) -> Reply:
    cause = visit.caller.request_id
    if visit.fresh:
        begun = begin(visit.session, visit.house, visit.learner, visit.at, cause)
    else:
        # repeated after an answer, it would bring another
        begun = recall(visit.session, visit.learner, cause)
    return told(visit, begun)


def _pause(visit: Visit, text: str) -> Reply:
    try:
        until = parse_pause(text, visit.today)
    except ReadingError as problem:
        return pausing.unread(str(problem), likely_end(text, visit.today), visit.today)
    if isinstance(until, Either):
        return which_day.pause_asks(until)
    if visit.fresh:
        pause(visit.session, visit.house, visit.learner, visit.at, until)
    running = [t for t in progress(visit.session, visit.house, visit.learner) if t.running]
    return pausing.paused(until, visit.today, running)


def _resume(visit: Visit, _text: str) -> Reply:
    was_paused = visit.fresh and resume(visit.session, visit.house, visit.learner, visit.at)
    return pausing.resumed(was_paused, learner.what_comes(visit))


def _start(visit: Visit, text: str) -> Reply:
    wish = command_parser.find_track(text, visit.house.catalogue_of(visit.caller.workspace_id))
    if wish.track is None:
        if not wish.problem:
            return replies.which_track(learner.what_comes(visit))
        return replies.problem(wish.problem, wish.near)
    standing = look(visit.session, visit.house, visit.caller.workspace_id, visit.caller.person_id)
    assert standing is not None
    when = f"at {wording.hour(standing.hours.at)} your time, {wording.weekdays(standing.hours.days)}"
    return replies.start_offer(
        wish.track,
        offer(visit.session, visit.learner, wish.track).state,
        when,
        waiting=standing.situation.open is not None,
    )


def _explain(visit: Visit, text: str) -> Reply:
    word = people_in(text)[1].strip()
    if not word:
        return replies.words("`/jargon FOMO` explains a word.")
    catalogue = visit.house.catalogue_of(visit.caller.workspace_id)
    view = explain(catalogue, word)
    if view.term is None and (asked := term_asked_for(word, catalogue)):
        view = ExplainView(asked.term, asked)
    return render(view)


def _wish(visit: Visit, verb: str, text: str) -> command_parser.ParsedCommand:
    today = visit.today
    return command_parser.parse_command(verb, text, visit.house.catalogue_of(visit.caller.workspace_id), today)


def _assign(visit: Visit, text: str) -> Reply:
    return _order(visit, _wish(visit, "assign", text)) if text else admin.assign(visit, text)


def _add(visit: Visit, text: str) -> Reply:
    """With somebody named it assigns; else it is lessons that somebody wants to add."""
    return _assign(visit, text) if names_somebody(text) else admin_replies.adding_lessons()


def _report(visit: Visit, _text: str) -> Reply:
    return admin_replies.no_reports(sorted(visit.house.admins_of(visit.caller.workspace_id)))


def _remove(visit: Visit, text: str) -> Reply:
    return _order(visit, _wish(visit, "remove", text))


def _order(visit: Visit, wish: command_parser.ParsedCommand) -> Reply:
    if wish.problem:
        return replies.problem(wish.problem, wish.near)
    if not wish.people or wish.track is None:
        missing = "Who is it for?" if not wish.people else "Which track?"
        return replies.problem(f"{missing} For example: `/track {wish.verb} @person speak-the-language`.")
    asked = Order(
        visit.caller.workspace_id,
        visit.caller.request_id,
        visit.caller.person_id,
        wish.verb,
        wish.track.id,
        {"ids": list(wish.people)},
        visit.at,
        wish.first_day,
        wish.at,
        wish.days,
        wish.restart,
    )
    if wish.either is not None:
        order = ordering.draft(visit.session, asked)
        if order.state != "asks":
            return admin_replies.order_answered(order.state)
        many = len(wish.people) > ordering.MANY
        return which_day.order_asks_day(order.order_id, wish.track, wish.people, wish.either, wish.restart, many=many)
    order = ordering.place(visit.session, visit.house, asked)
    if order.state == "asks":
        return admin_replies.order_asks(order.order_id, wish.track, wish.people, restart=wish.restart)
    return admin_replies.order_taken(wish.verb, wish.track, wish.people, restart=wish.restart)


def _preview(visit: Visit, text: str) -> Reply:
    wish = _wish(visit, "preview", text)
    if wish.problem:
        return replies.problem(wish.problem, wish.near)
    if wish.track is None:
        return replies.problem("Which track? For example: `/track preview speak-the-language 3`.")
    number = 1 if wish.number is None else wish.number
    if not 1 <= number <= len(wish.track.items):
        return replies.problem(f"*{wish.track.title}* has items 1 to {len(wish.track.items)}.")
    item = visit.house.catalogue_of(visit.caller.workspace_id).items[wish.track.items[number - 1]]
    return render(ItemView(ids.preview(wish.track.id, number), item, number, len(wish.track.items), wish.track.title))


def _list(visit: Visit, _text: str) -> Reply:
    return admin_replies.track_list(list(visit.house.catalogue_of(visit.caller.workspace_id).tracks.values()))


def _track_help(visit: Visit, _text: str) -> Reply:
    return admin_replies.track_help(files=status.sends_files(visit))


LEARN: dict[str, Typed] = {
    "": Typed(learner.menu, Who.ANYBODY, "a menu, as a dialog", repeatable=True),
    "next": Typed(_next, Who.ANYBODY, "the next item, or where the open one is", repeatable=True),
    "progress": Typed(learner.how_far, Who.ANYBODY, "how far one is", repeatable=True),
    "pause": Typed(_pause, Who.ANYBODY, "that it is paused, and the way out", repeatable=True),
    "resume": Typed(_resume, Who.ANYBODY, "when the next one comes", repeatable=True),
    "tracks": Typed(learner.tracks, Who.ANYBODY, "the tracks one can start", repeatable=True),
    "start": Typed(_start, Who.ANYBODY, "what starting a track means, with a button", repeatable=True),
    "leave": Typed(leaving.offer, Who.ANYBODY, "what leaving a track means, with the button", repeatable=True),
    "settings": Typed(learner.settings, Who.ANYBODY, "the settings, as a dialog", repeatable=True),
    "help": Typed(learner.help_text, Who.ANYBODY, "what one can do, and who sees what", repeatable=True),
}
TRACK: dict[str, Typed] = {
    "": Typed(admin.assign, Who.ADMIN, "the assignment, as a dialog", repeatable=True),
    "assign": Typed(_assign, Who.ADMIN, "that it is on its way, or a question first", repeatable=True),
    "add": Typed(_add, Who.ADMIN, "with a person as `assign`; else how lessons are added", repeatable=True),
    "report": Typed(_report, Who.ADMIN, "what figures there are, and who sees them", repeatable=True),
    "remove": Typed(_remove, Who.ADMIN, "that it is on its way", repeatable=True),
    "list": Typed(_list, Who.ADMIN, "the tracks there are", repeatable=True),
    "status": Typed(status.status, Who.ADMIN, "figures, or names a page at a time", repeatable=True),
    "preview": Typed(_preview, Who.ADMIN, "an item as learners see it", repeatable=True),
    "help": Typed(_track_help, Who.ADMIN, "what admins can type", repeatable=True),
}
JARGON: dict[str, Typed] = {
    "": Typed(_explain, Who.ANYBODY, "the word's explainer, or the nearest words", repeatable=True)
}
COMMANDS: dict[str, dict[str, Typed]] = {"/learn": LEARN, "/track": TRACK, "/jargon": JARGON}
USAGE = {"/learn": replies.LEARN_USAGE, "/track": admin_replies.TRACK_USAGE}


@dataclass(frozen=True)
class Reading:
    """A command taken apart: the deed, what it is called, and the rest of the text."""

    deed: Typed
    verb: str
    rest: str


def read(command: str, text: str) -> Reading:
    """What was typed after a command."""
    deeds, text = COMMANDS[command], plain(text)
    verbs = tuple(verb for verb in deeds if verb)
    if not verbs:
        return Reading(deeds[""], "", text)
    text = command_verbs.without_command(command, text)
    verb, rest, _ = command_verbs.verb_of(text, verbs)
    if not verb:
        verb, rest = command_verbs.later_verb(text, verbs, people=command == "/track")
    if not verb and not any(map(str.isalnum, text)):
        # signs alone
        verb, rest = "help" if "?" in text else "", ""
        return Reading(deeds[verb], verb, rest)
    if verb:
        return Reading(deeds[verb], verb, rest)
    if asked := command_verbs.about(text, verbs):
        return Reading(deeds[asked], asked, "")
    return Reading(_another_word(command, text, verbs), "another word", text)


def _another_word(command: str, text: str, verbs: Sequence[str]) -> Typed:
    """A first word that is no verb. An admin who names people may have left *assign* out."""
    word = shown(text).split(maxsplit=1)[0]
    _, _, near = command_verbs.verb_of(word, verbs)
    unknown = replies.unknown_verb(command, word, near, USAGE[command])

    def answer(visit: Visit, said: str) -> Reply:
        return unknown if command != "/track" else _without_verb(visit, said) or unknown

    return Typed(answer, COMMANDS[command]["help"].who, "", repeatable=True)


def _without_verb(visit: Visit, text: str) -> Reply:
    """A person alone asks for their status; people and a track are an assignment."""
    people, beside = people_in(text)
    if people and not any(map(str.isalnum, beside)):
        return status.status(visit, text)
    wish = _wish(visit, "assign", text)
    assigns = wish.people and wish.track and not wish.problem
    first = text.split(maxsplit=1)[0]
    return _order(visit, wish) if assigns or names_somebody(first) or bare(first) in EVERYBODY else None
