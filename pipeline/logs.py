"""Who writes log lines, and where they go: to Airflow's own log in a task, to stderr in a command."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class _Where:
    stderr: bool = False


_WHERE = _Where()


def to_stderr() -> None:
    """Have every logger that is asked for from now on write warnings and worse to stderr: stdout is for answers."""
    _WHERE.stderr = True


def logger() -> Any:
    """The logger of a module that runs steps; its first line is bound by what was said by then.

    structlog imports rich, a quarter of a second of CPU: a command that only asks must not pay for it.
    """
    import structlog

    if _WHERE.stderr and not structlog.is_configured():  # Airflow, in a process of its own making, has said already
        import logging

        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        )
    return structlog.get_logger()
