"""what learners choose"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, Weekdays

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("asked_at", Instant(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("settled_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name=op.f("fk_talk_learner")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name=op.f("pk_talk")),
    )
    with op.batch_alter_table("admin_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("days", Weekdays(length=7), nullable=True))

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("days", Weekdays(length=7), nullable=True))

    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_days", Weekdays(length=7), nullable=True))
        batch_op.add_column(sa.Column("own_tz", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("own_country", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("titled", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("home_hash", sa.String(length=255), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.drop_column("home_hash")
        batch_op.drop_column("titled")
        batch_op.drop_column("own_country")
        batch_op.drop_column("own_tz")
        batch_op.drop_column("own_days")

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_column("days")

    with op.batch_alter_table("admin_order", schema=None) as batch_op:
        batch_op.drop_column("days")

    op.drop_table("talk")
