"""Keeps each host to its rate, over all threads of a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from pipeline.gathering.politeness import MAX_SECONDS_BETWEEN_REQUESTS, SECONDS_BETWEEN_REQUESTS


class Pacer:
    """Hands out turns: a host is asked no sooner than `interval_s` after its last turn."""

    def __init__(
        self,
        *,
        interval_s: float = SECONDS_BETWEEN_REQUESTS,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval_s = interval_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_turn: dict[str, float] = {}
        self._own_interval_s: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float | None) -> None:
        """Keep a host to the longer interval that it asks for (Crawl-delay), up to a minute."""
        if seconds is not None:
            self._own_interval_s[host] = min(max(seconds, self._interval_s), MAX_SECONDS_BETWEEN_REQUESTS)

    def wait(self, host: str) -> None:
        """Return when it is this caller's turn at the host. The turn is taken before waiting, so no two share one."""
        with self._lock:
            now = self._monotonic()
            turn = max(now, self._next_turn.get(host, now))
            self._next_turn[host] = turn + self._own_interval_s.get(host, self._interval_s)
        if turn > now:
            self._sleep(turn - now)
