"""View models: what a message, a dialog or a Home shows, as plain values that `queries` fills and `messages` draws."""

from __future__ import annotations

from bot.view_models.dm_replies import ComingView, DmReplyView, ExplainView, HintView
from bot.view_models.home import AttentionView, HomeView, PlanView, SettingsView, StatusLine, TrackCount
from bot.view_models.lessons import Announcement, ClosingView, ItemView, NoteView, ReminderView, Skipped, WelcomeView
from bot.view_models.orders import HeldView, OrderView, RefusedPerson, SummaryView, TalkView
from bot.view_models.tracks import TermLine, TitleLine, TrackLine, TrackProgress

__all__ = [
    "Announcement",
    "AttentionView",
    "ClosingView",
    "ComingView",
    "DmReplyView",
    "ExplainView",
    "HeldView",
    "HintView",
    "HomeView",
    "ItemView",
    "NoteView",
    "OrderView",
    "PlanView",
    "RefusedPerson",
    "ReminderView",
    "SettingsView",
    "Skipped",
    "StatusLine",
    "SummaryView",
    "TalkView",
    "TermLine",
    "TitleLine",
    "TrackCount",
    "TrackLine",
    "TrackProgress",
    "View",
    "WelcomeView",
]

View = (
    ItemView
    | WelcomeView
    | ReminderView
    | ClosingView
    | SummaryView
    | TalkView
    | HeldView
    | ExplainView
    | DmReplyView
    | HintView
)
"""Any message in the DM."""
