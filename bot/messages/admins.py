"""Admins: who they are, and what was done by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.audit import Audit
from bot.messages import formatting, ids
from bot.messages.builder import Builder, Message, button
from bot.messages.csv_file import csv_bytes
from bot.messages.mrkdwn import escape
from bot.messages.replies import words
from bot.messages.status_file import File

HOW = "`/track admins @person` appoints somebody; they can then do what you can."
MOST = 20
ENTRIES = 15
"""The newest entries of the audit that are shown."""
COLUMNS = ("Instant (UTC)", "Who", "What", "About")
_PERSON = re.compile(r"\b[UW][A-Z0-9]{5,}\b")
LONGEST_DETAIL = 160


def admin_list(configured: Sequence[str], appointed: Sequence[str]) -> Message:
    """Draw who the admins are, with a button for each who was appointed."""
    builder = Builder()
    if configured:
        builder.say(f"By the setting of whoever runs me: {formatting.mentions(configured)}.")
    for number, person in enumerate(appointed[:MOST], 1):
        builder.say(f"Appointed here: {formatting.mention(person)}.")
        builder.actions(ids.block(person), [button("Remove as admin", ids.action("dismiss", number))])
    if len(appointed) > MOST:
        builder.small(f"{len(appointed) - MOST} more.")
    builder.small(f"{HOW} Admins see who was assigned what, and never an answer, a pause or a look-up.")
    return builder.message()


def cant_be_admin(person: str, why: str) -> Message:
    """Draw that somebody can't be appointed. `why`: such as "is an app, not a person"."""
    return words(f"{formatting.mention(person)} {why}, and can't be an admin.")


def last_admin() -> Message:
    """Draw that the last admin stays one."""
    return words("Nobody else is an admin, so nothing was done. Appoint somebody else first: `/track admins @person`.")


def by_setting(person: str) -> Message:
    """Draw that somebody is an admin by the setting, which is changed elsewhere."""
    return words(
        f"{formatting.mention(person)} is an admin by the setting `MISSINGLINK_ADMINS`; whoever runs me can change "
        "that."
    )


def audit_list(entries: Sequence[Audit], tz: str, *, files: bool) -> Message:
    """Draw the newest entries of the audit, the latest first. `files`: the bot may send files."""
    if not entries:
        return words("Nothing is recorded yet. Whatever admins do shows here.")
    builder = Builder()
    builder.say("\n".join(_line(entry, tz) for entry in entries[:ENTRIES]))
    builder.small("The latest first, kept 400 days unless whoever runs me has set otherwise.")
    if files:
        builder.actions(ids.block(ids.ME), [button("All of it as a file", ids.action("audit_file"))])
    return builder.message()


def _line(entry: Audit, tz: str) -> str:
    when = formatting.moment(entry.at, tz)
    detail = entry.detail
    if len(detail) > LONGEST_DETAIL:
        # never in the middle of an id, which would be somebody else's
        whole = detail[:LONGEST_DETAIL].rpartition(", ")[0]
        detail = f"{whole} and more" if whole else detail[: LONGEST_DETAIL // 2]
    about = _PERSON.sub(lambda found: formatting.mention(found[0]), escape(detail))
    # an order's entry begins with what was done
    done = "" if detail.startswith(f"{entry.action} ") else escape(entry.action)
    said = ", ".join(part for part in (done, about) if part)
    return f"{when}, {formatting.mention(entry.actor)}: {said}"


def audit_file(entries: Sequence[Audit]) -> File:
    """Return the audit as CSV, oldest first, with the ids of people as they are."""
    rows = [(entry.at.isoformat(timespec="seconds"), entry.actor, entry.action, entry.detail) for entry in entries]
    comment = "A file that you asked Missing Link for is here: what its admins did, and what was refused to others."
    return File("audit.csv", "Audit", csv_bytes(COLUMNS, rows), comment)
