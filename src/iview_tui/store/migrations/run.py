"""Lift a database to the present schema: a verified backup, then one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from pendulum import DateTime

from iview_tui.store import backup
from iview_tui.store import database as opening
from iview_tui.store.errors import DamagedDatabase

HERE = Path(__file__).parent


def lift(database: opening.Database, at: DateTime) -> None:
    """Back the database up and lift it; killed at any moment it is the old or the new one.

    Raises DatabaseError; then the database is as it was.
    """
    backup.make(database.path, at, "before-upgrade")
    upgrade(database)
    database.raw().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the header says it without journal


def upgrade(database: opening.Database, versions: Path | None = None) -> None:
    """Run the revisions that the database has not had, all in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(versions or HERE / "versions"))
    config.set_main_option("path_separator", "newline")
    raw = database.raw()
    raw.execute("PRAGMA foreign_keys = OFF")  # a table that is built anew drops the old one
    try:
        with database.transaction() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DamagedDatabase(
                    f"{database.path} could not be lifted whole; it is as it was."
                )
            opening.mark(connection)
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
