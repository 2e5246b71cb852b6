"""Many hosts on one loopback port, told apart by the Host header."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came. Header names are in lower case."""

    host: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. Content-Length is added unless it is given, so that a wrong one can be."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class VirtualHosts:
    """Serves `answer(request)` on a loopback port; `log` holds the requests in order of arrival. A context manager."""

    def __init__(self, answer: Callable[[Request], Answer], port: int = 0) -> None:
        self.log: list[Request] = []
        log = self.log

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(headers.get("host", "").partition(":")[0], self.path, headers)
                log.append(request)
                given = answer(request)
                self.send_response(given.status)
                for name, value in ({"Content-Length": str(len(given.body))} | dict(given.headers)).items():
                    self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(given.body)
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                """Nothing on standard error."""

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that leaves in the middle is no error of ours."""

        self._start = lambda: Server(("127.0.0.1", port), Handler)

    @property
    def place(self) -> str:
        """Where it listens, while it runs."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = self._start()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
