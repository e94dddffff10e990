"""The rooms of the house, and which doors between them are open."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "iview_tui"
ANY = frozenset(sys.stdlib_module_names)
WORLD = {"os", "io", "pathlib", "time", "threading", "socket", "subprocess", "tempfile", "select",
         "signal", "sqlite3", "asyncio", "random"}  # fmt: skip
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "socketserver", "asyncio"}
MAY_IMPORT: dict[str, frozenset[str]] = {
    "domain": ANY - WORLD - NETWORK | {"pendulum"},
    "store": ANY - NETWORK | {"domain", "paths", "clock", "pendulum", "sqlalchemy", "alembic"},
    "interchange": ANY - NETWORK
    | {"urllib", "domain", "pendulum", "markdown_it", "icalendar", "vobject"},
    "services": ANY - NETWORK
    | {"domain", "store", "interchange", "clock", "paths", "pendulum"},
    "ui": ANY - NETWORK - {"sqlite3"} | {"asyncio"}
    | {"domain", "services", "settings", "clock", "textual", "rich", "pendulum"},
    "cli": ANY - NETWORK
    | {"domain", "store", "interchange", "services", "ui", "clock", "paths", "settings", "lazy",
       "pendulum", "iview_tui"},
    "": ANY - NETWORK | {"cli", "domain", "pendulum", "platformdirs"},
}  # fmt: skip
SOURCES = sorted(path for path in ROOT.rglob("*.py"))


def room_of(source: Path) -> str:
    parts = source.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else ""


def imported(source: Path) -> set[str]:
    """The rooms, standard modules and packages that a file imports, at any depth."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: write absolute imports"
            if node.module == "iview_tui":
                modules |= {f"iview_tui.{alias.name}" for alias in node.names}
            else:
                modules.add(node.module or "")
    parts = [module.split(".") for module in modules]
    return {part[1] if part[0] == "iview_tui" and part[1:] else part[0] for part in parts}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_stay_within_the_room_s_doors(source: Path) -> None:
    room = room_of(source)

    assert imported(source) - MAY_IMPORT[room] - {room, "__version__"} == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_clock_asks_for_the_time(source: Path) -> None:
    if source.name == "clock.py":
        return
    asked = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    forbidden = ("pendulum.now", "datetime.now", "datetime.utcnow", "date.today", "time.time",
                 "pendulum.today", "DateTime.now")  # fmt: skip

    assert [call for call in asked if call in forbidden] == []


def test_alembic_is_only_in_the_migrations() -> None:
    users = [s for s in SOURCES if "alembic" in imported(s)]

    assert {user.relative_to(ROOT).parts[:2] for user in users} <= {("store", "migrations")}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    code = (
        "import sys; sys.argv = ['iview', sys.argv[1]]\n"
        "from iview_tui.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'textual', 'sqlalchemy', 'pendulum', 'platformdirs', 'alembic', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
    )

    assert done.stderr.splitlines()[-1] == "[]"
