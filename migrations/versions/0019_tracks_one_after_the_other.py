"""tracks that begin when the one before is finished, and rules by which whoever is in a group has a track"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("admin_order", sa.Column("after_track", sa.String(255), nullable=True))
    op.add_column("admin_order", sa.Column("then", sa.Text(), nullable=False, server_default=""))
    op.add_column("admin_order", sa.Column("rule_id", sa.String(255), nullable=True))
    op.add_column("enrolment", sa.Column("after_track", sa.String(255), nullable=True))
    op.create_table(
        "rule",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("rule_id", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("source_id", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("admin_id", sa.String(255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.String(5), nullable=True),
        sa.Column("days", sa.String(7), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "rule_id", name="pk_rule"),
    )


def downgrade() -> None:
    op.drop_table("rule")
    op.drop_column("enrolment", "after_track")
    op.drop_column("admin_order", "rule_id")
    op.drop_column("admin_order", "then")
    op.drop_column("admin_order", "after_track")
