from collections.abc import Iterator
from pathlib import Path

import pytest
from pendulum import DateTime

from iview_tui.domain.record import CallRecord
from iview_tui.store.database import Database, open_to_write
from store_samples import AT, sample_call


@pytest.fixture
def at() -> DateTime:
    return AT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "iview.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with open_to_write(path, AT) as opened:
        yield opened


@pytest.fixture
def call() -> CallRecord:
    return sample_call()
