"""View models: what a message, a dialog or a Home shows, as plain values that `queries` fills and `messages` draws."""

from __future__ import annotations

from bot.view_models.brief import BriefTerm, BriefView
from bot.view_models.coming import ComingState, ComingView
from bot.view_models.dm_replies import DmReplyView, ExplainView, HintView
from bot.view_models.home import (
    AttentionView,
    EnrolmentState,
    HomeView,
    MonthCount,
    PlanView,
    ReportedView,
    SettingsView,
    StatusLine,
    TrackCount,
    TrackReport,
)
from bot.view_models.lessons import (
    Announcement,
    ChangedView,
    ClosingView,
    ComfortView,
    ItemView,
    NoteView,
    PreviewView,
    PrivacyView,
    PromptView,
    ReminderView,
    ReviewsView,
    ReviewView,
    RiderView,
    Skipped,
    WelcomeState,
    WelcomeView,
    WorthView,
)
from bot.view_models.orders import (
    DraftNewsView,
    HeldView,
    OrderView,
    RefusedPerson,
    RuleDone,
    RuleLine,
    RuleNewsView,
    SharedPageView,
    SummaryView,
    TalkView,
)
from bot.view_models.standing import CardLine, StandingView
from bot.view_models.tracks import OfferState, TermLine, TitleLine, TrackLine, TrackProgress

__all__ = [
    "Announcement",
    "AttentionView",
    "BriefTerm",
    "BriefView",
    "CardLine",
    "ChangedView",
    "ClosingView",
    "ComfortView",
    "ComingState",
    "ComingView",
    "DmReplyView",
    "DraftNewsView",
    "EnrolmentState",
    "ExplainView",
    "HeldView",
    "HintView",
    "HomeView",
    "ItemView",
    "MonthCount",
    "NoteView",
    "OfferState",
    "OrderView",
    "PlanView",
    "PreviewView",
    "PrivacyView",
    "PromptView",
    "RefusedPerson",
    "ReminderView",
    "ReportedView",
    "ReviewView",
    "ReviewsView",
    "RiderView",
    "RuleDone",
    "RuleLine",
    "RuleNewsView",
    "SettingsView",
    "SharedPageView",
    "Skipped",
    "StandingView",
    "StatusLine",
    "SummaryView",
    "TalkView",
    "TermLine",
    "TitleLine",
    "TrackCount",
    "TrackLine",
    "TrackProgress",
    "TrackReport",
    "View",
    "WelcomeState",
    "WelcomeView",
    "WorthView",
]

View = (
    ItemView
    | WelcomeView
    | ReminderView
    | ReviewsView
    | ClosingView
    | SummaryView
    | TalkView
    | SharedPageView
    | DraftNewsView
    | RuleNewsView
    | PreviewView
    | HeldView
    | ExplainView
    | DmReplyView
    | HintView
)
"""Any message in the DM."""
