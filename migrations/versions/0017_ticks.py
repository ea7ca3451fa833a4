"""terms that a learner ticked as known at the start of a track; askings of them"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("ticked", sa.Text(), nullable=False, server_default=""))
    op.add_column("asking", sa.Column("ticked", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("asking", "ticked")
    op.drop_column("enrolment", "ticked")
