"""Who asks, for what, and how: the raw payloads of everything in Slack, from anybody, about anything."""

from __future__ import annotations

import itertools
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.domain.written import FormField
from bot.messages import brief, dialogs, drafts, error_reports, forgetting, ids, replies, strategy, ticks, writing
from bot.slack.handlers.request import ADMINS, Allowed
from bot.slack.handlers.taps import TAPS
from bot.slack.inbound.prioritized_app import THREADS
from bot.store import tables
from localslack import payloads
from localslack.objects import SISTER, PostedMessage, User
from tests import patience
from tests.helpers import ADMIN, AIKO, HENRIK, MAYA, TEAM, Running, words_of
from tests.surface import IN_PREVIEW, OTHER, Entry, entries

SECOND_ADMIN, GONE_ADMIN, TOM, LEE, GUEST = "U0RUTH", "U0GONE", "U0TOM", "U0LEE", "U0GUEST"
SOFIA = "U0SOFIA"
ELSEWHERE = "T0OTHER"
TRACK = "speak-the-language"
MADE_UP = ("0" * 32, "no such thing")
REFUSALS = {
    "not an admin": words_of({"blocks": replies.not_an_admin().blocks}),
    "nothing of that kind": words_of({"blocks": replies.old_button().blocks}),
    "not from here": words_of({"blocks": replies.not_from_here().blocks}),
    "not installed": replies.not_installed().text,
}
Payload = dict[str, Any]
Rows = dict[str, list[tuple[Any, ...]]]
_count = itertools.count(1)


@dataclass(frozen=True)
class Asker:
    """Somebody in Slack. `user` is "" for somebody new each time, of whom Slack says what is in `made`; `team` is the
    workspace that the payload says.
    """

    name: str
    user: str
    admin: bool = False
    foreign: bool = False
    team: str = TEAM
    made: tuple[tuple[str, Any], ...] = ()


ASKERS = (
    Asker("the admin who asked", ADMIN, admin=True),
    Asker("another admin", SECOND_ADMIN, admin=True),
    Asker("the learner whose it is", HENRIK),
    Asker("another learner", MAYA),
    Asker("a stranger", ""),
    Asker("a member whose home is a sister workspace", SOFIA),
    Asker("a guest", GUEST),
    Asker("somebody deactivated", TOM),
    Asker("a deactivated admin", GONE_ADMIN),
    Asker("somebody of another workspace", LEE, foreign=True),
    Asker("somebody whose own Slack is another", LEE, foreign=True, team=ELSEWHERE),
    Asker("somebody new in a shared channel", "", foreign=True, made=(("team", ELSEWHERE), ("shares_channel", True))),
    Asker("somebody new at home in a sister workspace", "", made=(("team", SISTER), ("teams", (SISTER, TEAM)))),
)


@dataclass(frozen=True)
class Subject:
    """What something is asked about. `whose`: the one person it belongs to, "" for what is everybody's."""

    id: str
    whose: str = ""
    made_up: bool = False

    def belongs_to(self, user: str) -> bool:
        """True for the one it belongs to, and for what is everybody's."""
        return not self.made_up and self.whose in {"", user}


@dataclass
class Ground:
    """A bot with something of every kind in it, and the ids of that by kind."""

    bot: Running
    file: sqlite3.Connection
    """Beside the bot's own connections: it looks more than a thousand times."""
    subjects: dict[str, Subject]
    before: Rows = field(default_factory=dict)

    def settled(self) -> None:
        """Wait until every listener has finished, and what follows it: all threads meet here."""
        bolt = self.bot.app.bolt
        # what was acknowledged hands over what follows it before it is in flight no more
        bolt.in_flight.make_way()
        everybody = threading.Barrier(THREADS + 1)
        for _ in range(THREADS):
            bolt.low_priority.submit(everybody.wait, patience.SECONDS)
        everybody.wait(patience.SECONDS)
        self.bot.app.sender.rest()


