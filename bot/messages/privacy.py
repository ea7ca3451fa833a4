"""The privacy promise: what admins see, and what nobody does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.rider import LATEST_NOTICE
from bot.messages import formatting

FEW_ADMINS = 5
SEEN = (
    "which tracks you were given, whether and when you've started, finished or left them, whether I could reach you, "
    "and your name if you ask to talk. Once a month a report says roughly how much a group of ten or more knew, never "
    "who knew what. Admins don't see your answers, whether you pause, that I wait while your Slack status says "
    "you're away, your silence, what you look up or why you leave. They see your strategy page only if you share it "
    "with them. Whoever writes the words I explain is told which ones ten people or more looked up in a month. "
    "Your company's own Slack export, where it has one, and whoever runs the bot's database can read more."
)
WHO_SEES_WHAT = f"*Who sees what.* Admins see {SEEN}"
NOTICES = (
    "Questions you missed come back now, and you can say how sure you were. Both stay as private as your answers.",
    "Once a month, a report for admins may say roughly how much a group of ten or more knew, never who knew what, "
    "and counting only what is answered from now on. Admins may also see on which day you start and finish a track.",
    "Whoever writes the words I explain is now told, once a month, which ones ten people or more looked up. Nobody is "
    "told who.",
)
"""What is new about privacy, each told once to those who came before it. Their number is `LATEST_NOTICE`."""
assert len(NOTICES) == LATEST_NOTICE
SHARED = (
    " Anyone you share your strategy page with can read it; a discussion draft opens to the others in it only after "
    "you agree."
)
UNSEEN = (
    "Admins can't see tracks you start yourself. If one assigns you the same track later, they see only whether you've "
    "started, finished or left it, and no report counts your answers."
)


NOBODY = "Nobody is an admin here yet. Admins see"


def who_sees(admins: Sequence[str]) -> str:
    """Return the privacy promise, beginning with the names of the admins."""
    them = f"Admins here: {formatting.mentions(admins, FEW_ADMINS)}. They see" if admins else NOBODY
    return f"{them} {SEEN}{SHARED}"
