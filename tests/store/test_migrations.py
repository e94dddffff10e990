import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pendulum import DateTime

from iview_tui.store import backup, interviews
from iview_tui.store import database as opening
from iview_tui.store.database import DatabaseError, open_to_read, open_to_write
from iview_tui.store.migrations import run
from store_samples import sample_call

OLD = Path(__file__).parents[1] / "old_databases"

NEXT = """
import os
import signal
from alembic import op

revision = "{new}"
down_revision = "{old}"

def upgrade():
    op.get_bind().exec_driver_sql("ALTER TABLE contact ADD COLUMN nickname TEXT")
    op.get_bind().exec_driver_sql("UPDATE contact SET nickname = name")
    {last}
"""


def schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: re.sub(r"\s+", " ", sql).replace(" ,", ",") for name, sql in found}


def old_database(path: Path, dump: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((OLD / dump).read_text(encoding="utf-8"))
    return path


@pytest.fixture
def with_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The revisions, and one more that is not released."""
    versions = tmp_path / "versions"
    shutil.copytree(run.HERE / "versions", versions)
    shutil.rmtree(versions / "__pycache__", ignore_errors=True)
    old = f"{opening.SCHEMA:04}"
    add_revision(versions, old, last="")
    really = run.upgrade
    monkeypatch.setattr(opening, "SCHEMA", opening.SCHEMA + 1)
    monkeypatch.setattr(run, "upgrade", lambda database: really(database, versions))
    return versions


def add_revision(versions: Path, old: str, last: str) -> None:
    new = f"{int(old) + 1:04}"
    (versions / f"{new}_next.py").write_text(NEXT.format(new=new, old=old, last=last))


def test_a_fresh_schema_is_the_migrated_one(tmp_path: Path, at: DateTime) -> None:
    with open_to_write(tmp_path / "fresh.db", at):
        pass
    old = tmp_path / "migrated.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    with open_to_write(old, at):
        pass

    assert schema(old) == schema(tmp_path / "fresh.db")
    assert opening.look(old) == opening.SCHEMA


def test_the_newest_revision_is_the_schema_of_the_code() -> None:
    numbers = [p.name[:4] for p in (run.HERE / "versions").glob("*.py")]

    assert max(numbers) == f"{opening.SCHEMA:04}"
    assert sorted(p.stem for p in OLD.glob("*.sql")) == sorted(numbers)


@pytest.mark.parametrize("dump", sorted(p.name for p in OLD.glob("*.sql")))
def test_every_released_schema_is_lifted_with_its_rows(path: Path, at: DateTime, dump: str) -> None:
    old_database(path, dump)
    with open_to_write(path, at, check=True) as database, database.transaction() as connection:
        record = interviews.load(connection, sample_call().id)

    assert record.contact == sample_call().contact
    assert record.guide == sample_call().guide
    assert [e.text for e in record.entries] == ["", "they hire in autumn", "“we read portfolios”"]


def test_lifting_makes_a_backup_first(path: Path, at: DateTime, with_next: Path) -> None:
    old_database(path, "0001.sql")
    with open_to_write(path, at) as database, database.transaction() as connection:
        (nickname,) = connection.exec_driver_sql("SELECT nickname FROM contact").one()

    (before,) = backup.all_of(path)
    assert nickname == "Priya Raghunathan"
    assert "before-upgrade" in before.name
    assert opening.look(before) == opening.SCHEMA - 1
    assert opening.look(path) == opening.SCHEMA


def test_reading_an_older_one_lifts_a_copy_only(path: Path, with_next: Path) -> None:
    old_database(path, "0001.sql")
    before = path.read_bytes()
    with open_to_read(path) as database, database.transaction() as connection:
        (nickname,) = connection.exec_driver_sql("SELECT nickname FROM contact").one()

    assert nickname == "Priya Raghunathan"
    assert path.read_bytes() == before
    assert not backup.folder(path).exists()


def test_a_revision_that_fails_leaves_the_old_one(
    path: Path, at: DateTime, with_next: Path
) -> None:
    add_revision(with_next, f"{opening.SCHEMA - 1:04}", last="op.get_bind().exec_driver_sql('no')")
    old_database(path, "0001.sql")
    before = schema(path)
    with pytest.raises(DatabaseError):
        open_to_write(path, at)

    assert schema(path) == before
    assert opening.look(path) == opening.SCHEMA - 1


def test_killed_in_the_middle_it_is_the_old_one(path: Path, at: DateTime, with_next: Path) -> None:
    add_revision(with_next, f"{opening.SCHEMA - 1:04}", last="os.kill(os.getpid(), signal.SIGKILL)")
    old_database(path, "0001.sql")
    before = schema(path)
    script = f"""
import pendulum, sys
from pathlib import Path
from iview_tui.store import database
from iview_tui.store.migrations import run
database.SCHEMA = {opening.SCHEMA}
really = run.upgrade
run.upgrade = lambda d: really(d, Path(sys.argv[2]))
database.open_to_write(Path(sys.argv[1]), pendulum.now("UTC"))
"""
    killed = subprocess.run([sys.executable, "-c", script, path, with_next], env=os.environ)

    assert killed.returncode == -signal.SIGKILL
    assert schema(path) == before
    assert opening.look(path) == opening.SCHEMA - 1
    add_revision(with_next, f"{opening.SCHEMA - 1:04}", last="")
    with open_to_write(path, at, check=True):
        assert "nickname" in schema(path)["contact"]


def test_alembic_comes_only_where_it_is_needed(path: Path) -> None:
    script = """
import pendulum, sys
from pathlib import Path
from iview_tui.store.database import open_to_read, open_to_write
open_to_write(Path(sys.argv[1]), pendulum.now("UTC")).close()
open_to_read(Path(sys.argv[1])).close()
sys.exit("alembic" in sys.modules or "sqlalchemy.orm" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", script, path], check=True)
