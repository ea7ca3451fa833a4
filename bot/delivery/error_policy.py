"""The error policy: one table of what each of Slack's errors means for a delivery.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage (looked up 2026-11-24).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import SlackBusyError, SlackError, SlackRefusedError, SlackUncertainError


class FailureAction(StrEnum):
    """The actions after a failed attempt."""

    RETRY = "retry"
    RECONCILE = "reconcile"
    HOLD_LEARNER = "hold the learner"
    HOLD_WORKSPACE = "hold the workspace"
    QUARANTINE = "quarantine this wording"
    CONFIGURE = "wait for the configuration to be mended"


@dataclass(frozen=True)
class FailureDecision:
    """The action after a failure, and for a retry the seconds of real time before it."""

    action: FailureAction
    after_seconds: float = 0.0


CODES: dict[str, FailureAction] = {
    **dict.fromkeys(
        (
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "org_login_required",
            "team_access_not_granted",
            "team_added_to_org",
            "team_not_found",
        ),
        FailureAction.HOLD_WORKSPACE,
    ),
    **dict.fromkeys(
        (
            "user_disabled",
            "user_not_found",
            "cannot_dm_bot",
            "user_not_visible",
            "channel_not_found",
            "is_archived",
            "not_in_channel",
            "is_inactive",
        ),
        FailureAction.HOLD_LEARNER,
    ),
    **dict.fromkeys(
        (
            "invalid_blocks",
            "invalid_blocks_format",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "invalid_arguments",
            "metadata_too_large",
            "markdown_text_conflict",
            "attachment_payload_limit_exceeded",
            "too_many_attachments",
            "too_many_contact_cards",
        ),
        FailureAction.QUARANTINE,
    ),
    **dict.fromkeys(
        (
            "messages_tab_disabled",
            "missing_scope",
            "restricted_action",
            "access_denied",
            "no_permission",
            "not_allowed_token_type",
            "ekm_access_denied",
            "accesslimited",
            "as_user_not_supported",
            "deprecated_endpoint",
            "enterprise_is_restricted",
            "invalid_arg_name",
            "invalid_array_arg",
            "invalid_charset",
            "invalid_form_data",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_post_type",
            "is_bot",
            "message_limit_exceeded",
            "metadata_must_be_sent_from_app",
            "method_deprecated",
            "missing_post_type",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
            "two_factor_setup_required",
        ),
        FailureAction.CONFIGURE,
    ),
    **dict.fromkeys(("ratelimited", "rate_limited"), FailureAction.RETRY),
}
RETRY_SECONDS = 5.0
CONFIGURE_SECONDS = 300.0
AFTER_SECONDS = {FailureAction.CONFIGURE: CONFIGURE_SECONDS, FailureAction.HOLD_WORKSPACE: 0.0}


def decide(error: SlackError) -> FailureDecision:
    """Decide on an error of `post`. A code that isn't in the table is retried slowly, and logged."""
    if isinstance(error, SlackBusyError):
        return FailureDecision(FailureAction.RETRY, error.retry_after_seconds)
    if isinstance(error, SlackUncertainError):
        return FailureDecision(FailureAction.RECONCILE)
    if isinstance(error, SlackRefusedError):
        action = CODES.get(error.code, FailureAction.CONFIGURE)
        # a delivery that its workspace holds goes on with the workspace
        return FailureDecision(action, AFTER_SECONDS.get(action, RETRY_SECONDS))
    return FailureDecision(FailureAction.RETRY, RETRY_SECONDS)
