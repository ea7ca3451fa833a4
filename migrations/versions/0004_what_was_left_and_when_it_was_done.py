"""what was left, and when it was done"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_at", Instant(timezone=True), nullable=True))
    with op.batch_alter_table("done", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at", Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("done", schema=None) as batch_op:
        batch_op.drop_column("at")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_column("left_at")
