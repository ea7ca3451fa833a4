"""a pace for each workspace"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PENDING = sa.text("claimable_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("workspace_id", sa.String(length=255), nullable=False),
        sa.Column("method", sa.String(length=255), nullable=False),
        sa.Column("arrival_real", Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "method", name="pk_pace"),
    )
    op.drop_index("ix_delivery_claimable_at", "delivery")
    op.create_index(
        "ix_delivery_claimable_at",
        "delivery",
        ["workspace_id", "claimable_at"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_claimable_at", "delivery")
    op.create_index(
        "ix_delivery_claimable_at", "delivery", ["claimable_at"], sqlite_where=PENDING, postgresql_where=PENDING
    )
    op.drop_table("pace")
