"""people who are erased: what is still to be deleted in Slack, and the mark that keeps them from being enrolled again"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("erasure_key", sa.String(64), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("channel_id", sa.String(255), nullable=True),
        sa.Column("asked_real", Instant(timezone=True), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("scrubbed", sa.Boolean(), nullable=False),
        sa.Column("begun_real", Instant(timezone=True), nullable=True),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("open_real", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name="pk_erasure"),
    )
    op.create_table(
        "erased",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "digest", name="pk_erased"),
    )


def downgrade() -> None:
    op.drop_table("erased")
    op.drop_table("erasure")
    op.drop_column("workspace", "erasure_key")
