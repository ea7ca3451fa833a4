"""One DM that is read back after a gap, and the messages typed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.intents import TypedWords, WordsPage
from bot.slack.handlers.deps import Caller, Deps
from bot.slack.handlers.request import Request, met, open_request
from bot.slack.handlers.typed_messages import SOON, MissedMessage, decides, handle_missed
from bot.slack.inbound.payloads import typed_message_id
from bot.slack.typed.slack_text import as_typed
from bot.store import requests
from bot.store.unread_dms import Unread

MARGIN = timedelta(minutes=5)
"""A DM is read from so long before the gap. When the gap began is told by the machine's clock, which may be ahead of
Slack's (further off, signed requests would be refused), and by a line that may have been silent before it was found
dead. What was heard in that time is known by its id.
"""


@dataclass(kw_only=True)
class DmBacklog:
    """A DM being read page by page, the newest first. Messages read so far are in memory alone."""

    claim: Unread
    channel_id: str
    since: datetime
    """The instant, on Slack's clock, back to which this reading goes."""
    cursor: str = ""
    whole: bool = False
    said: dict[str, TypedWords] = field(default_factory=dict)
    """The messages by their `ts`."""
    read_to: float = 0.0
    """The `ts` up to which all messages are known."""
    unanswered: int = 0
    """The number of calls in a row without an answer."""
    acted: bool = False

    @classmethod
    def take_up(cls, claim: Unread, channel_id: str) -> DmBacklog:
        """Begin with a DM of which nothing has been read yet."""
        since = claim.since_wall - MARGIN
        return cls(claim=claim, channel_id=channel_id, since=since, read_to=since.timestamp())

    @property
    def in_order(self) -> list[TypedWords]:
        """Return the messages in the order of typing."""
        return sorted(self.said.values(), key=lambda word: float(word.ts))

    def take(self, page: WordsPage) -> None:
        """Add a page."""
        self.said |= {word.ts: word for word in page.words if word.person_id == self.claim.learner_id}
        self.read_to = max([self.read_to, *(float(word.ts) for word in page.words)])
        self.cursor, self.whole, self.unanswered = page.cursor, not page.cursor, 0

    def begin_anew(self) -> None:
        """Forget all that was read."""
        self.since = self.claim.since_wall - MARGIN
        self.read_to = self.since.timestamp()
        self.cursor, self.whole = "", False
        self.said.clear()

    def go_on_to(self, last: float) -> None:
        """Read on from the newest page to an unknown message that was heard at this `ts`."""
        self.since, self.read_to = datetime.fromtimestamp(self.read_to, UTC), last
        self.cursor, self.whole = "", False


def process_dm(deps: Deps, dm: DmBacklog) -> bool:
    """Process all that was typed, in the order of typing, a transaction each.

    False when they have typed on meanwhile and been heard: that must be read before anything older is done.
    """
    said = dm.in_order
    for number, word in enumerate(said, 1):
        with deps.ctx.db.write() as session:
            caller = Caller(dm.claim.workspace_id, dm.claim.learner_id, typed_message_id(dm.channel_id, word.ts))
            # the learner is locked, so no event of theirs is processed from here on
            known = met(deps, session, caller)
            if known is None or known.learner.foreign:
                return True
            if requests.had_effect(session, caller.workspace_id, caller.request_id):
                continue
            last = requests.last_said(session, caller.workspace_id, typed_message_id(dm.channel_id, ""))
            if last > dm.read_to:
                dm.go_on_to(last)
                return False
            tapped = requests.last_tap(session, caller.workspace_id, caller.person_id)
            request = open_request(deps, session, caller, known)
            if not request.fresh:
                continue
            typed = datetime.fromtimestamp(float(word.ts), UTC)
            ago = deps.ctx.clock.wall() - typed
            missed = MissedMessage(
                as_typed(word.text),
                overtaken=(tapped is not None and tapped > typed)
                or _overtaken(request, dm, said[number:], old=ago >= SOON),
                ago=ago,
                again=f"again:{dm.channel_id}:{dm.claim.since_wall.timestamp():.6f}",
            )
            handle_missed(request.state, missed, caller.request_id)
        dm.acted = True
    return True


def _overtaken(request: Request, dm: DmBacklog, later: list[TypedWords], *, old: bool) -> bool:
    """Return True if a newer message decides whether lessons come, and is processed already or won't be."""
    workspace_id = dm.claim.workspace_id
    return any(
        (old or requests.had_effect(request.session, workspace_id, typed_message_id(dm.channel_id, word.ts)))
        and decides(request.state, as_typed(word.text))
        for word in later
    )
