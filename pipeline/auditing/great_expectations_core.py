"""Great Expectations without what checking frames never uses: 2.5 s of CPU to import instead of 6, and 100 MB less.

Of 2,470 modules that `import great_expectations` brings, 850 are of a few libraries. Charts (altair), distributions
(scipy.stats), JSON schemas and Markdown are of expectations and pages that no rule has: they are imported when somebody
asks them for something, by the lazy loader of the standard library. Databases (sqlalchemy, psycopg2) are extras of it,
and it is told that they are not installed: unless they are imported already, as they are in a process of Airflow.
Should a later version not bear that, it is imported as everybody does.
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

ON_DEMAND = frozenset({"altair", "jsonschema", "mistune", "scipy.stats"})
EXTRAS = frozenset({"psycopg2", "sqlalchemy"})

log = logging.getLogger(__name__)


class _Sparing(importlib.abc.MetaPathFinder):
    """Finds some modules later and some not at all, for the thread that made it."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.absent = EXTRAS - sys.modules.keys()

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if threading.get_ident() != self.thread:
            return None
        if name in self.absent:
            raise ModuleNotFoundError(f"{name} is not needed to check frames", name=name)
        if name not in ON_DEMAND:
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


def imported(*names: str) -> list[ModuleType]:
    """Modules of one library, by their full names; whole where it does not bear to be spared anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with sparing():
                return [importlib.import_module(name) for name in names]
        except (ImportError, AttributeError) as error:
            library = names[0].partition(".")[0]
            log.warning("%s is imported whole: %s", library, error)
            for name in [name for name in sys.modules if name.partition(".")[0] == library]:
                del sys.modules[name]
            return [importlib.import_module(name) for name in names]


os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ["TQDM_DISABLE"] = "1"
gx, gxe = imported("great_expectations", "great_expectations.expectations")
# Importing it sets levels of its own, and it would say on stderr where it puts files that nobody reads.
for _name in ("great_expectations", "great_expectations.data_context.types.base"):
    logging.getLogger(_name).setLevel(logging.WARNING)
