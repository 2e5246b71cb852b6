"""The press room over HTTP: only its own files, only for whoever is let in; and what the plugin tells Airflow."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from fastapi import HTTPException

from pipeline.edges.airflow_once import environment
from pipeline.edges.site_serving import site_app
from pipeline.settings import ROOT


def ask(app: Any, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer, the path sent as it is spelt: no client tidies it on the way."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    said: list[dict[str, Any]] = []
    given = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        return next(given, None) or await asyncio.Event().wait()  # nothing more comes, and nobody hangs up

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], headers, b"".join(message.get("body", b"") for message in said[1:])


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "site"
    (site / "days").mkdir(parents=True)
    (site / "index.html").write_text("<p>first page</p>")
    (site / "days" / "2024-05-13.html").write_text("<p>a day</p>")
    (site / ".hidden").write_text("hidden")
    (tmp_path / "secret.html").write_text("secret")
    (site / "link.html").symlink_to(tmp_path / "secret.html")
    return site


def everybody() -> None:
    """Lets everybody in."""


def nobody() -> None:
    raise HTTPException(401)


@pytest.mark.parametrize(
    ("path", "words"), [("/", b"first page"), ("/index.html", b"first page"), ("/days/2024-05-13.html", b"a day")]
)
def test_a_page_is_served_and_kept_to_itself(folder, path, words):
    status, headers, body = ask(site_app(folder, allowed=everybody), path)
    assert (status, words in body) == (200, True)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/days/../../secret.html",
        "//secret.html",
        "/..\\secret.html",
        "/.hidden",
        "/days/../.hidden",
        "/link.html",
        "/index.html\0.css",
        "/nothing.html",
        "/days",
        "/etc/passwd",
    ],
)
def test_nothing_outside_the_folder_and_nothing_hidden_is_served(folder, path):
    status, _, body = ask(site_app(folder, allowed=everybody), path)
    assert status in (404, 405, 307)
    assert b"secret" not in body
    assert b"hidden" not in body


@pytest.mark.parametrize("path", ["/", "/days/2024-05-13.html", "/nothing.html", "/../secret.html"])
def test_who_is_not_let_in_gets_no_page_and_is_not_told_which_there_are(folder, path):
    status, _, body = ask(site_app(folder, allowed=nobody), path)
    assert (status, b"page" in body) == (401, False)


def test_a_site_that_is_not_made_yet_is_not_found_rather_than_an_error(tmp_path):
    assert ask(site_app(tmp_path / "none", allowed=everybody), "/index.html")[0] == 404


def test_nothing_can_be_written_over_it(folder):
    assert ask(site_app(folder, allowed=everybody), "/index.html", method="POST")[0] == 405


_LOADED = """
import json
from airflow import plugins_manager
apps, _ = plugins_manager.get_fastapi_plugins()
views, _ = plugins_manager._get_ui_plugins()
print(json.dumps({"apps": [app["url_prefix"] for app in apps], "views": views}))
"""


def test_airflow_loads_the_plugin_and_its_menu_entry_opens_the_pages(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _LOADED],
        env=os.environ | environment(tmp_path, port=8080, scheduled=True),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert loaded["apps"] == ["/press-room"]
    assert [(view["name"], view["href"]) for view in loaded["views"]] == [("Press room", "/press-room/index.html")]


@pytest.mark.parametrize("file", ["docker-compose.yml", "Dockerfile"])
def test_the_server_set_up_has_the_plugin(file):
    assert (
        "/opt/press/plugins" in (ROOT / file).read_text() or "COPY --chown=press plugins" in (ROOT / file).read_text()
    )