ABOUT: dict[str, tuple[str, str, str]] = {
    "answer": ("answer:1:0", "", "question"),
    "read": ("read", "", "question"),
    "read_again": ("read_again", "why-the-words-matter", ""),
    "more": ("more", "later", "question"),
    "show": ("show", "", "reminder"),
    "start": ("start", "", "welcome"),
    "hour": ("hour", "07:00", "welcome"),
    "not_now": ("not_now", "", "welcome"),
    "resume": ("resume", "", "item"),
    "talk": ("talk", "", "closing"),
    "begin": ("begin", "", "track"),
    "term": ("term", "fomo", ""),
    "set_hour": ("set_hour:08-30", "", ""),
    "confirm": ("confirm", "", "asked"),
    "mean": ("mean", "who", "asked"),
    "lesson": ("lesson:stories-reels-shorts", "", ""),
    "show_text": ("show_text", "", "item"),
    "sure": ("sure:2:yes", "", "review"),
    "ticks": ("ticks", "", "track"),
    "skip_text": ("skip_text", "", "ticked"),
    "remember": ("remember:fomo", "", ""),
    "take_back": ("take_back:fomo", "", ""),
    "quit_track": (f"quit_track:{TRACK}", "", ""),
    "come_back": (f"come_back:{TRACK}", "", ""),
    "order_yes": ("order_yes", "", "order to go"),
    "order_no": ("order_no", "", "order to cancel"),
    "from_day": ("from_day:2026-03-20", "", "order to date"),
    "quiet_end": ("quiet_end", "", "quiet"),
    "dismiss": ("dismiss", "", "appointed"),
    "note": ("note", "", "track"),
    "rule_pause": ("rule_pause", "", "rule"),
    "rule_resume": ("rule_resume", "", "rule"),
    "rule_end": ("rule_end", "", "rule"),
    "undo": ("undo", "", "summary"),
    "undo_yes": ("undo_yes", "", "summary"),
    "undo_no": ("undo_no", "", "summary"),
    "move_start": ("move_start", "", "summary"),
    "start_again": ("start_again", "", "summary"),
    "status": ("status:1", "", "track"),
    "as_file": ("as_file", "", "track"),
    "names": ("names:speak-the-language", "", "track"),
    "talked": ("talked", "", "wish"),
    "comfort": ("comfort:3", "", "closing"),
    "worth": ("worth:yes", "", "item"),
    "group": ("group:no", "", "page"),
    "group_page": ("group_page:off-1", "", "track"),
    "report_pdf": (f"report_pdf:{TRACK}", "", "track"),
    "report_csv": (f"report_csv:{TRACK}", "", "track"),
    "report_monthly": ("report_monthly:on", "", "track"),
    "prompt": ("prompt:memes-and-virality", "", ""),
    "unshare": ("unshare", "", ""),
    "read_shared": ("read_shared", "", ""),
    "draft_mine": ("draft_mine", "", "draft"),
    "draft_read": ("draft_read", "", "draft"),
    "wrong_settled": ("wrong_settled:000000000000", "", ""),
    "write_edit": ("write_edit:our-word", "", ""),
    "write_wording": ("write_wording:our-word", "", ""),
    "write_withdraw": ("write_withdraw:our-word", "", ""),
}
"""Of taps that say more than their verb: action, chosen option, and what kind of thing they are about."""
PERSONAL = {
    verb: (verb, "", "")
    for verb in (
        "next",
        "bring",
        "pause",
        "send_anyway",
        "settings",
        "tracks",
        "progress",
        "meeting",
        "export",
        "strategy",
        "page_pdf",
        "page_text",
        "share",
        "forget_me",
        "who",
        "help",
        "leaving",
    )
}
FOR_ADMINS = {
    verb: (verb, "", "")
    for verb in (
        "enrolled",
        "assign",
        "resend",
        "leave",
        "draft_anew",
        "audit_file",
        "rules",
        "report",
        "write_lesson",
        "write_word",
        "write_paste",
        "write_files",
    )
}
TAPPED = {**ABOUT, **PERSONAL, **FOR_ADMINS}
assert TAPPED.keys() == TAPS.keys(), "a new tap needs a line here: what is it about?"
TYPED = {
    "start": TRACK,
    "pause": "until 2026-03-20",
    "assign": f"<@{AIKO}> {TRACK}",
    "add": f"<@{AIKO}> {TRACK}",
    "remove": f"<@{AIKO}> {TRACK}",
    "quiet": "from 2026-12-21 to 2026-12-31",
    "admins": f"<@{AIKO}>",
    "rule": f"<!subteam^S0LEADERSHIP|@leadership> {TRACK}",
    "preview": TRACK,
    OTHER: "",
}
"""What is typed after a word that wants more."""
FILLED: dict[str, dict[str, Any]] = {
    dialogs.SETTINGS: {
        dialogs.HOUR: {"type": "static_select", "selected_option": {"value": "09:30"}},
        dialogs.DAYS: {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "3"}]},
        dialogs.ZONE: {"type": "external_select", "selected_option": {"value": "usual"}},
        dialogs.COUNTRY: {"type": "external_select", "selected_option": {"value": "usual"}},
        dialogs.TITLE: {"type": "checkboxes", "selected_options": []},
        dialogs.PAUSE: {"type": "radio_buttons", "selected_option": {"value": "running"}},
        dialogs.UNTIL: {"type": "datepicker", "selected_date": None},
    },
    dialogs.ASSIGN: {
        dialogs.PEOPLE: {"type": "multi_users_select", "selected_users": [AIKO]},
        dialogs.PASTED: {"type": "rich_text_input"},
        dialogs.TRACK: {"type": "static_select", "selected_option": {"value": TRACK}},
    },
    dialogs.CONFIRM: {},
    forgetting.CALLBACK: {},
    ticks.TICKS: {ticks.KNOWN: {"type": "checkboxes", "selected_options": [{"value": "fomo"}]}},
    strategy.PROMPT: {strategy.INPUTS[0]: {"type": "plain_text_input", "value": "Two people."}},
    strategy.SHARE: {strategy.WITH: {"type": "users_select", "selected_user": AIKO}},
    drafts.MAKE: {},
    drafts.AGREE: {},
    writing.LESSON: {writing.TRACK: {"type": "static_select", "selected_option": {"value": TRACK}}},
    writing.TERM: {writing.input_of(FormField.TITLE): {"type": "plain_text_input", "value": "Our word"}},
    writing.PASTE: {writing.FILE: {"type": "plain_text_input", "value": "no file"}},
    writing.WORDING: {writing.input_of(FormField.STEM): {"type": "plain_text_input", "value": "Which?"}},
    writing.PUBLISH: {},
    writing.WITHDRAW: {},
    brief.CALLBACK: {brief.ABOUT: {"type": "external_select", "selected_option": {"value": f"track:{TRACK}"}}},
    error_reports.CALLBACK: {error_reports.SENTENCE: {"type": "plain_text_input", "value": "The date is wrong."}},
}


