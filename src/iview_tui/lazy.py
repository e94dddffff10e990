"""What libraries import at once and this program wants later, or never.

pendulum imports dateutil's parser for dates in free words, which nothing here reads with it: half
of the time that pendulum takes, and a twentieth of that to the first picture. asyncio imports the
encryption of connections if it can; there are none here, and it is another twentieth.
"""

import importlib
import sys
from importlib.util import LazyLoader, find_spec, module_from_spec


def put_off(name: str) -> None:
    """Let a module of a package be loaded by the first look into it. Too late, it does nothing."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _, last = name.rpartition(".")
    setattr(importlib.import_module(package), last, module)


def leave_out(name: str) -> None:
    """Let the import of a module fail, for those who can do without. Too late, it does nothing."""
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]
