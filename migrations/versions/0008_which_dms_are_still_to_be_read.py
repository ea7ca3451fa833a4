"""which DMs are still to be read"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unread",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("since_wall", Instant(timezone=True), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("open_real", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name="fk_unread_learner",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name="pk_unread"),
    )
    op.create_index("ix_unread_rank", "unread", ["workspace_id", "rank"])


def downgrade() -> None:
    # what was still to be read stays unread: the release before keeps that in memory
    op.drop_table("unread")
