"""several askings in a message"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("asking", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(20), nullable=False, server_default="item"))
    op.create_table(
        "delivery_asking",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("delivery_id", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("asking_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"],
            ["learner.workspace_id", "learner.learner_id"],
            name="fk_delivery_asking_learner",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["delivery.workspace_id", "delivery.delivery_id"],
            name="fk_delivery_asking_delivery",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asking_id"],
            ["asking.workspace_id", "asking.asking_id"],
            name="fk_delivery_asking_asking",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "delivery_id", "position", name="pk_delivery_asking"),
    )
    op.create_index("ix_delivery_asking_asking", "delivery_asking", ["workspace_id", "asking_id"])


def downgrade() -> None:
    # the release before would take an open review for the open item, and close it as skipped
    op.drop_table("delivery_asking")
    op.execute(
        "DELETE FROM answer WHERE EXISTS (SELECT 1 FROM asking WHERE asking.workspace_id = answer.workspace_id "
        "AND asking.asking_id = answer.asking_id AND asking.reason <> 'item')"
    )
    op.execute(
        "UPDATE delivery SET asking_id = NULL WHERE EXISTS (SELECT 1 FROM asking WHERE asking.workspace_id = "
        "delivery.workspace_id AND asking.asking_id = delivery.asking_id AND asking.reason <> 'item')"
    )
    op.execute("DELETE FROM asking WHERE reason <> 'item'")
    # not as a batch, which on SQLite makes the table anew: others refer to it
    op.drop_column("asking", "reason")
