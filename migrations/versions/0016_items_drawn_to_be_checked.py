"""items drawn at the start of a track, checked in an unused wording after 30 and 60 days"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sample",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("first_check", sa.String(40), nullable=True),
        sa.Column("second_check", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "track_id", "item_id", name="pk_sample"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name="fk_sample_learner"
        ),
    )


def downgrade() -> None:
    op.drop_table("sample")
