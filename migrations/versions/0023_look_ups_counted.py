"""words looked up, counted by the month"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look_up_key",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "month", name="pk_look_up_key"),
    )
    op.create_table(
        "look_up",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("about", sa.String(10), nullable=False),
        sa.Column("word", sa.String(255), nullable=False),
        sa.Column("pseudonym", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "month", "about", "word", "pseudonym", name="pk_look_up"),
    )
    op.create_table(
        "look_up_count",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("about", sa.String(10), nullable=False),
        sa.Column("word", sa.String(255), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "month", "about", "word", name="pk_look_up_count"),
    )


def downgrade() -> None:
    for table in ("look_up_count", "look_up", "look_up_key"):
        op.drop_table(table)
