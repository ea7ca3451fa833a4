"""View models: what a message, a dialog or a Home shows, as plain values that `queries` fills and `messages` draws."""

from __future__ import annotations

from bot.view_models.brief import BriefTerm, BriefView
from bot.view_models.coming import ComingState, ComingView
from bot.view_models.dm_replies import DmReplyView, ExplainView, HintView
from bot.view_models.figures import ActiveCount, FigureView
from bot.view_models.home import (
    AttentionView,
    EnrolmentState,
    HomeView,
    PlanView,
    ReportedView,
    SettingsView,
    StatusLine,
    TrackCount,
)
from bot.view_models.lessons import (
    Announcement,
    ChangedView,
    ClosingView,
    ComfortView,
    GroupPageView,
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
    AppointedView,
    DraftNewsView,
    GivenBackView,
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
from bot.view_models.programme import (
    CompletionLine,
    MonthCount,
    ProgrammeView,
    ReportSheet,
    SheetTrack,
    TrackReport,
)
from bot.view_models.standing import CardLine, GroupPageLine, StandingView
from bot.view_models.tracks import OfferState, TermLine, TitleLine, TrackLine, TrackProgress

__all__ = [
    "ActiveCount",
    "Announcement",
    "AppointedView",
    "AttentionView",
    "BriefTerm",
    "BriefView",
    "CardLine",
    "ChangedView",
    "ClosingView",
    "ComfortView",
    "ComingState",
    "ComingView",
    "CompletionLine",
    "DmReplyView",
    "DraftNewsView",
    "EnrolmentState",
    "ExplainView",
    "FigureView",
    "GivenBackView",
    "GroupPageLine",
    "GroupPageView",
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
    "ProgrammeView",
    "PromptView",
    "RefusedPerson",
    "ReminderView",
    "ReportSheet",
    "ReportedView",
    "ReviewView",
    "ReviewsView",
    "RiderView",
    "RuleDone",
    "RuleLine",
    "RuleNewsView",
    "SettingsView",
    "SharedPageView",
    "SheetTrack",
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
    | ProgrammeView
    | GivenBackView
    | AppointedView
    | PreviewView
    | HeldView
    | ExplainView
    | DmReplyView
    | HintView
)
"""Any message in the DM."""
