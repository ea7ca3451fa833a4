"""figures of reports, who was counted in them, when a track was begun, and tracks paused for everybody"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BEGUN = """
UPDATE enrolment SET started_at = (
  SELECT MIN(COALESCE(done.at, asking.opened_at)) FROM done JOIN asking
    ON asking.workspace_id = done.workspace_id AND asking.learner_id = done.learner_id AND asking.item_id = done.item_id
  WHERE done.workspace_id = enrolment.workspace_id AND done.learner_id = enrolment.learner_id
    AND asking.track_id = enrolment.track_id AND done.step > enrolment.after_step
)
"""


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "month", "track_id", "kind", name="pk_figure"),
    )
    op.create_table(
        "counted",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "track_id", "kind", name="pk_counted"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name="fk_counted_learner"
        ),
    )
    op.create_table(
        "group_share",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "track_id", name="pk_group_share"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name="fk_group_share_learner",
        ),
    )
    op.create_table(
        "digest",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", name="pk_digest"),
    )
    op.create_table(
        "paused_track",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("track_id", sa.String(255), nullable=False),
        sa.Column("admin_id", sa.String(255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "track_id", name="pk_paused_track"),
    )
    op.add_column("learner", sa.Column("figures_told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("enrolment", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("enrolment", sa.Column("began_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(BEGUN)
    # somebody's own track that no admin gave; who was given theirs later isn't known any more
    op.execute("UPDATE enrolment SET began_alone = (assigned_by IS NULL)")


def downgrade() -> None:
    op.drop_column("enrolment", "began_alone")
    op.drop_column("enrolment", "started_at")
    op.drop_column("learner", "figures_told_at")
    op.drop_table("paused_track")
    op.drop_table("digest")
    op.drop_table("group_share")
    op.drop_table("counted")
    op.drop_table("figure")