def subjects_of(entry: Entry, ground: Ground, place: str) -> list[Subject]:
    """What an entry is tried with: the real thing, and for what belongs to somebody, ids that nobody ever gave.

    Where a tap was made changes only how its answer is shown, so one place is enough for the latter.
    """
    kind, _, what = entry.name.partition(" ")
    if kind == "tap" and entry.name != IN_PREVIEW:
        about = TAPPED[what][2]
    else:
        about = {
            IN_PREVIEW: "preview",
            "dialog confirm": "order in a dialog",
            "dialog wrong": "report",
            "dialog prompt": "prompt",
            "dialog ticks": "track",
            "dialog agree": "draft",
        }.get(entry.name, "")
    if not about:
        return [Subject(ids.ME)]
    real = ground.subjects[about]
    if not real.whose or (kind == "tap" and place == "view"):
        return [real]
    never_given = [*MADE_UP, f"{real.id.partition('.')[0]}.{'0' * 32}"] if about == "question" else MADE_UP
    return [real, *(Subject(made_up, "nobody", made_up=True) for made_up in never_given)]


def expected(entry: Entry, asker: Asker, user: str, subject: Subject, place: str) -> str:
    """Which refusal there must be, by what the table says of who may; "" for none."""
    if asker.team != TEAM and place == "message":
        return "not installed"
    if asker.foreign:
        return "not from here"
    if entry.allowed in ADMINS and not asker.admin:
        return "not an admin"
    mine = subject.belongs_to(user)
    allowed = {Allowed.ANYBODY: mine, Allowed.OWNER: mine, Allowed.ADMIN: True, Allowed.ASKER: mine}[entry.allowed]
    return "" if allowed else "nothing of that kind"


