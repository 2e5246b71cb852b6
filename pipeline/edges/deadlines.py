"""A total deadline over blocking sockets: when it is over, the guarded socket is shut and its reader wakes."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator


class DeadlinePassed(Exception):
    """The time for a request is over."""


class Deadline:
    """A moment after which a request is over, whatever its server does.

    Timeouts of sockets are per operation: a server that sends a byte every few seconds never trips one. A timer that
    shuts the socket ends slow headers, slow bodies, endless trailers and floods of interim answers alike.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def require(self) -> float:
        """Seconds left, more than none. Raises DeadlinePassed."""
        remaining = self._ends - time.monotonic()
        if remaining <= 0:
            raise DeadlinePassed(f"not done within {self.seconds:g} seconds")
        return remaining

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Time that is not counted: our own waiting (politeness, robots.txt) is not the server's."""
        started = time.monotonic()
        try:
            yield
        finally:
            self._ends += time.monotonic() - started

    @contextlib.contextmanager
    def guarding(self, opened: socket.socket) -> Iterator[None]:
        """Shut this connection at the deadline. A copy of its descriptor is held, because TLS replaces the socket."""
        with socket.socket(fileno=os.dup(opened.fileno())) as held:
            timer = threading.Timer(self.require(), _shut, [held])
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()


def _shut(held: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other end was faster
        held.shutdown(socket.SHUT_RDWR)
