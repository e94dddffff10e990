"""Classes of values: named fields, equal where these are equal, never changed once made.

Like `dataclass(frozen=True, slots=True)`, which writes and compiles eight methods anew for every
class: with ninety classes a sixth of the time to the first picture. Here only `__init__` is made
for each; that nothing is assigned to a field, the type checker holds.
"""

from dataclasses import dataclass, field, fields
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[_T]) -> type[_T]:
    """Make a class of values out of annotated fields; `replace` and `fields` take them."""
    made = dataclass(slots=True, repr=False, eq=False)(cls)
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


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
