"""Everything of the bot that shows in Slack, taken from the tables it is registered from, each with its test.

`python -m tests.surface` writes docs/slack-surface.md. A test says when it isn't what would be written. The local Slack
of a test that is listed here notices when that test didn't exercise what it is listed for.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.messages import ids
from bot.slack.handlers.admin_taps import PREVIEW
from bot.slack.handlers.commands import COMMANDS, read
from bot.slack.handlers.forms import FORMS
from bot.slack.handlers.request import Allowed
from bot.slack.handlers.taps import TAPS
from bot.slack.inbound.dialogs import SEARCHES, SHORTCUTS
from bot.slack.inbound.events import EVENTS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/slack-surface.md"
JOURNEYS = ROOT / "tests/journeys"
OTHER = "another word"
IN_PREVIEW = "tap in a preview"

TYPED = "test_what_learners_type_is_answered_to_them_alone"
ADMINS_TYPE = "test_what_admins_type_is_answered"
MENU = "test_the_menu_opens_as_a_dialog_and_answers_in_it"
TESTS: dict[str, str] = {
    "/learn": MENU,
    "/learn next": "test_next_leads_back_to_the_open_item_with_a_link",
    "/learn review": "test_what_is_due_is_brought_on_demand",
    "/learn progress": TYPED,
    "/learn brief": "test_a_brief_before_a_meeting_comes_from_a_word_or_a_track",
    "/learn strategy": "test_the_page_fills_part_by_part_and_says_what_is_missing",
    "/learn export": "test_a_copy_comes_as_a_file_with_every_row_about_them",
    "/learn forget-me": "test_whoever_is_forgotten_is_named_by_no_row_and_their_messages_go",
    "/learn pause": TYPED,
    "/learn resume": TYPED,
    "/learn tracks": TYPED,
    "/learn start": TYPED,
    "/learn leave": "test_a_track_is_left_from_help_and_from_home_and_taken_up_again",
    "/learn settings": "test_the_hour_and_the_days_are_ones_own",
    "/learn help": TYPED,
    f"/learn {OTHER}": TYPED,
    "/track": "test_an_assignment_is_looked_at_in_words_before_it_goes",
    "/track assign": "test_an_assignment_said_with_all_its_conditions",
    "/track add": ADMINS_TYPE,
    "/track report": "test_a_report_says_month_by_month_who_began_and_finished_and_no_more",
    "/track remove": "test_a_track_is_taken_away_and_given_back",
    "/track pause": "test_a_track_that_is_paused_for_everybody_brings_nothing_by_itself_until_it_goes_on",
    "/track resume": "test_a_track_that_is_paused_for_everybody_brings_nothing_by_itself_until_it_goes_on",
    "/track quiet": "test_on_quiet_days_nothing_comes_by_itself_and_what_is_asked_for_does",
    "tap quiet_end": "test_on_quiet_days_nothing_comes_by_itself_and_what_is_asked_for_does",
    "/track admins": "test_an_admin_appoints_another_who_can_do_the_same_until_that_is_taken_back",
    "/track audit": "test_what_admins_did_is_shown_and_comes_as_a_file",
    "tap dismiss": "test_an_admin_appoints_another_who_can_do_the_same_until_that_is_taken_back",
    "tap audit_file": "test_what_admins_did_is_shown_and_comes_as_a_file",
    "/track rule": "test_a_rule_is_listed_paused_resumed_and_ended",
    "/track list": ADMINS_TYPE,
    "/track status": ADMINS_TYPE,
    "/track preview": ADMINS_TYPE,
    "/track draft": "test_a_draft_is_its_admins_alone_until_everybody_agreed",
    "/track test": "test_a_whole_track_comes_to_the_admin_alone_in_ten_minutes",
    "/track write": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "tap write_lesson": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "tap write_edit": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "tap write_wording": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "dialog write": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "dialog write_wording": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "dialog write_publish": "test_a_lesson_is_checked_at_its_fields_shown_published_and_comes",
    "tap write_word": "test_a_word_takes_the_place_of_ours_and_can_be_withdrawn",
    "dialog write_word": "test_a_word_takes_the_place_of_ours_and_can_be_withdrawn",
    "tap write_withdraw": "test_a_word_takes_the_place_of_ours_and_can_be_withdrawn",
    "dialog write_withdraw": "test_a_word_takes_the_place_of_ours_and_can_be_withdrawn",
    "tap write_paste": "test_a_pasted_file_is_taken_apart_and_loses_nothing",
    "dialog write_paste": "test_a_pasted_file_is_taken_apart_and_loses_nothing",
    "tap write_files": "test_what_is_published_comes_as_a_folder_that_can_be_layered",
    "/track help": ADMINS_TYPE,
    f"/track {OTHER}": ADMINS_TYPE,
    "/jargon": TYPED,
    "tap answer": "test_a_reminder_becomes_the_item_in_place",
    "tap sure": "test_a_review_is_picked_then_rated_then_explained",
    "tap ticks": "test_a_track_that_one_starts_oneself_offers_the_ticks_too",
    "tap skip_text": "test_what_is_ticked_at_the_start_is_asked_first_and_its_text_skipped",
    "tap comfort": "test_how_comfortable_somebody_is_is_asked_at_the_start_the_end_and_sixty_days_later",
    "tap group": "test_a_group_of_nine_is_asked_whether_each_adds_theirs_and_sees_it_from_five",
    "tap group_page": "test_a_group_of_nine_is_asked_whether_each_adds_theirs_and_sees_it_from_five",
    "tap report_pdf": "test_the_report_comes_on_paper_as_a_file_and_each_month",
    "tap report_csv": "test_the_report_comes_on_paper_as_a_file_and_each_month",
    "tap report_monthly": "test_the_report_comes_on_paper_as_a_file_and_each_month",
    "tap worth": "test_whether_an_item_was_worth_the_minute_is_asked_below_it_and_said_once",
    "tap wrong_settled": "test_an_admin_settles_what_is_wrong_for_all_admins",
    "tap remember": "test_a_word_that_was_explained_can_be_remembered",
    "tap take_back": "test_what_isnt_wanted_any_more_is_left_out_and_taken_back",
    "tap read": "test_words_one_has_met_can_be_read_again_in_home",
    "tap read_again": "test_a_lesson_can_be_read_again_in_home_and_in_the_closing_message_and_asks_nothing",
    "tap more": "test_each_entry_of_the_menu_answers_in_place",
    "tap show_text": "test_a_question_before_the_text_shows_it_in_the_same_message",
    "tap show": "test_a_reminder_becomes_the_item_in_place",
    "tap start": "test_start_brings_the_first_item_at_once",
    "tap hour": "test_another_hour_moves_the_first_item",
    "tap not_now": "test_not_now_is_a_pause_that_start_ends",
    "tap next": "test_every_button_of_home_leads_somewhere",
    "tap bring": "test_a_wish_typed_to_the_bot_is_understood",
    "tap pause": "test_pausing_and_resuming_in_home_change_it_in_place",
    "tap resume": "test_pausing_and_resuming_in_home_change_it_in_place",
    "tap send_anyway": "test_a_holiday_status_holds_lessons_until_it_ends_or_they_are_asked_for_all_the_same",
    "tap talk": "test_asking_in_home_to_talk_passes_on_the_name_until_somebody_has_talked",
    "tap begin": "test_a_track_is_started_by_oneself_and_the_bot_says_first_who_would_see_it",
    "tap term": "test_words_one_has_met_can_be_read_again_in_home",
    "tap settings": MENU,
    "tap tracks": "test_every_button_of_home_leads_somewhere",
    "tap progress": MENU,
    "tap meeting": "test_a_meeting_is_prepared_in_home",
    "tap prompt": "test_a_lesson_asks_once_for_a_line_and_then_it_waits_in_home",
    "tap strategy": "test_a_lesson_leads_to_the_page",
    "tap page_pdf": "test_the_page_comes_as_a_pdf_and_as_text_where_files_are_sent",
    "tap page_text": "test_the_page_comes_as_a_pdf_and_as_text_where_files_are_sent",
    "tap draft_anew": "test_a_draft_is_made_anew_with_who_shares_now",
    "tap draft_mine": "test_a_draft_is_its_admins_alone_until_everybody_agreed",
    "tap draft_read": "test_a_draft_is_its_admins_alone_until_everybody_agreed",
    "tap share": "test_a_page_is_shared_with_one_person_read_and_taken_back",
    "tap unshare": "test_a_page_is_shared_with_one_person_read_and_taken_back",
    "tap read_shared": "test_a_page_is_shared_with_one_person_read_and_taken_back",
    "tap export": "test_a_copy_comes_as_a_file_with_every_row_about_them",
    "tap forget_me": "test_being_forgotten_can_be_thought_better_of",
    "tap who": "test_the_menu_says_who_sees_what_on_top_of_itself",
    "tap help": "test_every_button_of_home_leads_somewhere",
    "tap leaving": "test_a_track_is_left_from_help_and_from_home_and_taken_up_again",
    "tap quit_track": "test_a_track_is_left_from_help_and_from_home_and_taken_up_again",
    "tap come_back": "test_a_track_is_left_from_help_and_from_home_and_taken_up_again",
    "tap set_hour": "test_an_hour_that_is_typed_is_offered_and_kept_in_one_tap",
    "tap confirm": "test_a_choice_typed_out_is_asked_about_and_counts_in_one_tap",
    "tap mean": "test_who_isnt_understood_chooses_what_was_meant_and_the_answer_stands_in_its_place",
    "tap lesson": "test_a_question_leads_to_the_nearest_lesson_and_to_somebody_to_talk_to",
    "tap rules": "test_an_admins_home_leads_to_the_rules_and_the_report",
    "tap report": "test_an_admins_home_leads_to_the_rules_and_the_report",
    "tap note": "test_a_note_for_those_who_havent_begun_is_the_admins_to_send",
    "tap rule_pause": "test_a_rule_is_listed_paused_resumed_and_ended",
    "tap rule_resume": "test_a_rule_is_listed_paused_resumed_and_ended",
    "tap rule_end": "test_a_rule_is_listed_paused_resumed_and_ended",
    "tap order_yes": "test_many_people_are_asked_about_first_and_seen_in_pages",
    "tap order_no": "test_a_large_order_that_is_cancelled_assigns_nobody",
    "tap from_day": "test_an_admin_taps_the_first_day_that_was_meant",
    "tap undo": "test_undo_asks_once_somebody_has_begun",
    "tap undo_yes": "test_undo_asks_once_somebody_has_begun",
    "tap undo_no": "test_an_undo_thought_better_of_leaves_everything",
    "tap move_start": "test_a_start_is_moved_and_a_track_started_again_from_the_summary",
    "tap start_again": "test_a_start_is_moved_and_a_track_started_again_from_the_summary",
    "tap status": "test_many_people_are_asked_about_first_and_seen_in_pages",
    "tap names": "test_figures_lead_to_the_names_behind_them",
    "tap as_file": "test_a_status_comes_as_a_file_that_shows_what_the_status_shows_and_nothing_more",
    "tap enrolled": "test_an_admins_home_shows_figures_and_what_needs_attention",
    "tap assign": "test_an_admins_home_opens_the_assignment",
    "tap talked": "test_asking_in_home_to_talk_passes_on_the_name_until_somebody_has_talked",
    "tap resend": "test_what_stays_uncertain_is_counted_for_an_admin_and_sent_again_on_request",
    "tap leave": "test_what_stays_uncertain_can_be_left_and_a_tap_proves_that_it_arrived",
    IN_PREVIEW: "test_a_preview_records_nothing",
    "dialog wrong": "test_something_wrong_reaches_the_admins_without_a_name",
    "dialog settings": "test_the_hour_and_the_days_are_ones_own",
    "dialog assign": "test_an_assignment_is_looked_at_in_words_before_it_goes",
    "dialog brief": "test_a_meeting_is_prepared_in_home",
    "dialog forget_me": "test_whoever_is_forgotten_is_named_by_no_row_and_their_messages_go",
    "dialog ticks": "test_what_is_ticked_at_the_start_is_asked_first_and_its_text_skipped",
    "dialog prompt": "test_a_lesson_asks_once_for_a_line_and_then_it_waits_in_home",
    "dialog draft": "test_a_draft_is_its_admins_alone_until_everybody_agreed",
    "dialog agree": "test_a_draft_is_its_admins_alone_until_everybody_agreed",
    "dialog share": "test_a_page_is_shared_with_one_person_read_and_taken_back",
    "dialog confirm": "test_an_assignment_is_looked_at_in_words_before_it_goes",
    "search f_zone": "test_zone_and_country_are_found_by_typing",
    "search f_about": "test_a_meeting_is_prepared_in_home",
    "search f_country": "test_zone_and_country_are_found_by_typing",
    "shortcut explain_jargon": "test_the_words_of_any_message_are_explained_to_one_person_alone",
    "event app_home_opened": "test_home_shows_what_comes_next_and_how_far_one_is",
    "event app_uninstalled": "test_an_app_that_was_removed_is_quiet_and_goes_on_when_it_is_back",
    "event message.im": "test_a_word_typed_to_the_bot_is_explained_and_another_gets_a_hint",
    "event tokens_revoked": "test_an_app_that_was_removed_is_quiet_and_goes_on_when_it_is_back",
    "event user_change": "test_a_traveller_is_taught_at_nine_where_they_are",
}
"""The test over the wire of each entry."""


@dataclass(frozen=True)
class Entry:
    """Something that can be asked of the bot in Slack."""

    name: str
    allowed: Allowed
    answers: str


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, in the order of the page."""
    return (*_commands(), *_rest())


