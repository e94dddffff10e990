"""Values are what dataclasses would be, but for the time that it takes to declare them."""

from dataclasses import dataclass, field, fields, replace

import pytest

from iview_tui.domain.value import value


@value
class Point:
    """Two numbers and names."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)


@value
class Checked:
    """One that looks at what it is given."""

    x: int

    def __post_init__(self) -> None:
        """Refuse what is below zero."""
        if self.x < 0:
            raise ValueError(self.x)


@dataclass(frozen=True, slots=True)
class Model:
    """The same as Point, by the standard library."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)


@pytest.mark.parametrize("kind", [Point, Model])
def test_values_take_and_give_what_dataclasses_do(kind: type[Point] | type[Model]) -> None:
    """By place and by name, with defaults; a default that is made is made for each."""
    one, other = kind(1), kind(x=1, y=2)

    assert (one.x, one.y, one.names) == (1, 2, [])
    assert one.names is not other.names
    assert one == other
    assert one != kind(1, 3)
    assert replace(one, y=5) == kind(1, 5)
    assert repr(one) == f"{kind.__name__}(x=1, y=2, names=[])"
    assert [each.name for each in fields(one)] == ["x", "y", "names"]
    with pytest.raises(TypeError):
        kind()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        kind(1, z=3)  # type: ignore[call-arg]


def test_a_value_of_one_class_is_not_one_of_another() -> None:
    """Equal fields are not enough."""
    one: object = Point(1)

    assert one != Model(1)


def test_a_value_that_looks_at_itself_does_so_every_time() -> None:
    """The first and the later ones."""
    for _ in range(2):
        with pytest.raises(ValueError, match="-1"):
            Checked(-1)
        assert Checked(1) == Checked(1)
    assert hash(Checked(1)) == hash(Checked(1))
