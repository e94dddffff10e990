from pathlib import Path

import pendulum
import pytest

from iview_tui import clock
from iview_tui.clock import Clock, HeldClock, SystemClock


def test_the_system_clock_answers() -> None:
    system: Clock = SystemClock()
    wall, boot, awake = system.wall(), system.boot(), system.awake()

    assert wall.timezone_name == "UTC"
    assert abs((pendulum.now("UTC") - wall).total_seconds()) < 5
    assert system.boot() >= boot
    assert system.awake() >= awake
    assert system.boot_id() == system.boot_id()


def test_a_held_clock_stands_still() -> None:
    held: Clock = HeldClock()

    assert (held.wall(), held.boot(), held.awake()) == (held.wall(), held.boot(), held.awake())


def moves(held: HeldClock, move: object) -> tuple[float, float, float]:
    wall, boot, awake = held.wall(), held.boot(), held.awake()
    move()  # type: ignore[operator]
    return (held.wall() - wall).total_seconds(), held.boot() - boot, held.awake() - awake


def test_three_clocks_move_as_those_of_a_laptop() -> None:
    held = HeldClock()

    assert moves(held, lambda: held.advance(12)) == (12, 12, 12)
    assert moves(held, lambda: held.sleep(192)) == (192, 192, 0)
    assert moves(held, lambda: held.set_wall(held.wall().add(hours=1))) == (3600, 0, 0)


def test_after_a_reboot_only_the_wall_clock_knows() -> None:
    held = HeldClock(boot=5000)
    before, wall = held.boot_id(), held.wall()
    held.reboot(60)

    assert held.boot_id() != before
    assert held.boot() == held.awake() == 0
    assert (held.wall() - wall).total_seconds() == 60


def test_the_zone_is_read_anew_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    system = SystemClock()
    zones = []
    for name in ("Europe/Berlin", ":/usr/share/zoneinfo/Asia/Tokyo", ""):
        monkeypatch.setenv("TZ", name)
        zones.append(system.zone())

    assert zones == ["Europe/Berlin", "Asia/Tokyo", "UTC"]


def test_a_zone_without_a_name_is_still_a_zone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TZ", "not a zone")
    pendulum.timezone(SystemClock().zone())
    named = tmp_path / "timezone"
    named.write_text("Europe/Paris # here\n")

    assert clock._file_zone(named) == "Europe/Paris"
    assert clock._file_zone(tmp_path / "none") == ""


def test_a_held_zone_changes_with_the_traveler() -> None:
    held = HeldClock(zone="Europe/Berlin")
    held.set_zone("Asia/Tokyo")

    assert held.zone() == "Asia/Tokyo"
