"""a log of responses"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the table and its columns keep their names: the release before reads and writes them meanwhile
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="one_right"))
        batch_op.add_column(sa.Column("response", sa.JSON(), nullable=True))
        batch_op.alter_column("choice", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("right", existing_type=sa.Boolean(), nullable=True)
    answer = sa.table("answer", sa.column("choice", sa.Integer), sa.column("response", sa.JSON))
    made = sa.func.json_object if op.get_bind().dialect.name == "sqlite" else sa.func.json_build_object
    op.execute(answer.update().values(response=made("choice", answer.c.choice, type_=sa.JSON)))


def downgrade() -> None:
    # the release before knows answers to questions with one right choice alone
    op.execute("DELETE FROM answer WHERE kind <> 'one_right'")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("response")
        batch_op.drop_column("kind")
        batch_op.alter_column("choice", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("right", existing_type=sa.Boolean(), nullable=False)
