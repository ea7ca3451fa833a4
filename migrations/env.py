"""Alembic's entry: runs on the connection it is given, inside that connection's transaction."""

from alembic import context
from sqlalchemy import Connection

from bot.store.indexes import schema

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run migrations with `missinglink db upgrade`, which knows the database and takes the lock")

context.configure(
    connection=connection,
    target_metadata=schema,
    transactional_ddl=True,
    compare_type=True,
    user_module_prefix="",
    # SQLite can't alter a constraint in place
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
