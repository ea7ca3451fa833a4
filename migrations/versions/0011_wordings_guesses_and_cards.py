"""the wording that was asked, the order of its choices, questions before their text; cards and wishes"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("asking", sa.Column("question_id", sa.String(255), nullable=False, server_default=""))
    op.add_column("asking", sa.Column("choice_order", sa.String(20), nullable=False, server_default=""))
    op.add_column("asking", sa.Column("asks_first", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("asking", sa.Column("text_shown", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("answer", sa.Column("guessed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("answer", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("answer", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("learner", sa.Column("first_guess", sa.String(40), nullable=True))
    op.add_column("learner", sa.Column("lone_unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_asking_item", "asking", ["workspace_id", "learner_id", "item_id"])
    op.create_table(
        "card",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("check_only", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.String(20), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("asking_id", sa.String(40), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name="fk_card_learner"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "learner_id", "item_id", name="pk_card"),
    )
    due = sa.text("due_on IS NOT NULL")
    op.create_index(
        "ix_card_due_on", "card", ["workspace_id", "learner_id", "due_on"], sqlite_where=due, postgresql_where=due
    )
    op.create_table(
        "wish",
        sa.Column("workspace_id", sa.String(255), nullable=False),
        sa.Column("wish_id", sa.String(40), nullable=False),
        sa.Column("learner_id", sa.String(255), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "learner_id"], ["learner.workspace_id", "learner.learner_id"], name="fk_wish_learner"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "wish_id", name="pk_wish"),
    )
    op.create_index("ix_wish_item", "wish", ["workspace_id", "learner_id", "item_id"])


def downgrade() -> None:
    # the release before would take a wrong try for the answer that counts where it looks for any answer
    op.execute("DELETE FROM answer WHERE attempt > 1")
    # and doesn't know these ends; it shows a skipped question as one that may still be answered
    op.execute("UPDATE asking SET outcome = 'skipped' WHERE outcome IN ('lapsed', 'dropped')")
    op.drop_table("wish")
    op.drop_table("card")
    op.drop_index("ix_asking_item", "asking")
    op.drop_column("learner", "lone_unanswered")
    op.drop_column("learner", "first_guess")
    op.drop_column("answer", "review_on")
    op.drop_column("answer", "day")
    op.drop_column("answer", "guessed")
    op.drop_column("asking", "text_shown")
    op.drop_column("asking", "asks_first")
    op.drop_column("asking", "choice_order")
    op.drop_column("asking", "question_id")
