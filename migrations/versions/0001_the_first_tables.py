"""the first tables"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, LocalTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "admin_order",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("order_id", sa.String(length=255), nullable=False),
        sa.Column("admin_id", sa.String(length=255), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("track_id", sa.String(length=255), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("at", LocalTime(length=5), nullable=True),
        sa.Column("restart", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("undo", sa.String(length=20), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("open_real", Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", name=op.f("pk_admin_order")),
    )
    with op.batch_alter_table("admin_order", schema=None) as batch_op:
        batch_op.create_index(
            "ix_admin_order_open",
            ["open_real"],
            unique=False,
            sqlite_where=sa.text("open_real IS NOT NULL"),
            postgresql_where=sa.text("open_real IS NOT NULL"),
        )

    op.create_table(
        "audit",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("audit_id", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("action", sa.String(length=255), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "audit_id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_at", ["workspace_id", "at"], unique=False)

    op.create_table(
        "content",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.String(length=255), nullable=False),
        sa.Column("packed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "content_hash", name=op.f("pk_content")),
    )
    op.create_table(
        "learner",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("tz", sa.String(length=255), nullable=False),
        sa.Column("locale", sa.String(length=255), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("foreign", sa.Boolean(), nullable=False),
        sa.Column("own_at", LocalTime(length=5), nullable=True),
        sa.Column("channel_id", sa.String(length=255), nullable=True),
        sa.Column("welcome_done", sa.Boolean(), nullable=False),
        sa.Column("askings", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("next_due_at", Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name=op.f("pk_learner")),
    )
    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.create_index(
            "ix_learner_due",
            ["next_due_at"],
            unique=False,
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
        )

    op.create_table(
        "quarantine",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "content_hash", name=op.f("pk_quarantine")),
    )
    op.create_table(
        "request",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("request_id", sa.String(length=255), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "request_id", name=op.f("pk_request")),
    )
    op.create_table(
        "workspace",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("bot_user_id", sa.String(length=255), nullable=False),
        sa.Column("held", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "admin_effect",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("order_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("put_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["admin_order.workspace_id", "admin_order.order_id"],
            name=op.f("fk_admin_effect_admin_order"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", "learner_id", name=op.f("pk_admin_effect")),
    )
    op.create_table(
        "asking",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("asking_id", sa.String(length=40), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=255), nullable=False),
        sa.Column("track_id", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Instant(timezone=True), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("preface", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "content_hash"],
            ["content.workspace_id", "content.content_hash"],
            name=op.f("fk_asking_content"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name=op.f("fk_asking_learner"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "asking_id", name=op.f("pk_asking")),
        sa.UniqueConstraint(
            "workspace_id", "learner_id", "number", name=op.f("uq_asking_workspace_id_learner_id_number")
        ),
    )
    op.create_table(
        "delivery",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("delivery_id", sa.String(length=40), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("place", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=255), nullable=True),
        sa.Column("once", sa.String(length=20), nullable=True),
        sa.Column("asking_id", sa.String(length=40), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=255), nullable=True),
        sa.Column("ts", sa.String(length=255), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("note", sa.String(length=255), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("claimable_at", Instant(timezone=True), nullable=True),
        sa.Column("retry_real", Instant(timezone=True), nullable=True),
        sa.Column("lease_real", Instant(timezone=True), nullable=True),
        sa.Column("claimed_real", Instant(timezone=True), nullable=True),
        sa.Column("lags_real", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name=op.f("fk_delivery_learner"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "workspace_id", "learner_id", "cause", name=op.f("uq_delivery_workspace_id_learner_id_cause")
        ),
        sa.UniqueConstraint(
            "workspace_id", "learner_id", "once", name=op.f("uq_delivery_workspace_id_learner_id_once")
        ),
        sa.UniqueConstraint(
            "workspace_id", "learner_id", "place", name=op.f("uq_delivery_workspace_id_learner_id_place")
        ),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_asking", ["workspace_id", "asking_id"], unique=False)
        batch_op.create_index(
            "ix_delivery_claimable_at",
            ["claimable_at"],
            unique=False,
            sqlite_where=sa.text("claimable_at IS NOT NULL"),
            postgresql_where=sa.text("claimable_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_delivery_lags_real",
            ["lags_real"],
            unique=False,
            sqlite_where=sa.text("lags_real IS NOT NULL"),
            postgresql_where=sa.text("lags_real IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_delivery_lease_real",
            ["lease_real"],
            unique=False,
            sqlite_where=sa.text("lease_real IS NOT NULL"),
            postgresql_where=sa.text("lease_real IS NOT NULL"),
        )

    op.create_table(
        "done",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("item_id", sa.String(length=255), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name=op.f("fk_done_learner")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "item_id", name=op.f("pk_done")),
    )
    op.create_table(
        "enrolment",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("track_id", sa.String(length=255), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("assigned_by", sa.String(length=255), nullable=True),
        sa.Column("at", LocalTime(length=5), nullable=True),
        sa.Column("after_step", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("last_asking", sa.Integer(), nullable=False),
        sa.Column("finished_at", Instant(timezone=True), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("removed_at", Instant(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name=op.f("fk_enrolment_learner"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "track_id", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_track", ["workspace_id", "track_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name=op.f("fk_hold_learner")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "kind", name=op.f("pk_hold")),
    )
    op.create_table(
        "answer",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("asking_id", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asking_id"], ["asking.workspace_id", "asking.asking_id"], name=op.f("fk_answer_asking")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name=op.f("fk_answer_learner"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "asking_id", "attempt", name=op.f("pk_answer")),
    )


def downgrade() -> None:

    op.drop_table("answer")
    op.drop_table("hold")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_enrolment_track")

    op.drop_table("enrolment")
    op.drop_table("done")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_delivery_lease_real",
            sqlite_where=sa.text("lease_real IS NOT NULL"),
            postgresql_where=sa.text("lease_real IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_delivery_lags_real",
            sqlite_where=sa.text("lags_real IS NOT NULL"),
            postgresql_where=sa.text("lags_real IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_delivery_claimable_at",
            sqlite_where=sa.text("claimable_at IS NOT NULL"),
            postgresql_where=sa.text("claimable_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_delivery_asking")

    op.drop_table("delivery")
    op.drop_table("asking")
    op.drop_table("admin_effect")
    op.drop_table("workspace")
    op.drop_table("request")
    op.drop_table("quarantine")
    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_learner_due",
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
        )

    op.drop_table("learner")
    op.drop_table("content")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_at")

    op.drop_table("audit")
    with op.batch_alter_table("admin_order", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_admin_order_open",
            sqlite_where=sa.text("open_real IS NOT NULL"),
            postgresql_where=sa.text("open_real IS NOT NULL"),
        )

    op.drop_table("admin_order")