def _commands() -> Iterator[Entry]:
    for command, handlers in COMMANDS.items():
        for verb, handler in handlers.items():
            yield Entry(f"{command} {verb}".strip(), handler.allowed, handler.answers)
        other = read(command, "zzzzzz")
        if other.verb == OTHER:
            yield Entry(f"{command} {OTHER}", other.handler.allowed, "the nearest word, and what there is")


def _rest() -> Iterator[Entry]:
    for verb, handler in TAPS.items():
        yield Entry(f"tap {verb}", handler.allowed, handler.answers)
    yield Entry(IN_PREVIEW, PREVIEW.allowed, PREVIEW.answers)
    for callback_id, form in FORMS.items():
        yield Entry(f"dialog {callback_id}", form.allowed, form.answers)
    for field, search in SEARCHES.items():
        yield Entry(f"search {field}", search.allowed, search.answers)
    for callback_id, shortcut in SHORTCUTS.items():
        yield Entry(f"shortcut {callback_id}", shortcut.allowed, shortcut.answers)
    for event, heard in EVENTS.items():
        yield Entry(f"event {event}", heard.allowed, heard.answers)


def entry_of(kind: str, payload: Mapping[str, Any]) -> str:
    """The name of what Slack sent; "" for what is none of ours."""
    if kind == "slash_commands":
        return f"{payload['command']} {read(payload['command'], payload['text']).verb}".strip()
    if kind == "events_api":
        event = payload["event"]
        return f"event {event['type']}" + (".im" if event["type"] == "message" else "")
    match payload["type"]:
        case "block_actions":
            action = payload["actions"][0]
            in_preview = action["block_id"].startswith(ids.PREVIEW)
            return IN_PREVIEW if in_preview else f"tap {action['action_id'].partition(':')[0]}"
        case "view_submission":
            return f"dialog {payload['view']['callback_id']}"
        case "block_suggestion":
            return f"search {payload['action_id']}"
        case "message_action":
            return f"shortcut {payload['callback_id']}"
    return ""


