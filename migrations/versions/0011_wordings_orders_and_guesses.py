"""the wording that was asked, the order of its choices, and questions that stand before their text"""

import sqlalchemy as sa
from alembic import op

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
    op.add_column("learner", sa.Column("first_guess", sa.String(40), nullable=True))


def downgrade() -> None:
    # the release before would take a wrong try for the answer that counts where it looks for any answer
    op.execute("DELETE FROM answer WHERE attempt > 1")
    op.drop_column("learner", "first_guess")
    op.drop_column("answer", "guessed")
    op.drop_column("asking", "text_shown")
    op.drop_column("asking", "asks_first")
    op.drop_column("asking", "choice_order")
    op.drop_column("asking", "question_id")
