"""admins whom another admin appointed, beside those of the setting"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointed_admin",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("appointed_by", sa.String(255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name="pk_appointed_admin"),
    )


def downgrade() -> None:
    op.drop_table("appointed_admin")
