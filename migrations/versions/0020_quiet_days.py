"""quiet days, on which nobody in a workspace is sent anything unasked"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiet_span",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("span_id", sa.String(255), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("admin_id", sa.String(255), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "span_id", name="pk_quiet_span"),
    )


def downgrade() -> None:
    op.drop_table("quiet_span")
