"""orders of several tracks, each of which begins when the one before it is finished"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("admin_order", sa.Column("after_track", sa.String(255), nullable=True))
    op.add_column("admin_order", sa.Column("then", sa.Text(), nullable=False, server_default=""))
    op.add_column("enrolment", sa.Column("after_track", sa.String(255), nullable=True))


def downgrade() -> None:
    op.drop_column("enrolment", "after_track")
    op.drop_column("admin_order", "then")
    op.drop_column("admin_order", "after_track")