def check_claims(test: str, acknowledged: list[tuple[str, dict[str, Any], Any]]) -> None:
    """Hold a test's traffic against what it is listed for.

    Raises:
        AssertionError: it never sent one of its entries, or that wasn't acknowledged.
    """
    claimed = {name for name, listed in TESTS.items() if listed == test}
    if claimed:
        missing = claimed - {entry_of(kind, payload) for kind, payload, _ in acknowledged}
        assert not missing, f"{test} is listed in tests/surface.py for {sorted(missing)}, which it doesn't exercise"


@cache
def tests_there_are() -> Mapping[str, str]:
    """Each test function of the journeys, and its file's name."""
    return {
        node.name: file.name
        for file in sorted(JOURNEYS.glob("test_*.py"))
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def page() -> str:
    """docs/slack-surface.md, as it should be."""
    rows = "\n".join(_row(entry) for entry in entries())
    return f"""# Everything in Slack

<!-- Written by `python -m tests.surface` from the tables that the bot is registered from. Don't edit it here. -->

Whoever isn't named in the second column is refused kindly, nothing changes, and where it was an admin's to do, the
audit says so. That is tried for every row with everybody, and with ids that are somebody else's or made up, in
[test_authorisation.py](../tests/journeys/test_authorisation.py). An admin is whoever the setting lists and whose account
is active. Guests may do what learners may. People of another workspace may do nothing.

| What | Who may | What it answers | Test |
|---|---|---|---|
{rows}
"""


def _row(entry: Entry) -> str:
    test = TESTS.get(entry.name, "")
    file = tests_there_are().get(test, "")
    name = entry.name if entry.name == IN_PREVIEW else _marked(entry.name)
    return f"| {name} | {entry.allowed} | {entry.answers} | [{test}](../tests/journeys/{file}) |"


def _marked(name: str) -> str:
    if name.startswith("/"):
        return f"`{name.removesuffix(OTHER).strip()}` and {OTHER}" if name.endswith(OTHER) else f"`{name}`"
    kind, _, what = name.partition(" ")
    return f"{kind} `{what}`"


def manifest_entries() -> set[str]:
    """What the manifest says of commands, shortcuts and events."""
    manifest = json.loads((ROOT / "manifest.json").read_text())
    features = manifest["features"]
    return {
        *(c["command"] for c in features["slash_commands"]),
        *(f"shortcut {s['callback_id']}" for s in features["shortcuts"]),
        *(f"event {event}" for event in manifest["settings"]["event_subscriptions"]["bot_events"]),
    }


if __name__ == "__main__":
    PAGE.write_text(page())