def places(entry: Entry) -> tuple[str, ...]:
    """Where a tap may be made; where an answer comes as a dialog, and not as a whisper, differs."""
    kind = entry.name.partition(" ")[0]
    if kind == "tap":
        return ("message", "view")
    return ("view",) if kind in {"dialog", "search"} else ("message",)


def ask(ground: Ground, entry: Entry, asker: Asker, user: str, subject: Subject, place: str) -> str:
    """Send it as Slack would, whoever it is from; all words that came back."""
    slack = ground.bot.slack
    slack.world.modals.pop(user, None)
    seen = len(slack.whispers(user))
    kind, payload = _payload(ground, entry, asker, slack.world.users[user], subject, place)
    answers = kind == "slash_commands" or place == "view"
    ack = slack.do(slack.people.outbox.send(kind, payload, answers=answers))
    assert ack is not None, f"{entry.name} wasn't acknowledged"
    ground.settled()
    shown = [*slack.whispers(user)[seen:]]
    stack = [opened.view for opened in slack.world.modals.get(user, [])]
    views = [*({"blocks": m.blocks} for m in shown), *stack, ack.get("view") or {}, ack]
    plain = [m.text for m in shown if not m.blocks] + [str(ack.get("text", ""))]
    return "\n".join([*map(words_of, views), *plain, *(str(o) for o in ack.get("options", []))])


def refusals_in(words: str) -> set[str]:
    """Which refusals were said."""
    return {name for name, said in REFUSALS.items() if said in words}


def _payload(
    ground: Ground, entry: Entry, asker: Asker, user: User, subject: Subject, place: str
) -> tuple[str, Payload]:
    kind, _, what = entry.name.partition(" ")
    if kind.startswith("/"):
        return "slash_commands", _command(ground, asker, user, kind, what)
    if kind == "event":
        return "events_api", _event(ground, asker, user, what)
    made = {"tap": _tap, "dialog": _submit, "search": _search, "shortcut": _shortcut}[kind]
    payload = made(ground, user, IN_PREVIEW if entry.name == IN_PREVIEW else what, subject, place)
    answering = _answering(ground, user, with_url=place == "message")
    sent = payloads.interaction(user, payload, **answering)
    return "interactive", {**sent, "team": {**sent["team"], "id": asker.team}}


def _answering(ground: Ground, user: User, *, with_url: bool) -> dict[str, str]:
    world = ground.bot.slack.world
    trigger = {"trigger_id": world.new_trigger(user.id)}
    if not with_url:
        return trigger
    key = world.new_response_url(world.dm(user.id).id, user.id)
    return {**trigger, "response_url": f"{ground.bot.slack.url}/response/{key}"}


def _command(ground: Ground, asker: Asker, user: User, name: str, verb: str) -> Payload:
    channel = ground.bot.slack.world.dm(user.id)
    text = f"{'zzzzzz' if verb == OTHER else verb} {TYPED.get(verb, '')}".strip() or (
        "fomo" if name == "/jargon" else ""
    )
    answering = _answering(ground, user, with_url=True)
    return {**payloads.command(user, channel, name, text, **answering), "team_id": asker.team}


def _tap(ground: Ground, user: User, verb: str, subject: Subject, place: str) -> Payload:
    action_id, chosen, _ = TAPPED.get(verb, ("answer:0", "", ""))
    action: Payload = {"type": "button", "action_id": action_id, "block_id": subject.id, "action_ts": _new_ts()}
    if chosen:
        action |= {"type": "static_select", "selected_option": {"value": chosen}}
    if place == "view":
        return payloads.tap_in_view(_view("home", "", ""), action)
    channel = ground.bot.slack.world.dm(user.id)
    message = PostedMessage(
        channel=channel.id, ts=_new_ts(), user="U0MISSINGLINK", text="x", business=ground.bot.slack.world.now()
    )
    return payloads.tap_in_message(channel, message, action, {"values": {}})


def _submit(_ground: Ground, _user: User, callback_id: str, subject: Subject, _place: str) -> Payload:
    view = _view("modal", callback_id, subject.id)
    view["state"] = {"values": {name: {name: value} for name, value in FILLED[callback_id].items()}}
    return payloads.submission(view)


def _search(_ground: Ground, _user: User, action_id: str, _subject: Subject, _place: str) -> Payload:
    return payloads.suggestion(_view("modal", dialogs.SETTINGS, ""), action_id, action_id, "berlin")


