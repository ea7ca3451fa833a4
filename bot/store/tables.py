"""The tables. Every key begins with the workspace, so that one workspace's rows stay together.

Idempotency stands here as constraints: `claimed_date` (one unasked message per learner and local date),
`caused_by` (one message per request or event), `unique_key` (one welcome ever), one first answer per asking, one effect
per Slack request. A NULL in any of the first three means "doesn't apply": unique constraints let NULLs repeat.

A field is named as code reads it. A released column keeps its name, so that the release before runs on the same schema.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from bot.store.columns import NAMES, key, keys, of_learner, optional, required
from bot.store.types import Instant, ItemIds, LocalTime, NoteText, RiderText, SubjectJson, Weekdays

metadata = MetaData(naming_convention=NAMES)

# A Slack team. `held` is the error code that holds the whole workspace, such as `token_revoked`.
workspace = Table(
    "workspace",
    metadata,
    key("workspace_id"),
    required("name"),
    required("bot_user_id"),
    optional("held", Text),
    # When a connection last heard Slack, by the machine's clock: what was typed since then may be unread.
    optional("heard_wall", Instant),
    # The key of the marks in `erased`.
    optional("erasure_key", String(64)),
)

# How far a workspace's calls of a method are ahead of an even pace: its theoretical arrival time.
rate_limit = Table(
    "pace",
    metadata,
    *keys("workspace_id", "method"),
    optional("arrival_real", Instant),
)

# A person, with what Slack says of them and when planning looks at them next.
learner = Table(
    "learner",
    metadata,
    *keys("workspace_id", "learner_id"),
    required("name"),
    required("tz"),
    required("locale"),
    required("deleted", Boolean),
    required("bot", Boolean),
    required("foreign", Boolean),
    optional("own_at", LocalTime),
    optional("own_days", Weekdays),
    optional("own_tz"),
    optional("own_country", String(2)),
    required("titled", Boolean, server_default=false()),
    optional("channel_id"),
    required("welcome_done", Boolean),
    required("askings", Integer),
    required("steps", Integer),
    optional("next_due_on", Date),
    optional("next_due_at", Instant),
    required("lone_unanswered", Integer, server_default="0"),
    optional("first_guess", String(40)),
    required("privacy_told", Integer, server_default="0"),
    # When a message arrived that says what reports tell: only what was answered since then is counted in one.
    optional("figures_told_at", Instant),
    optional("home_hash"),
)

# Why nothing unasked is sent; one row per reason.
hold = Table(
    "hold",
    metadata,
    *keys("workspace_id", "learner_id"),
    key("kind", String(20)),
    required("since", Instant),
    optional("until", Date),
    optional("ends_at", Instant),
    optional("lifted_at", Instant),
    of_learner(),
)

# A learner in a track.
enrolment = Table(
    "enrolment",
    metadata,
    *keys("workspace_id", "learner_id", "track_id"),
    required("first_day", Date),
    optional("assigned_by"),
    optional("at", LocalTime),
    optional("days", Weekdays),
    required("after_step", Integer),
    required("announced", Boolean),
    required("last_asking", Integer),
    optional("finished_at", Instant),
    required("closed", Boolean),
    optional("removed_at", Instant),
    optional("left_at", Instant),
    required("revision", Integer),
    required("ticked", ItemIds, server_default=""),
    optional("after_track"),
    # The first item that counts in it was done then.
    optional("started_at", Instant),
    required("began_alone", Boolean, server_default=false()),
    of_learner(),
)

# The wording of an item as it was delivered, by its hash.
content = Table(
    "content",
    metadata,
    key("workspace_id"),
    key("content_hash", String(64)),
    required("item_id"),
    required("packed", Text),
)

# A wording that Slack refused, set aside until the lesson is mended, which gives it another hash.
quarantine = Table(
    "quarantine",
    metadata,
    key("workspace_id"),
    key("content_hash", String(64)),
    required("problem", Text),
)

# One bringing of an item.
asking = Table(
    "asking",
    metadata,
    key("workspace_id"),
    key("asking_id", String(40)),
    required("learner_id"),
    required("number", Integer),
    required("item_id"),
    required("track_id"),
    required("content_hash", String(64)),
    required("opened_at", Instant),
    required("again", Boolean),
    required("reminders", Integer),
    optional("outcome", String(20)),
    optional("not_before", Date),
    required("preface"),
    # item, review, check; of the release before, which knows no other, an item
    required("reason", String(20), server_default="item"),
    required("question_id", server_default=""),
    required("choice_order", String(20), server_default=""),
    required("asks_first", Boolean, server_default=false()),
    required("text_shown", Boolean, server_default=true()),
    required("ticked", Boolean, server_default=false()),
    of_learner(),
    ForeignKeyConstraint(["workspace_id", "content_hash"], ["content.workspace_id", "content.content_hash"]),
    UniqueConstraint("workspace_id", "learner_id", "number"),
)

# What was given in answer to an asking, and that its item was read or known without one: a log that only grows. The
# key makes the first attempt the only first; attempt 0 is none, 2 a wrong try before the first that counts, 3 the
# confidence in it, 4 that it was a slip. The release before reads and writes `choice`, and leaves `response` empty.
response = Table(
    "answer",
    metadata,
    key("workspace_id"),
    key("asking_id", String(40)),
    key("attempt", Integer),
    required("learner_id"),
    required("kind", String(20), server_default="one_right"),
    optional("response", JSON(none_as_null=True)),
    optional("choice", Integer),
    optional("right", Boolean),
    required("at", Instant),
    required("request_id"),
    required("guessed", Boolean, server_default=false()),
    optional("day", Date),
    optional("review_on", Date),
    of_learner(),
    ForeignKeyConstraint(["workspace_id", "asking_id"], ["asking.workspace_id", "asking.asking_id"]),
)

# A card of a learner and an item: what follows from the log of answers and wishes, kept so that what is due is found.
card = Table(
    "card",
    metadata,
    *keys("workspace_id", "learner_id", "item_id"),
    optional("due_on", Date),
    required("streak", Integer),
    required("blind", Boolean),
    required("kept", Boolean),
    required("check_only", Boolean),
    optional("retired", String(20)),
    optional("last_on", Date),
    optional("asking_id", String(40)),
    optional("asked_on", Date),
    of_learner(),
)

# A wish about a card, without an answer: a log that only grows.
wish = Table(
    "wish",
    metadata,
    key("workspace_id"),
    key("wish_id", String(40)),
    required("learner_id"),
    required("item_id"),
    required("what", String(20)),
    required("day", Date),
    required("at", Instant),
    of_learner(),
)

# An item behind the learner.
done = Table(
    "done",
    metadata,
    *keys("workspace_id", "learner_id", "item_id"),
    required("how", String(20)),
    required("step", Integer),
    optional("at", Instant),
    of_learner(),
)

# One DM owed to one person. Columns ending in `_real` are on the machine's clock, the others on the business's.
delivery = Table(
    "delivery",
    metadata,
    key("workspace_id"),
    key("delivery_id", String(40)),
    required("learner_id"),
    required("slot", String(20)),
    required("state", String(20)),
    required("due_at", Instant),
    optional("place", Date, key="claimed_date"),
    optional("cause", key="caused_by"),
    optional("once", String(20), key="unique_key"),
    optional("asking_id", String(40)),
    required("about", SubjectJson),
    required("attempt", Integer),
    optional("channel_id"),
    optional("ts"),
    optional("problem", Text),
    optional("note", NoteText),
    optional("rider", RiderText),
    required("revision", Integer),
    required("shown", Integer),
    optional("claimable_at", Instant),
    optional("retry_real", Instant),
    optional("lease_real", Instant),
    optional("claimed_real", Instant),
    optional("lags_real", Instant),
    of_learner(),
    UniqueConstraint("workspace_id", "learner_id", "claimed_date"),
    UniqueConstraint("workspace_id", "learner_id", "caused_by"),
    UniqueConstraint("workspace_id", "learner_id", "unique_key"),
)

# What a message asks beside its first question, which is its `asking_id`: `position` begins at 2.
delivery_asking = Table(
    "delivery_asking",
    metadata,
    key("workspace_id"),
    key("delivery_id", String(40)),
    key("position", Integer),
    required("learner_id"),
    required("asking_id", String(40)),
    of_learner(),
    ForeignKeyConstraint(["workspace_id", "delivery_id"], ["delivery.workspace_id", "delivery.delivery_id"]),
    ForeignKeyConstraint(["workspace_id", "asking_id"], ["asking.workspace_id", "asking.asking_id"]),
)

# A Slack request that had its effect.
request = Table(
    "request",
    metadata,
    *keys("workspace_id", "request_id"),
    required("at", Instant),
)

# A DM that is still to be read back to `since_wall`, Slack's clock, after a gap. Nothing typed is kept.
unread = Table(
    "unread",
    metadata,
    *keys("workspace_id", "learner_id"),
    required("since_wall", Instant),
    required("rank", Integer),
    required("open_real", Instant),
    of_learner(),
)

# What an admin asked for, stored before it is worked off. `state`: asks, stored, done, cancelled.
order = Table(
    "admin_order",
    metadata,
    *keys("workspace_id", "order_id"),
    required("admin_id"),
    required("verb", String(20)),
    required("track_id"),
    required("people", JSON),
    optional("first_day", Date),
    optional("at", LocalTime),
    optional("days", Weekdays),
    required("restart", Boolean),
    required("state", String(20)),
    required("undo", String(20)),
    required("created_at", Instant),
    optional("open_real", Instant),
    optional("after_track"),
    required("then", ItemIds, server_default=""),
    optional("rule_id"),
)

# Admins whom another one appointed, beside those of the setting.
appointed_admin = Table(
    "appointed_admin",
    metadata,
    *keys("workspace_id", "learner_id"),
    required("appointed_by"),
    required("at", Instant),
)

# Days on which nobody is sent anything unasked.
quiet_span = Table(
    "quiet_span",
    metadata,
    *keys("workspace_id", "span_id"),
    required("first", Date),
    required("last", Date),
    required("admin_id"),
    required("removed", Boolean),
    required("settled", Boolean),
)

# A track of which nothing comes by itself to whoever was assigned it.
paused_track = Table(
    "paused_track",
    metadata,
    *keys("workspace_id", "track_id"),
    required("admin_id"),
    required("since", Instant),
    required("ended", Boolean),
    required("settled", Boolean),
)

# Whoever is in a group or channel has a track. `state`: active, paused, ended.
rule = Table(
    "rule",
    metadata,
    *keys("workspace_id", "rule_id"),
    required("kind", String(10)),
    required("source_id"),
    required("name"),
    required("track_id"),
    required("admin_id"),
    required("created_at", Instant),
    optional("at", LocalTime),
    optional("days", Weekdays),
    required("state", String(10)),
    optional("due_at", Instant),
    optional("problem"),
)

# What an order did to one person, with the enrolment as it was before, for *Undo*.
effect = Table(
    "admin_effect",
    metadata,
    *keys("workspace_id", "order_id", "learner_id"),
    required("outcome", String(20)),
    optional("before", JSON),
    optional("revision", Integer),
    required("steps", Integer),
    required("put_back", Boolean),
    ForeignKeyConstraint(["workspace_id", "order_id"], ["admin_order.workspace_id", "admin_order.order_id"]),
)

# A learner would like to talk to somebody; `told` are the admins who know. Open until `settled_at`.
talk = Table(
    "talk",
    metadata,
    *keys("workspace_id", "learner_id"),
    required("asked_at", Instant),
    required("told", JSON),
    optional("settled_at", Instant),
    of_learner(),
)

# Somebody says that something is wrong in an item. Nobody's name, and no hour that would lead to one.
error_report = Table(
    "error_report",
    metadata,
    key("workspace_id"),
    key("report_id", String(40)),
    required("item_id"),
    required("sentence", Text),
    required("day", Date),
    optional("settled_on", Date),
)

# What a learner wrote in answer to a lesson's prompt: a log that only grows; the latest of an item counts.
reflection = Table(
    "reflection",
    metadata,
    key("workspace_id"),
    key("reflection_id", String(40)),
    required("learner_id"),
    required("number", Integer),
    required("item_id"),
    required("content_hash", String(64)),
    required("answers", JSON),
    required("at", Instant),
    of_learner(),
    UniqueConstraint("workspace_id", "learner_id", "number"),
)

# Whose strategy page is shared with whom.
share = Table(
    "share",
    metadata,
    *keys("workspace_id", "learner_id", "with_id"),
    required("since", Instant),
    of_learner(),
)

# An item drawn at the start of a learner's track, to be checked in unused wordings.
sample = Table(
    "sample",
    metadata,
    *keys("workspace_id", "learner_id", "track_id", "item_id"),
    required("drawn_on", Date),
    optional("first_check", String(40)),
    optional("second_check", String(40)),
    of_learner(),
)

# A figure of a report, frozen on the first of a month. `bands`: by moment or item. No answer and no person is in it.
figure = Table(
    "figure",
    metadata,
    key("workspace_id"),
    key("month", Date),
    key("track_id"),
    key("kind", String(20)),
    required("bands", JSON),
)

# Who was counted in a track's figures of a kind, and is never counted in another one.
counted = Table(
    "counted",
    metadata,
    *keys("workspace_id", "learner_id", "track_id"),
    key("kind", String(20)),
    required("month", Date),
    of_learner(),
)

# Who adds their before and after to their group's page.
group_share = Table(
    "group_share",
    metadata,
    *keys("workspace_id", "learner_id", "track_id"),
    required("since", Instant),
    of_learner(),
)

# The key of the pseudonyms of a month, thrown away when the month is counted.
look_up_key = Table("look_up_key", metadata, key("workspace_id"), key("month", Date), required("key", String(64)))

# That somebody looked a word up in a month that isn't over. `about`: the list the word is on.
look_up = Table(
    "look_up",
    metadata,
    key("workspace_id"),
    key("month", Date),
    key("about", String(10)),
    key("word"),
    key("pseudonym", String(32)),
)

# How many people looked a word up in a month, from ten up and in steps of ten.
look_up_count = Table(
    "look_up_count",
    metadata,
    key("workspace_id"),
    key("month", Date),
    key("about", String(10)),
    key("word"),
    required("people", Integer),
)

# Admins who are sent the report on the first of a month.
digest = Table("digest", metadata, *keys("workspace_id", "learner_id"), required("since", Instant))

# A draft for discussion that an admin made of the pages shared with them.
draft = Table(
    "draft",
    metadata,
    key("workspace_id"),
    key("draft_id", String(40)),
    required("admin_id"),
    required("made_at", Instant),
)

# One person's lines in a draft, as they were when it was made.
draft_part = Table(
    "draft_part",
    metadata,
    key("workspace_id"),
    key("draft_id", String(40)),
    key("learner_id"),
    required("lines", JSON),
    optional("agreed_at", Instant),
    of_learner(),
    ForeignKeyConstraint(["workspace_id", "draft_id"], ["draft.workspace_id", "draft.draft_id"]),
)

# Somebody who is being erased: deleted once the bot's messages in their DM are gone. The last row that names them.
erasure = Table(
    "erasure",
    metadata,
    *keys("workspace_id", "learner_id"),
    optional("channel_id"),
    required("asked_real", Instant),
    required("erased", Boolean),
    required("scrubbed", Boolean),
    optional("begun_real", Instant),
    required("cursor", Text),
    required("open_real", Instant),
)

# The mark of somebody who was erased: no order enrols them again until they start by themselves.
erased = Table("erased", metadata, key("workspace_id"), key("digest", String(64)))

# A version of a lesson, term or track that admins wrote in Slack.
written = Table(
    "written",
    metadata,
    key("workspace_id"),
    key("kind", String(10)),
    key("item_id"),
    key("version", Integer),
    required("state", String(10)),
    required("track_id"),
    required("title", Text),
    required("text", Text),
    required("since", Instant),
    required("at", Instant),
    required("made_in"),
)

# Who assigned, removed, was refused.
audit = Table(
    "audit",
    metadata,
    key("workspace_id"),
    key("audit_id", String(40)),
    required("at", Instant),
    required("actor"),
    required("action"),
    required("detail", Text),
)
