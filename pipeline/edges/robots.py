"""May this address be asked for? robots.txt as RFC 9309 has it, read by Protego, kept for at most 24 hours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from protego import Protego

from pipeline.edges.atomic import replace_file
from pipeline.edges.pacing import Pacer
from pipeline.edges.web import Response, Web
from pipeline.gathering.politeness import host_of
from pipeline.gathering.web_address import WebAddress
from pipeline.model import Reason, Rejection, derived_id

_KEPT_FOR = timedelta(hours=24)  # RFC 9309, 2.4
_FAILURE_KEPT_FOR = timedelta(minutes=30)  # under the hour of the schedule: the next run asks again
_MAX_BYTES = 1_000_000  # RFC 9309 asks for 500 KiB at least


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is known about an origin's robots.txt."""

    valid_until: str  # ISO 8601
    text: str = ""  # its content; empty allows everything
    forbids_all: str = ""  # why everything is forbidden for now; empty when it is not
    reason: str = Reason.ROBOTS


class Robots:
    """Answers for one user agent. `before_hop` also waits for the host's turn, and is what a request is given.

    folder   where answers are kept between runs; None keeps them in memory only
    token    the product token of our user agent, which robots.txt files address
    """

    def __init__(
        self,
        web: Web,
        pacer: Pacer,
        *,
        token: str,
        folder: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._web = web
        self._pacer = pacer
        self._token = token
        self._folder = folder
        self._clock = clock
        self._rules: dict[str, tuple[_Rules, Protego]] = {}

    def before_hop(self, url: str) -> Rejection | None:
        """Refuse what robots.txt forbids; else return when it is our turn at the host."""
        try:
            address = WebAddress.parse(url)
        except ValueError:
            return None  # the request itself says what is wrong with it
        rules, parsed = self._rules_of(f"{address.scheme}://{_netloc(address)}")
        if rules.forbids_all:
            return Rejection(url, Reason(rules.reason), rules.forbids_all)
        if not parsed.can_fetch(url, self._token):
            return Rejection(url, Reason.ROBOTS, f"robots.txt of {address.host} forbids {address.target[:200]}")
        self._pacer.slow_down(address.host, parsed.crawl_delay(self._token))
        self._pacer.wait(address.host)
        return None

    def _rules_of(self, origin: str) -> tuple[_Rules, Protego]:
        known = self._rules.get(origin)
        if known is None and (stored := self._stored(origin)) is not None:
            known = stored, Protego.parse(stored.text)
        if known is None or datetime.fromisoformat(known[0].valid_until) <= self._clock():
            asked = self._asked(origin)
            known = asked, Protego.parse(asked.text)
            self._store(origin, asked)
        self._rules[origin] = known
        return known

    def _asked(self, origin: str) -> _Rules:
        """The rules as the host gives them now. 4xx: there are none. 5xx or no answer: everything is forbidden."""

        def pace(url: str) -> None:
            self._pacer.wait(host_of(url))

        answer = self._web.get(f"{origin}/robots.txt", max_bytes=_MAX_BYTES, before_hop=pace)
        now = self._clock()
        soon = (now + _FAILURE_KEPT_FOR).isoformat()
        match answer:
            case Rejection(_, reason, detail):
                return _Rules(soon, forbids_all=f"robots.txt: {detail}", reason=reason)
            case Response(status=status) if status >= 500:
                return _Rules(soon, forbids_all=f"robots.txt answers {status}, which forbids everything for now")
            case Response(status=200, body=body):
                return _Rules((now + _KEPT_FOR).isoformat(), body.decode("utf-8-sig", "replace"))
            case _:
                return _Rules((now + _KEPT_FOR).isoformat())

    def _file(self, origin: str) -> Path | None:
        return self._folder / f"{derived_id(origin, self._token)}.json" if self._folder else None

    def _stored(self, origin: str) -> _Rules | None:
        file = self._file(origin)
        if file is None or not file.exists():
            return None
        try:
            return _Rules(**json.loads(file.read_text("utf-8")))
        except (ValueError, TypeError):
            return None  # a cache that cannot be read is asked for again

    def _store(self, origin: str, rules: _Rules) -> None:
        if file := self._file(origin):
            replace_file(file, json.dumps(asdict(rules)).encode())


def _netloc(address: WebAddress) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port == {"http": 80, "https": 443}[address.scheme] else f"{host}:{address.port}"
