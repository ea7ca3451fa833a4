"""Slack's limits as one table. Numbers are characters unless they say otherwise.

Sources (Slack's reference for Block Kit, looked up 2026-11-24):
https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/block-kit/block-elements,
https://docs.slack.dev/reference/block-kit/composition-objects, https://docs.slack.dev/reference/views/modal-views
and https://docs.slack.dev/reference/views/home-tab-views
"""

from __future__ import annotations

# messages
BLOCKS_PER_MESSAGE = 50
TEXT_OF_MESSAGE = 40_000
TEXT_RECOMMENDED = 4_000

# modals and Home: https://docs.slack.dev/reference/views/modal-views
BLOCKS_PER_VIEW = 100
VIEW_TITLE = 24
VIEW_BUTTON = 24
"""The labels of submit and close."""
PRIVATE_METADATA = 3_000

# blocks
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
IMAGE_URL = 3_000
IMAGE_ALT_TEXT = 2_000
IMAGE_TITLE = 2_000

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, in messages alone (looked up 2026-11-29)
CHART_TITLE = 50
CHART_LABEL = 20
"""Of a series' name, a category and a point."""
CHART_SERIES = 6
CHART_POINTS = 20
CHARTS_PER_MESSAGE = 2

# https://docs.slack.dev/reference/block-kit/blocks/table-block, in no dialog (looked up 2026-11-29)
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLE_CHARACTERS = 10_000
"""Of all cells of a message's tables together."""

# elements
IDENTIFIER = 255
"""action_id, block_id, callback_id, external_id."""
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
PLACEHOLDER = 150
INPUT_LENGTH = 3_000
"""The most that min_length and max_length of a text field may ask for."""

# options: https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
OPTION_VALUE = 150
RADIO_OPTIONS = 10
CHECKBOX_OPTIONS = 10
OVERFLOW_OPTIONS = 5
SELECT_OPTIONS = 100
OPTION_GROUPS = 100
GROUP_LABEL = 75

# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

PHONE_LABEL = 30
"""The length at which phones cut a button's label. Longer choices are lettered."""
