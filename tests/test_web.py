"""edges/web.py against servers that misbehave in every way of the fault list. Real sockets, loopback only."""

from __future__ import annotations

import gzip
import itertools
import resource
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.edges import dialling
from pipeline.edges.web import Response, Validators, Web
from pipeline.model import Reason, Rejection
from tests.certificates import Authority
from tests.hostile import HOST, Connection, HostileServer, answering, ok, status

NOW = datetime(2026, 8, 22, 13, 5, tzinfo=UTC)
DEADLINE_S = 0.4
LIMIT = 2_000_000


def web_of(server: HostileServer, **more: object) -> Web:
    """A web whose one host is this server."""
    settings = {"deadline_s": DEADLINE_S, "private_hosts": {HOST: server.place}, "clock": lambda: NOW} | more
    return Web(user_agent="Test/1 (+https://example.org)", **settings)  # type: ignore[arg-type]


def get(behave: Callable[[Connection], None], path: str = "/feed", **more: object) -> Response | Rejection:
    with HostileServer(behave) as server:
        return web_of(server, **more).get(f"http://{HOST}{path}", max_bytes=LIMIT)


def reason_of(answer: Response | Rejection) -> Reason:
    assert isinstance(answer, Rejection), answer
    return answer.reason


# ----------------------------------------------------------------------------------------------- ordinary answers


def test_an_ordinary_answer_arrives_with_its_headers_and_the_injected_time():
    answer = get(answering(ok(b"<rss/>", 'ETag: W/"a b"', "Last-Modified: Sat, 22 Aug 2026 12:00:00 GMT")))
    assert isinstance(answer, Response)
    assert (answer.status, answer.body, answer.raw_body, answer.fetched_at) == (200, b"<rss/>", b"<rss/>", NOW)
    assert answer.validators == Validators('W/"a b"', "Sat, 22 Aug 2026 12:00:00 GMT")
    assert (answer.url, answer.final_url, answer.moved_to) == (f"http://{HOST}/feed", f"http://{HOST}/feed", None)


@pytest.mark.parametrize("etag", ['"plain"', 'W/"we\'ak"', "no quotes", '"üml\u00e4ut"', '"a, b"', "''"])
def test_validators_are_sent_back_byte_for_byte(etag):
    with HostileServer(answering(status(304, f"ETag: {etag}"))) as server:
        first = web_of(server).get(f"http://{HOST}/f", max_bytes=LIMIT)
        second = web_of(server).get(f"http://{HOST}/f", max_bytes=LIMIT, validators=Validators(etag, "yesterday  noon"))
    assert isinstance(first, Response)
    assert isinstance(second, Response)
    assert first.header("etag") == etag
    assert f"If-None-Match: {etag}\r\n".encode("latin-1") in server.requests[1]
    assert b"If-Modified-Since: yesterday  noon\r\n" in server.requests[1]
    assert (second.status, second.body) == (304, b"")


def test_a_request_says_who_asks_and_carries_neither_cookie_nor_credential():
    with HostileServer(answering(status(302, "Set-Cookie: a=b", "Location: /second"), ok(b"x"))) as server:
        answer = web_of(server).get(f"http://{HOST}/first", max_bytes=LIMIT)
    assert isinstance(answer, Response)
    assert answer.final_url == f"http://{HOST}/second"
    assert all(b"User-Agent: Test/1" in request and f"Host: {HOST}".encode() in request for request in server.requests)
    assert not any(b"cookie" in request.lower() or b"authorization" in request.lower() for request in server.requests)


def test_a_chunked_body_is_put_together():
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: v\r\n\r\n"
    answer = get(answering(chunked))
    assert isinstance(answer, Response)
    assert answer.body == b"abcde"


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("gzip", lambda body: gzip.compress(body[:3]) + gzip.compress(body[3:])),
        ("identity", lambda body: body),
        ("", lambda body: body),
    ],
)
def test_one_layer_of_compression_is_removed_and_the_raw_bytes_are_kept(coding, encode):
    raw = encode(b"<rss>" + b"a" * 1000 + b"</rss>")
    answer = get(answering(ok(raw, f"Content-Encoding: {coding}")))
    assert isinstance(answer, Response)
    assert (answer.body, answer.raw_body) == (b"<rss>" + b"a" * 1000 + b"</rss>", raw)


