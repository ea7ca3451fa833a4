"""Handlers of slash commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import orders as ordering
from bot.actions.begin import begin, recall
from bot.actions.self_start import offer
from bot.actions.trial import run_through
from bot.domain.ambiguous_day import AmbiguousDay
from bot.domain.orders import Order, OrderState, OrderVerb, people_json
from bot.domain.typed_dates import ReadingError, bare
from bot.domain.vocabulary import EVERYBODY
from bot.messages import admin_replies, ambiguous_day, formatting, pause_replies, render, replies
from bot.planning.holds import pause, resume
from bot.queries.glossary import explain
from bot.queries.message_view import preview_of
from bot.queries.order_look import look_before
from bot.queries.reports import progress
from bot.slack.handlers import (
    admin_taps,
    admins,
    briefs,
    drafts,
    learner_taps,
    leaving,
    own_data,
    paused_tracks,
    quiet_days,
    reporting,
    review_taps,
    rules,
    status,
    strategy,
    writing,
)
from bot.slack.handlers.learner_taps import reply_to_beginning
from bot.slack.handlers.request import Allowed, Handler, MembersOrder, Reply, Request, looked_up
from bot.slack.typed import command_parser, command_verbs
from bot.slack.typed.asked_terms import term_asked_for
from bot.slack.typed.command_text import names_somebody, people_in, plain, shown
from bot.slack.typed.pause_parser import likely_end, parse_pause
from bot.view_models import ExplainView, OrderView

Typed = Handler[str]


def _next(request: Request, _text: str) -> Reply:
    # a request repeated after an answer would bring another item, so it is only recalled
    ask = begin if request.fresh else recall
    return reply_to_beginning(request, ask(request.state, request.caller.request_id))


def _pause(request: Request, text: str) -> Reply:
    try:
        until = parse_pause(text, request.today)
    except ReadingError as problem:
        return pause_replies.unread(str(problem), likely_end(text, request.today), request.today)
    if isinstance(until, AmbiguousDay):
        return ambiguous_day.pause_asks(until)
    if request.fresh:
        pause(request.state, until)
    running = [t for t in progress(request.state) if t.running]
    return pause_replies.paused(until, request.today, running)


def _resume(request: Request, _text: str) -> Reply:
    was_paused = request.fresh and resume(request.state)
    return pause_replies.resumed(was_paused, learner_taps.what_comes(request))


def _start(request: Request, text: str) -> Reply:
    parsed = command_parser.find_track(text, request.ctx.catalogue_of(request.caller.workspace_id))
    if parsed.track is None:
        if not parsed.problem:
            return replies.which_track(learner_taps.what_comes(request))
        return replies.problem(parsed.problem, parsed.near)
    state = request.state
    when = f"at {formatting.hour(state.hours.at)} your time, {formatting.weekdays(state.hours.days)}"
    return replies.start_offer(
        parsed.track,
        offer(state, parsed.track).state,
        when,
        waiting=state.situation.open is not None,
    )


def _explain(request: Request, text: str) -> Reply:
    word = people_in(text)[1].strip()
    if not word:
        return replies.words("`/jargon FOMO` explains a word.")
    catalogue = request.ctx.catalogue_of(request.caller.workspace_id)
    view = explain(catalogue, word)
    if view.term is None and (asked := term_asked_for(word, catalogue)):
        view = ExplainView(asked=asked.term, term=asked)
    looked_up(request, [view.term.id] if view.term else [], "" if view.term else word)
    return render(view)


def _parse_order(request: Request, verb: str, text: str) -> command_parser.ParsedCommand:
    today = request.today
    return command_parser.parse_command(verb, text, request.ctx.catalogue_of(request.caller.workspace_id), today)


def _assign(request: Request, text: str) -> Reply:
    return (
        _order(request, OrderVerb.ASSIGN, _parse_order(request, "assign", text))
        if text
        else admin_taps.assign(request, text)
    )


def _add(request: Request, text: str) -> Reply:
    """Assign if a person is named; otherwise say how lessons are added."""
    return _assign(request, text) if names_somebody(text) else admin_replies.adding_lessons()


def _remove(request: Request, text: str) -> Reply:
    return _order(request, OrderVerb.REMOVE, _parse_order(request, "remove", text))


def _order(request: Request, verb: OrderVerb, parsed: command_parser.ParsedCommand) -> Reply:
    if parsed.problem:
        return replies.problem(parsed.problem, parsed.near)
    if not parsed.names_somebody or parsed.track is None:
        missing = "Who is it for?" if not parsed.names_somebody else "Which track?"
        return replies.problem(f"{missing} For example: `/track {parsed.verb} @person speak-the-language`.")
    asked = Order(
        workspace_id=request.caller.workspace_id,
        order_id=request.caller.request_id,
        admin_id=request.caller.person_id,
        verb=verb,
        track_id=parsed.track.id,
        people=people_json(parsed.people, parsed.sources),
        created_at=request.at,
        first_day=parsed.first_day,
        at=parsed.at,
        days=parsed.days,
        restart=parsed.restart,
        then=tuple(track.id for track in parsed.then),
    )
    if len(parsed.people) > ordering.MOST_PEOPLE:
        return replies.problem(f"That is more than {ordering.MOST_PEOPLE:,} people. Assign them in two rounds.")
    if parsed.sources:
        return MembersOrder(order=asked, sources=parsed.sources, either=parsed.either)
    if parsed.either is not None:
        order = ordering.draft(request.session, asked)
        if order.state is not OrderState.ASKS:
            return admin_replies.order_answered(order.state)
        many = len(parsed.people) > ordering.MANY
        return ambiguous_day.order_asks_day(_look(request, order), parsed.either, many=many)
    order = ordering.submit(request.session, request.ctx, asked)
    if order.state is OrderState.ASKS:
        return admin_replies.order_asks(_look(request, order))
    return admin_replies.order_taken(verb, parsed.track, parsed.people, restart=parsed.restart)


def _look(request: Request, order: Order) -> OrderView:
    return look_before(request.session, request.ctx, order, request.today)


def _no_track(parsed: command_parser.ParsedCommand, example: str) -> Reply:
    return replies.problem(parsed.problem or f"Which track? For example: `{example}`.", parsed.near)


def _preview(request: Request, text: str) -> Reply:
    parsed = _parse_order(request, "preview", text)
    if parsed.track is None or parsed.problem:
        return _no_track(parsed, "/track preview speak-the-language 3")
    number = 1 if parsed.number is None else parsed.number
    if not 1 <= number <= len(parsed.track.items):
        return replies.problem(f"*{parsed.track.title}* has items 1 to {len(parsed.track.items)}.")
    return render(preview_of(request.state.catalogue, parsed.track.id, number))


def _trial(request: Request, text: str) -> Reply:
    """Send a whole track to the admin alone, spread over ten minutes."""
    parsed = _parse_order(request, "test", text)
    if parsed.track is None or parsed.problem:
        return _no_track(parsed, "/track test speak-the-language")
    if request.fresh:
        run_through(request.state, parsed.track, request.caller.request_id)
    return admin_replies.test_run(parsed.track)


def _list(request: Request, _text: str) -> Reply:
    return admin_replies.track_list(list(request.ctx.catalogue_of(request.caller.workspace_id).tracks.values()))


def _track_help(request: Request, _text: str) -> Reply:
    return admin_replies.track_help(files=status.sends_files(request))


LEARN: dict[str, Typed] = {
    "": Typed(learner_taps.menu, Allowed.ANYBODY, "a menu, as a dialog", repeatable=True),
    "next": Typed(_next, Allowed.ANYBODY, "the next item, or where the open one is", repeatable=True),
    "review": Typed(review_taps.bring, Allowed.ANYBODY, "what is due to come back, or when", repeatable=True),
    "progress": Typed(learner_taps.how_far, Allowed.ANYBODY, "how far one is, and what comes back", repeatable=True),
    "brief": Typed(briefs.typed, Allowed.ANYBODY, "five terms and three questions before a meeting", repeatable=True),
    "pause": Typed(_pause, Allowed.ANYBODY, "that it is paused, and the way out", repeatable=True),
    "resume": Typed(_resume, Allowed.ANYBODY, "when the next one comes", repeatable=True),
    "tracks": Typed(learner_taps.tracks, Allowed.ANYBODY, "the tracks one can start", repeatable=True),
    "start": Typed(_start, Allowed.ANYBODY, "what starting a track means, with a button", repeatable=True),
    "leave": Typed(leaving.offer, Allowed.ANYBODY, "what leaving a track means, with the button", repeatable=True),
    "settings": Typed(learner_taps.settings, Allowed.ANYBODY, "the settings, as a dialog", repeatable=True),
    "strategy": Typed(strategy.page, Allowed.ANYBODY, "their strategy page, as a dialog", repeatable=True),
    "export": Typed(own_data.copy, Allowed.ANYBODY, "a copy of their data, in their messages", repeatable=True),
    "forget-me": Typed(own_data.ask, Allowed.ANYBODY, "what being forgotten means, as a dialog", repeatable=True),
    "help": Typed(learner_taps.help_text, Allowed.ANYBODY, "what one can do, and who sees what", repeatable=True),
}
TRACK: dict[str, Typed] = {
    "": Typed(admin_taps.assign, Allowed.ADMIN, "the assignment, as a dialog", repeatable=True),
    "assign": Typed(_assign, Allowed.ADMIN, "that it is on its way, or a question first", repeatable=True),
    "add": Typed(_add, Allowed.ADMIN, "with a person as `assign`; else how lessons are added", repeatable=True),
    "report": Typed(
        reporting.typed, Allowed.ADMIN, "how many were assigned, began and finished, month by month", repeatable=True
    ),
    "remove": Typed(_remove, Allowed.ADMIN, "that it is on its way", repeatable=True),
    "rule": Typed(rules.typed, Allowed.ADMIN, "the rules, or a question before a new one", repeatable=True),
    "quiet": Typed(quiet_days.typed, Allowed.ADMIN, "the quiet days ahead", repeatable=True),
    "pause": Typed(paused_tracks.pause, Allowed.ADMIN, "that a track is paused for everybody", repeatable=True),
    "resume": Typed(paused_tracks.resume, Allowed.ADMIN, "that a track goes on for everybody", repeatable=True),
    "admins": Typed(admins.typed, Allowed.ADMIN, "who the admins are", repeatable=True),
    "audit": Typed(admins.audited, Allowed.ADMIN, "what admins did, the latest first", repeatable=True),
    "list": Typed(_list, Allowed.ADMIN, "the tracks there are", repeatable=True),
    "status": Typed(status.status, Allowed.ADMIN, "figures, or names a page at a time", repeatable=True),
    "preview": Typed(_preview, Allowed.ADMIN, "an item as learners see it", repeatable=True),
    "test": Typed(_trial, Allowed.ADMIN, "that the whole track comes to them, in ten minutes", repeatable=True),
    "write": Typed(writing.write, Allowed.ADMIN, "what was written here, and ways to write more", repeatable=True),
    "draft": Typed(drafts.show, Allowed.ADMIN, "their discussion draft, or what one is", repeatable=True),
    "help": Typed(_track_help, Allowed.ADMIN, "what admins can type", repeatable=True),
}
JARGON: dict[str, Typed] = {
    "": Typed(_explain, Allowed.ANYBODY, "the word's explainer, or the nearest words", repeatable=True)
}
COMMANDS: dict[str, dict[str, Typed]] = {"/learn": LEARN, "/track": TRACK, "/jargon": JARGON}
USAGE = {"/learn": replies.LEARN_USAGE, "/track": admin_replies.TRACK_USAGE}


@dataclass(frozen=True)
class Reading:
    """A parsed command: its handler, its name, and the rest of the text."""

    handler: Typed
    verb: str
    rest: str


def read(command: str, text: str) -> Reading:
    """Parse the text after a command."""
    handlers, text = COMMANDS[command], plain(text)
    verbs = tuple(verb for verb in handlers if verb)
    if not verbs:
        return Reading(handlers[""], "", text)
    text = command_verbs.without_command(command, text)
    verb, rest, _ = command_verbs.verb_of(text, verbs)
    if not verb:
        verb, rest = command_verbs.later_verb(text, verbs, people=command == "/track")
    if not verb and not any(map(str.isalnum, text)):
        # punctuation alone is no text
        verb, rest = "help" if "?" in text else "", ""
        return Reading(handlers[verb], verb, rest)
    if verb:
        return Reading(handlers[verb], verb, rest)
    if asked := command_verbs.about(text, verbs):
        return Reading(handlers[asked], asked, "")
    return Reading(_another_word(command, text, verbs), "another word", text)


def _another_word(command: str, text: str, verbs: Sequence[str]) -> Typed:
    """Return the handler for a first word that is no verb. An admin who names people may have left *assign* out."""
    word = shown(text).split(maxsplit=1)[0]
    _, _, near = command_verbs.verb_of(word, verbs)
    unknown = replies.unknown_verb(command, word, near, USAGE[command])

    def answer(request: Request, said: str) -> Reply:
        return unknown if command != "/track" else _without_verb(request, said) or unknown

    return Typed(answer, COMMANDS[command]["help"].allowed, "", repeatable=True)


def _without_verb(request: Request, text: str) -> Reply:
    """Return the status of a person who stands alone; people and a track are an assignment."""
    people, beside = people_in(text)
    if people and not any(map(str.isalnum, beside)):
        return status.status(request, text)
    parsed = _parse_order(request, "assign", text)
    assigns = parsed.names_somebody and parsed.track and not parsed.problem
    first = text.split(maxsplit=1)[0]
    named = names_somebody(first) or bare(first) in EVERYBODY
    return _order(request, OrderVerb.ASSIGN, parsed) if assigns or named else None
