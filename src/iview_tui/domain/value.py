"""Classes of values: named fields, equal where these are equal, never changed once made.

Like `dataclass(frozen=True, slots=True)`, which writes and compiles eight methods anew for every
class: with ninety classes a sixth of the time to the first picture. Here only `__init__` is made
for each, when the first value is; that nothing is assigned to a field, the type checker holds.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

_T = TypeVar("_T")
_ABSENT = object()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[_T]) -> type[_T]:
    """Make a class of values out of annotated fields; `replace` and `fields` take them."""
    made = dataclass(init=False, slots=True, repr=False, eq=False)(cls)

    def first(self: _T, *args: Any, **named: Any) -> None:
        init = _init(made)
        setattr(made, "__init__", init)  # noqa: B010
        init(self, *args, **named)

    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        if name not in cls.__dict__:
            setattr(made, name, method)
    setattr(made, "__init__", first)  # noqa: B010
    return made


def _init(made: type) -> Callable[..., None]:
    """What sets the fields of that class, by place or by name."""
    space: dict[str, Any] = {"_ABSENT": _ABSENT}
    taken, lines = ["self"], []
    for each in fields(made):
        name = each.name
        if each.default_factory is not MISSING:
            space[f"_{name}"] = each.default_factory
            taken.append(f"{name}=_ABSENT")
            lines.append(f"self.{name} = _{name}() if {name} is _ABSENT else {name}")
            continue
        space[f"_{name}"] = each.default
        taken.append(name if each.default is MISSING else f"{name}=_{name}")
        lines.append(f"self.{name} = {name}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines or ["pass"]), space)  # noqa: S102
    init: Callable[..., None] = space["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _key(one: object) -> tuple[object, ...]:
    return tuple(getattr(one, each.name) for each in fields(one))  # type: ignore[arg-type]


def _equal(one: object, other: object) -> bool:
    if one is other:
        return True
    if one.__class__ is not other.__class__:
        return False
    return _key(one) == _key(other)


def _hash(one: object) -> int:
    return hash(_key(one))


def _repr(one: object) -> str:
    told = ", ".join(f"{each.name}={getattr(one, each.name)!r}" for each in fields(one))  # type: ignore[arg-type]
    return f"{one.__class__.__qualname__}({told})"