def test_proxies_of_the_environment_are_not_asked(monkeypatch):
    with HostileServer(answering(ok(b"from the proxy"))) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.place}")
        answer = get(answering(ok(b"direct")))
    assert isinstance(answer, Response)
    assert (answer.body, proxy.connections) == (b"direct", 0)


# ------------------------------------------------------------------------------------------ deadlines: fault N2


def silent(connection: Connection) -> None:
    connection.read_request()
    connection.quiet()


def deaf(connection: Connection) -> None:
    connection.quiet()


def slow_header(connection: Connection) -> None:
    connection.read_request()
    connection.drip(bytes([byte]) for byte in itertools.cycle(b"HTTP/1.1 200 OK"))


def endless_headers_slowly(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    connection.drip((b"X-%d: y\r\n" % number for number in range(90)), every_s=0.01)
    connection.quiet()


def slow_body(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
    connection.drip(itertools.repeat(b"x"))


def slow_body_of_known_length(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    connection.drip(itertools.repeat(b"x"))


def slow_chunks(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.drip(itertools.repeat(b"1\r\nx\r\n"))


def endless_trailers(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
    connection.drip(itertools.repeat(b"X: y\r\n"), every_s=0.001)


def interim_answers(connection: Connection) -> None:
    connection.drip(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), every_s=0.001)


@pytest.mark.parametrize(
    "behave",
    [
        silent,
        deaf,
        slow_header,
        endless_headers_slowly,
        slow_body,
        slow_body_of_known_length,
        slow_chunks,
        endless_trailers,
        interim_answers,
    ],
)
def test_a_slow_server_is_left_at_the_deadline(behave):
    started = time.monotonic()
    assert reason_of(get(behave)) is Reason.DEADLINE
    assert time.monotonic() - started < DEADLINE_S + 1.0


def test_a_name_server_that_does_not_answer_is_left_at_the_deadline():
    with HostileServer(silent) as server:

        def never(host: str, port: int) -> list[str]:
            server.stopped.wait(20)
            return []

        web = Web(user_agent="t", deadline_s=DEADLINE_S, resolver=never)
        started = time.monotonic()
        assert reason_of(web.get("http://slow-name.example/", max_bytes=LIMIT)) is Reason.DEADLINE
    assert time.monotonic() - started < DEADLINE_S + 1.0


def test_the_deadline_counts_all_hops_together():
    def behave(connection: Connection) -> None:
        connection.read_request()
        connection.drip(iter([b"HTTP/1.1 302 Found\r\n", b"Location: /again\r\n", b"\r\n"]), every_s=0.06)

    started = time.monotonic()
    assert reason_of(get(behave)) is Reason.DEADLINE
    assert time.monotonic() - started < DEADLINE_S + 1.0


def test_our_own_waiting_is_not_the_servers():
    with HostileServer(answering(ok(b"x"))) as server:
        waited = lambda url: time.sleep(DEADLINE_S * 1.1)  # noqa: E731
        answer = web_of(server).get(f"http://{HOST}/", max_bytes=LIMIT, before_hop=waited)
    assert isinstance(answer, Response)


def test_a_handshake_that_never_ends_is_left_at_the_deadline():
    with HostileServer(deaf) as server:
        started = time.monotonic()
        assert reason_of(web_of(server).get(f"https://{HOST}/", max_bytes=LIMIT)) is Reason.DEADLINE
    assert time.monotonic() - started < DEADLINE_S + 1.0


# ------------------------------------------------------------------------------------------------ sizes: fault N3


def endless_body(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.send(b"x" * 65_536)


def endless_chunk_line(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;")
    while True:
        connection.send(b"x" * 65_536)


def endless_header_line(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.send(b"x" * 65_536)


def endless_header_lines(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.send(b"X: y\r\n" * 1000)


GZIP_BOMB = gzip.compress(b"\0" * 20_000_000)
MANY_MEMBERS = gzip.compress(b"x") * 20_000


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (endless_body, Reason.TOO_LARGE),
        (endless_chunk_line, Reason.INCOMPLETE),
        (endless_header_line, Reason.BAD_RESPONSE),
        (endless_header_lines, Reason.BAD_RESPONSE),
        (answering(ok(b"x", length=10**12)), Reason.TOO_LARGE),
        (answering(ok(b"x", length=10**30)), Reason.TOO_LARGE),
        (answering(ok(GZIP_BOMB, "Content-Encoding: gzip")), Reason.TOO_LARGE),
        (answering(ok(zlib.compress(b"\0" * 20_000_000), "Content-Encoding: deflate")), Reason.TOO_LARGE),
        (answering(ok(gzip.compress(GZIP_BOMB), "Content-Encoding: gzip, gzip")), Reason.UNKNOWN_CODING),
        (answering(ok(MANY_MEMBERS, "Content-Encoding: gzip")), Reason.UNKNOWN_CODING),
    ],
)
def test_no_answer_costs_more_than_its_limit(behave, reason):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason_of(get(behave, deadline_s=5.0)) is reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


# ---------------------------------------------------------------------------------- bodies that are not whole: I5


@pytest.mark.parametrize(
    "answer",
    [
        ok(b"<rss>", length=100),
        ok(gzip.compress(b"<rss>" * 1000)[:-9], "Content-Encoding: gzip"),
        ok(gzip.compress(b"<rss>" * 1000)[:-1], "Content-Encoding: gzip"),
        ok(b"", "Content-Encoding: gzip"),
        ok(zlib.compress(b"<rss>" * 1000)[:-5], "Content-Encoding: deflate"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Le",
    ],
)
def test_a_truncated_body_is_an_error(answer):
    assert reason_of(get(answering(answer))) is Reason.INCOMPLETE


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "identity, gzip", "utf-8", "gzip;q=1"])
def test_an_unknown_content_coding_is_an_error(coding):
    assert reason_of(get(answering(ok(b"x", f"Content-Encoding: {coding}")))) is Reason.UNKNOWN_CODING


def test_a_body_that_is_not_what_its_coding_says_is_an_error():
    assert reason_of(get(answering(ok(b"<rss/>", "Content-Encoding: gzip")))) is Reason.UNKNOWN_CODING


@pytest.mark.parametrize(
    "answer",
    [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 abc\r\n\r\n", b"<html>no headers</html>\n"],
)
def test_what_is_not_http_is_turned_away(answer):
    assert reason_of(get(answering(answer))) in (Reason.BAD_RESPONSE, Reason.UNREACHABLE)


# -------------------------------------------------------------------------------------------- redirects: fault N4


def test_a_loop_ends_after_five_redirects():
    with HostileServer(answering(status(302, "Location: /feed"))) as server:
        answer = web_of(server, deadline_s=5.0).get(f"http://{HOST}/feed", max_bytes=LIMIT)
    assert reason_of(answer) is Reason.TOO_MANY_REDIRECTS
    assert server.connections == 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", Reason.BAD_ADDRESS),
        ("gopher://x.example/", Reason.BAD_ADDRESS),
        ("javascript:alert(1)", Reason.BAD_ADDRESS),
        ("//[::1", Reason.BAD_ADDRESS),
        ("http://user:secret@outlet.example/", Reason.BAD_ADDRESS),
        ("http://outlet.example:22/", Reason.BAD_ADDRESS),
        ("http://127.0.0.1/", Reason.PRIVATE_ADDRESS),
        ("http://[::1]/", Reason.PRIVATE_ADDRESS),
        ("//169.254.169.254/latest/meta-data/", Reason.PRIVATE_ADDRESS),
        ("http://metadata.internal/", Reason.PRIVATE_ADDRESS),
    ],
)
def test_a_redirect_leads_nowhere_that_a_request_may_not_go(location, reason):
    resolver = lambda host, port: ["169.254.169.254"]  # noqa: E731
    answer = get(answering(status(301, f"Location: {location}")), resolver=resolver)
    assert reason_of(answer) is reason
    assert "secret" not in str(answer)


def test_only_permanent_redirects_say_that_a_feed_has_moved():
    def moved(*codes: int) -> str | None:
        answers = [status(code, f"Location: /{number}") for number, code in enumerate(codes, start=1)]
        answer = get(answering(*answers, ok(b"x")), deadline_s=5.0)
        assert isinstance(answer, Response)
        assert answer.final_url.endswith(f"/{len(codes)}")
        return answer.moved_to

    assert moved(301, 308) == f"http://{HOST}/2"
    assert moved(302) is None
    assert moved(302, 301) is None
    assert moved(301, 302) == f"http://{HOST}/1"


def test_every_hop_is_asked_about_first():
    asked: list[str] = []

    def before_hop(url: str) -> Rejection | None:
        asked.append(url)
        return Rejection(url, Reason.ROBOTS, "not there") if url.endswith("/private") else None

    with HostileServer(answering(status(302, "Location: /private"))) as server:
        answer = web_of(server).get(f"http://{HOST}/feed", max_bytes=LIMIT, before_hop=before_hop)
    assert answer == Rejection(f"http://{HOST}/feed", Reason.ROBOTS, "not there")
    assert asked == [f"http://{HOST}/feed", f"http://{HOST}/private"]
    assert server.connections == 1


def test_a_redirect_address_in_utf8_is_read_as_such():
    location = "/straße?q=é".encode().decode("latin-1")
    with HostileServer(answering(status(302, f"Location: {location}"), ok(b"x"))) as server:
        answer = web_of(server).get(f"http://{HOST}/", max_bytes=LIMIT)
    assert isinstance(answer, Response)
    assert b"GET /stra%C3%9Fe?q=%C3%A9 " in server.requests[1]


# --------------------------------------------------------------------------------------------------- TLS: fault N8


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(Path(tmp_path_factory.mktemp("tls")))


def over_tls(context: ssl.SSLContext) -> Callable[[Connection], None]:
    def behave(connection: Connection) -> None:
        with context.wrap_socket(connection.accepted, server_side=True) as secured:
            secured.recv(65_536)
            secured.sendall(ok(b"secret"))

    return behave


def test_a_certificate_for_the_host_name_is_accepted_although_an_address_is_dialled(authority):
    with HostileServer(over_tls(authority.server(HOST))) as server:
        answer = web_of(server, tls=authority.trusted(), deadline_s=5.0).get(f"https://{HOST}/", max_bytes=LIMIT)
    assert isinstance(answer, Response)
    assert answer.body == b"secret"


@pytest.mark.parametrize("fault", ["self-signed", "other name", "expired"])
def test_a_bad_certificate_is_refused_and_not_tried_again_without_checking(authority, fault):
    context = {
        "self-signed": lambda: authority.self_signed(HOST),
        "other name": lambda: authority.server("other.example"),
        "expired": lambda: authority.server(HOST, expired=True),
    }[fault]()
    with HostileServer(over_tls(context)) as server:
        answer = web_of(server, tls=authority.trusted(), deadline_s=5.0).get(f"https://{HOST}/", max_bytes=LIMIT)
    assert reason_of(answer) is Reason.TLS_FAILED
    assert server.connections == 1


# ------------------------------------------------------------------------------------------ where requests go: N1


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every (address, port) that would have been connected to; no connection is made."""
    places: list[tuple[str, int]] = []

    def record(place: tuple[str, int], timeout: float) -> socket.socket:
        places.append(place)
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(dialling.socket, "create_connection", record)
    return places


NAMED = {
    "a-loopback.example": ["127.0.0.1"],
    "b-mixed.example": ["93.184.215.14", "10.0.0.1"],
    "c-mixed-six.example": ["2606:2800:220:1::1", "::1"],
    "d-nat64.example": ["64:ff9b::7f00:1"],
    "e-mapped.example": ["::ffff:10.0.0.1"],
    "f-scoped.example": ["fe80::1%eth0"],
    "g-cgnat.example": ["100.64.3.4"],
    "h-azure.example": ["168.63.129.16"],
    "i-site-local.example": ["fec0::1"],
    "j-six-to-four.example": ["2002:7f00:1::1"],
    "k-teredo.example": ["2001:0:53aa:64c::1"],
    "l-multicast.example": ["224.0.0.1"],
    "m-broadcast.example": ["255.255.255.255"],
    "n-unspecified.example": ["0.0.0.0"],
    "o-compatible.example": ["::7f00:1"],
    "p-not-an-address.example": ["/var/run/docker.sock"],
    "q-many.example": ["93.184.215.14"] * 30 + ["192.168.1.1"],
}
SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://127.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://1.1.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://169.254.169.254/",
    "http://168.63.129.16/",
    "http://100.64.0.1/",
    "http://192.0.0.8/",
    "http://198.18.0.1/",
    "http://user@93.184.215.14/",
    "http://a.example@127.0.0.1/",
    "http://a.example\\@127.0.0.1/",
    "http://a.example#@127.0.0.1/",
    "http://127.0.0.1\t.a.example/",
    "http://%31%32%37.0.0.1/",
    "http://a.example:99999/",
    "http://a.example:25/",
    "http://[127.0.0.1]/",
    "http://[v1.x]/",
    "http:///path",
    "http://.example/",
    "http://" + "a" * 300 + ".example/",
    "https:a.example",
    "file:///etc/passwd",
    "ftp://a.example/",
    "unix:///var/run/docker.sock",
    "//a.example/",
    "",
    "http://a.example/\r\nHost: b",
]


@pytest.mark.parametrize("host", NAMED)
def test_a_name_with_any_address_that_is_not_public_is_not_dialled(host, dialled):
    web = Web(user_agent="t", deadline_s=2.0, resolver=lambda name, port: NAMED[name])
    assert reason_of(web.get(f"http://{host}/", max_bytes=LIMIT)) is Reason.PRIVATE_ADDRESS
    assert dialled == []


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_an_address_reaches_what_is_not_public(url, dialled):
    web = Web(user_agent="t", deadline_s=2.0, resolver=lambda host, port: ["127.0.0.1"])
    assert reason_of(web.get(url, max_bytes=LIMIT)) in (Reason.PRIVATE_ADDRESS, Reason.BAD_ADDRESS)
    assert dialled == []


GOOD = {
    "http://93.184.215.14/": ("93.184.215.14", 80),
    "https://93.184.215.14:8443/x": ("93.184.215.14", 8443),
    "http://[2606:2800:220:1:248:1893:25c8:1946]/": ("2606:2800:220:1:248:1893:25c8:1946", 80),
    "https://news.example/a b".replace(" ", "%20"): ("151.101.0.81", 443),
    "http://NEWS.example:8080/": ("151.101.0.81", 8080),
    "https://news.example./": ("151.101.0.81", 443),
    "https://bücher.example/": ("151.101.0.81", 443),
    "https://news_room.example/": ("151.101.0.81", 443),
    "https://news.example/?q=ä&u=http://127.0.0.1/": ("151.101.0.81", 443),
}


@pytest.mark.parametrize("url", GOOD)
def test_public_addresses_are_dialled_as_they_were_checked(url, dialled):
    web = Web(user_agent="t", deadline_s=2.0, resolver=lambda host, port: ["151.101.0.81"])
    assert reason_of(web.get(url, max_bytes=LIMIT)) is Reason.UNREACHABLE
    assert dialled == [GOOD[url]]


def test_a_name_is_resolved_once_so_that_no_second_answer_slips_in(dialled):
    answers = iter([["151.101.0.81"], ["127.0.0.1"]])
    web = Web(user_agent="t", deadline_s=2.0, resolver=lambda host, port: next(answers))
    web.get("http://rebinding.example/", max_bytes=LIMIT)
    assert dialled == [("151.101.0.81", 80)]
    assert next(answers) == ["127.0.0.1"]


def test_the_next_address_is_tried_when_the_first_takes_no_connection(dialled):
    web = Web(user_agent="t", deadline_s=2.0, resolver=lambda host, port: ["151.101.0.81", "2a04:4e42::81"])
    web.get("http://news.example/", max_bytes=LIMIT)
    assert dialled == [("151.101.0.81", 80), ("2a04:4e42::81", 80)]


def test_a_private_host_is_dialled_only_when_a_setting_names_it():
    with HostileServer(answering(ok(b"intranet"))) as server:
        named = Web(user_agent="t", private_hosts={"intranet.example": server.place})
        unnamed = Web(user_agent="t", resolver=lambda host, port: ["127.0.0.1"])
        answer = named.get("http://intranet.example/feed", max_bytes=LIMIT)
        refused = unnamed.get(f"http://intranet.example:{server.port}/feed", max_bytes=LIMIT)
    assert isinstance(answer, Response)
    assert answer.body == b"intranet"
    assert reason_of(refused) is Reason.PRIVATE_ADDRESS
    assert server.connections == 1


@pytest.mark.parametrize("named", ["10.0.0.7", "10.0.0.7:8080", "fd00::7", "[fd00::7]", "[fd00::7]:8080"])
def test_a_setting_gives_an_address_with_or_without_a_port(named, dialled):
    Web(user_agent="t", private_hosts={"intranet.example": named}).get("http://intranet.example/", max_bytes=LIMIT)
    assert dialled == [(named.removesuffix(":8080").strip("[]"), 8080 if named.endswith(":8080") else 80)]


def test_a_name_that_does_not_resolve_is_unreachable():
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert reason_of(Web(user_agent="t", resolver=nothing).get("http://x.example/", max_bytes=1)) is Reason.UNREACHABLE
