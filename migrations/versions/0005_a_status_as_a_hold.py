"""a status as a hold"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_at", Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lifted_at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    # the release before doesn't know this kind
    op.execute("DELETE FROM hold WHERE kind = 'away'")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_column("lifted_at")
        batch_op.drop_column("ends_at")
