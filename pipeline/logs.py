"""The pipeline's log: Airflow configures it before a task begins; elsewhere warnings go to stderr."""

from __future__ import annotations

import logging
import sys

import structlog


def get_logger() -> structlog.typing.FilteringBoundLogger:
    """A logger of events with named values. Here and not in the command line, most of which has no use for one."""
    if not structlog.is_configured():
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        )
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
