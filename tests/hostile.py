"""A loopback server that says exactly the bytes it is told to, slowly, endlessly or not at all."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Self

HOST = "outlet.example"


class Connection:
    """One accepted connection. `quiet()` says nothing more until the client has gone."""

    def __init__(self, accepted: socket.socket, stopped: threading.Event, requests: list[bytes]) -> None:
        self.accepted = accepted
        self._stopped = stopped
        self._requests = requests

    def read_request(self) -> bytes:
        request = b""
        while b"\r\n\r\n" not in request and (more := self.accepted.recv(65_536)):
            request += more
        self._requests.append(request)
        return request

    def send(self, data: bytes) -> None:
        self.accepted.sendall(data)

    def drip(self, pieces: Iterator[bytes], every_s: float = 0.02) -> None:
        for piece in pieces:
            self.send(piece)
            if self._stopped.wait(every_s):
                return

    def quiet(self) -> None:
        with contextlib.suppress(OSError):
            while self.accepted.recv(65_536):
                pass


class HostileServer:
    """Runs `behave` for each connection; counts connections and keeps the requests. A context manager."""

    def __init__(self, behave: Callable[[Connection], None]) -> None:
        self._behave = behave
        self.stopped = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.requests: list[bytes] = []
        self.connections = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=[accepted], daemon=True).start()

    def _serve(self, accepted: socket.socket) -> None:
        connection = Connection(accepted, self.stopped, self.requests)
        with accepted, contextlib.suppress(OSError):
            self._behave(connection)
            accepted.shutdown(socket.SHUT_WR)
            connection.quiet()  # closing with unread bytes would reset the connection


def answering(*answers: bytes) -> Callable[[Connection], None]:
    """Answers the first request with the first of these, the second with the second, and so on; the last for ever."""
    left = list(answers)

    def behave(connection: Connection) -> None:
        connection.read_request()
        connection.send(left.pop(0) if len(left) > 1 else left[0])

    return behave


def ok(body: bytes, *headers: str, length: int | None = None) -> bytes:
    """A 200 answer."""
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def status(code: int, *headers: str) -> bytes:
    """An answer without a body."""
    return "\r\n".join([f"HTTP/1.1 {code} Words", "Content-Length: 0", *headers]).encode("latin-1") + b"\r\n\r\n"
