"""one extra line in a message, the notices somebody was told of, and reports that something is wrong in an item"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("rider", sa.String(255), nullable=True))
    # whoever came before this release was told of none
    op.add_column("learner", sa.Column("privacy_told", sa.Integer(), nullable=False, server_default="0"))
    carries = sa.text("rider IS NOT NULL")
    op.create_index(
        "ix_delivery_rider",
        "delivery",
        ["workspace_id", "learner_id", "rider"],
        sqlite_where=carries,
        postgresql_where=carries,
    )
    op.create_table(
        "error_report",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("report_id", sa.String(40), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "report_id", name="pk_error_report"),
    )


def downgrade() -> None:
    op.drop_table("error_report")
    op.drop_index("ix_delivery_rider", "delivery")
    op.drop_column("learner", "privacy_told")
    op.drop_column("delivery", "rider")
