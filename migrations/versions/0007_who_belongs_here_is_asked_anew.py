"""who belongs here is asked anew"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # members at home in a sister workspace were kept as people of another company; without a name their profile is
    # asked for when they come next, and until then they stay as they are
    learner = sa.table("learner", sa.column("name", sa.String), sa.column("foreign", sa.Boolean))
    op.execute(learner.update().where(learner.c.foreign.is_(sa.true())).values(name=""))


def downgrade() -> None:
    """Nothing is to be put back: names come with the next profile."""
