"""what learners write for their strategy page, with whom they share it, and drafts for discussion"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
LEARNER = ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"]


def upgrade() -> None:
    op.create_table(
        "reflection",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("reflection_id", sa.String(40), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "reflection_id", name="pk_reflection"),
        sa.ForeignKeyConstraint(*LEARNER, name="fk_reflection_learner"),
        sa.UniqueConstraint(
            "workspace_id", "learner_id", "number", name="uq_reflection_workspace_id_learner_id_number"
        ),
    )
    op.create_table(
        "share",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("with_id", sa.String(255), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "with_id", name="pk_share"),
        sa.ForeignKeyConstraint(*LEARNER, name="fk_share_learner"),
    )
    op.create_index("ix_share_with", "share", ["workspace_id", "with_id"])


def downgrade() -> None:
    op.drop_table("share")
    op.drop_table("reflection")
