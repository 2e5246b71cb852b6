"""The press room in Airflow's menu: its pages behind Airflow's login, in an external view."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

URL_PREFIX = "/press-room"


class WhenAsked:
    """The pages as an ASGI app that is made at the first request: Airflow loads plugins in every task's process too."""

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._app is None:
            from pipeline.edges.site_serving import seeing_airflow, site_app
            from pipeline.settings import settings

            self._app = site_app(settings().site_dir, allowed=seeing_airflow())
        await self._app(scope, receive, send)


class PressRoom(AirflowPlugin):
    """Adds the press room to Airflow."""

    name = "press_room"
    fastapi_apps = [{"app": WhenAsked(), "url_prefix": URL_PREFIX, "name": "Press room"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        {
            "name": "Press room",
            "href": f"{URL_PREFIX}/index.html",
            "url_route": "press_room",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]
