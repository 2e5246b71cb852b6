"""The assets that join the DAGs, and what every DAG shares: retries, pools, the clock, the announcement of a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from airflow.sdk import Asset, CronTriggerTimetable, ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowSkipException

from pipeline.errors import Busy, ConfigurationError, ContractBroken, EvidenceBroken, GateFailed, Refused, Unreachable
from pipeline.settings import settings

ARTICLES = Asset("articles", uri="x-press://articles")
WAREHOUSE = Asset("warehouse", uri="x-press://warehouse")

# DuckDB has one writing process: tasks that write hold the only slot of this pool.
WAREHOUSE_POOL = "warehouse"

RETRIES = ExceptionRetryPolicy(
    [
        RetryRule(exception=Unreachable, action=RetryAction.RETRY, retry_delay=timedelta(minutes=5)),
        RetryRule(exception=Busy, action=RetryAction.RETRY, retry_delay=timedelta(seconds=30)),
        RetryRule(exception=Refused, action=RetryAction.FAIL),
        RetryRule(exception=ContractBroken, action=RetryAction.FAIL),
        RetryRule(exception=EvidenceBroken, action=RetryAction.FAIL),
        RetryRule(exception=GateFailed, action=RetryAction.FAIL),
        RetryRule(exception=ConfigurationError, action=RetryAction.FAIL),
    ]
)
# By the clock a failure may pass by itself; somebody who runs the DAGs once waits for the answer.
_TASKS = {"retries": 3 if settings().scheduled else 0, "retry_policy": RETRIES, "retry_delay": timedelta(minutes=1)}

COMMON: Mapping[str, Any] = {
    "start_date": datetime(2026, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    "default_args": _TASKS,
    "tags": ["press"],
}


def by_the_clock(cron: str, timezone: str = "UTC") -> CronTriggerTimetable | None:
    """The timetable when the DAGs run by the clock; None when they run once and by hand."""
    return CronTriggerTimetable(cron, timezone=timezone) if settings().scheduled else None


def announcing(step: Callable[[str], str], asset: Asset) -> Callable[..., str]:
    """The step as a task's function that announces its batch as a partition of the asset."""

    def announce(ref: str, *, outlet_events: Any = None) -> str:
        made = step(ref)
        outlet_events[asset].add_partitions([made.partition("/")[2]])
        return made

    announce.__name__ = step.__name__
    announce.__doc__ = step.__doc__
    return announce


def skipping(step: Callable[..., Any]) -> Callable[..., Any]:
    """The step as a task's function that is skipped, with all that follows it, when there is nothing to hand on."""

    @wraps(step)
    def skip(*args: Any) -> Any:
        made = step(*args)
        if not made:
            raise AirflowSkipException("nothing to read")
        return made

    return skip
