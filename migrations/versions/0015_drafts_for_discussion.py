"""drafts for discussion: the lines of several people side by side, with whether each agreed"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("draft_id", sa.String(40), nullable=False),
        sa.Column("admin_id", sa.String(255), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "draft_id", name="pk_draft"),
    )
    op.create_table(
        "draft_part",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("draft_id", sa.String(40), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("agreed_at", Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "draft_id", "learner_id", name="pk_draft_part"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"], ["draft.workspace_id", "draft.draft_id"], name="fk_draft_part_draft"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name="fk_draft_part_learner",
        ),
    )


def downgrade() -> None:
    op.drop_table("draft_part")
    op.drop_table("draft")