def _shortcut(ground: Ground, user: User, callback_id: str, _subject: Subject, _place: str) -> Payload:
    channel = ground.bot.slack.world.dm(user.id)
    message = PostedMessage(
        channel=channel.id, ts=_new_ts(), user=MAYA, text="The board has FOMO.", business=ground.bot.slack.world.now()
    )
    return payloads.shortcut(channel, message, callback_id)


def _event(ground: Ground, asker: Asker, user: User, what: str) -> Payload:
    world = ground.bot.slack.world
    channel, ts = world.dm(user.id).id, world.new_ts()
    inner: Payload = {"type": what.partition(".")[0], "user": user.id, "channel": channel, "event_ts": ts}
    if what == "message.im":
        inner |= {"channel_type": "im", "text": "fomo", "ts": ts, "team": user.team}
    else:
        inner |= {"tab": "home"}
    return {**payloads.event(world.new_id("Ev"), inner), "team_id": asker.team}


def _view(kind: str, callback_id: str, about: str) -> Payload:
    number = next(_count)
    return {
        "id": f"V0MADE{number}",
        "type": kind,
        "callback_id": callback_id,
        "private_metadata": about,
        "hash": f"{number}.made",
        "team_id": TEAM,
        "app_installed_team_id": TEAM,
        "blocks": [],
        "state": {"values": {}},
    }


def _new_ts() -> str:
    return f"{time.time():.0f}.{next(_count):06d}"


@cache
def _looked_at() -> Mapping[str, tuple[str, tuple[int, ...]]]:
    """By table, how its rows are read, and where their keys stand in them."""
    found = {}
    for each in tables.metadata.sorted_tables:
        if each.name not in {tables.request.name, tables.audit.name, tables.rate_limit.name}:
            names = [c.name for c in each.columns if c.name not in {"shown", "lags_real", "heard_wall"}]
            keys = [column.name for column in each.primary_key]
            listed, order = (", ".join(f'"{name}"' for name in given) for given in (names, keys))
            reading = f"SELECT {listed} FROM {each.name} ORDER BY {order}"
            found[each.name] = reading, tuple(names.index(key) for key in keys)
    return found


def rows(ground: Ground) -> Rows:
    """Every table's rows in the order of their keys, but for requests, the audit and the pace, which every request adds
    to, and for how far the drawing of a message lags behind what it should show, and when Slack was heard last.
    """
    return {name: ground.file.execute(reading).fetchall() for name, (reading, _) in _looked_at().items()}


def changes(before: Rows, after: Rows, user: str) -> Iterator[str]:
    """What is different now, but for the asker's own row, and holds of theirs that a sign of life ends, or a profile
    begins."""
    for name, (_, places) in _looked_at().items():
        if before[name] == after[name]:
            continue
        then, now = ({tuple(row[place] for place in places): row for row in each[name]} for each in (before, after))
        for key in then.keys() | now.keys():
            own = name == tables.learner.name and key[1] == user
            woken = name == tables.hold.name and key[1] == user and key[2] != "person"
            if then.get(key) != now.get(key) and not own and not woken:
                yield f"{name} {key}: {then.get(key)} became {now.get(key)}"


def last_audited(ground: Ground) -> int:
    """The number of the audit's last row."""
    return int(ground.file.execute("SELECT coalesce(max(rowid), 0) FROM audit").fetchone()[0])


def refused_after(ground: Ground, number: int) -> list[str]:
    """Who was refused something after a row, as the audit has it."""
    later = "SELECT actor FROM audit WHERE action = 'refused' AND rowid > ? ORDER BY rowid"
    return [actor for (actor,) in ground.file.execute(later, (number,))]


def to_try() -> list[Entry]:
    """Everything that people can ask for."""
    return [entry for entry in entries() if entry.allowed is not Allowed.SLACK]


def somebody_new(ground: Ground, asker: Asker) -> str:
    """The id of a person whom the bot has never met."""
    user = f"U0NEW{next(_count)}"
    made = User(
        id=user, handle=user.lower(), name="Somebody New", title="", tz="Europe/Paris", shown=False, **dict(asker.made)
    )
    ground.bot.slack.world.users[user] = made
    return user
