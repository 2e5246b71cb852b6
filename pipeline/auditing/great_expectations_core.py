"""Great Expectations without what checking frames never uses: 2.5 s of CPU to import instead of 6, and 100 MB less.

Of 2,470 modules that `import great_expectations` brings, 790 are of three libraries. Charts (altair) and distributions
(scipy.stats) are of an expectation that no rule has: they are imported when somebody asks them for something, by the
lazy loader of the standard library. Databases (sqlalchemy) are an extra of it, and it is told that they are not
installed: unless they are imported already, as they are in a process of Airflow. Should a later version not bear that,
it is imported as everybody does.
"""

from __future__ import annotations

import importlib
import importlib.abc
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

_LIBRARY = "great_expectations"
_EXPECTATIONS = "great_expectations.expectations"
_ON_DEMAND = frozenset({"altair", "scipy.stats"})
_EXTRAS = frozenset({"sqlalchemy"})

log = logging.getLogger(__name__)


class _Sparing(importlib.abc.MetaPathFinder):
    """Finds some modules later and some not at all, for the thread that made it."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.absent = _EXTRAS - sys.modules.keys()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if threading.get_ident() != self.thread:
            return None
        if name in self.absent:
            raise ModuleNotFoundError(f"{name} is not needed to check frames", name=name)
        if name not in _ON_DEMAND:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def sparing() -> Iterator[None]:
    """Imports inside the block pass over what checking frames never uses."""
    finder = _Sparing()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def imported(*, spared: bool = True) -> tuple[ModuleType, ModuleType]:
    """Great Expectations and the module of its core expectations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if spared:
            try:
                with sparing():
                    return importlib.import_module(_LIBRARY), importlib.import_module(_EXPECTATIONS)
            except (ImportError, AttributeError) as error:
                log.warning("great_expectations is imported whole: %s", error)
                for name in [name for name in sys.modules if name.partition(".")[0] == _LIBRARY]:
                    del sys.modules[name]
        return importlib.import_module(_LIBRARY), importlib.import_module(_EXPECTATIONS)


os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ["TQDM_DISABLE"] = "1"
gx, gxe = imported()
# Importing it sets levels of its own, and it would say on stderr where it puts files that nobody reads.
for _name in (_LIBRARY, "great_expectations.data_context.types.base"):
    logging.getLogger(_name).setLevel(logging.WARNING)
