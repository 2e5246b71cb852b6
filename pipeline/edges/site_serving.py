"""The press room over HTTP: the files of one folder, for whoever a check lets in; a page asks nothing of elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from starlette.staticfiles import StaticFiles

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # pages change under their names: ask each time, 304 when they have not
}


def site_app(folder: Path, *, allowed: Callable[..., Any]) -> FastAPI:
    """An app that answers with the files of a folder, index.html for the folder itself, and 404 for all else.

    folder    need not exist yet
    allowed   a FastAPI dependency that raises for whoever may not read the site
    """
    files = StaticFiles(directory=folder, html=True, check_dir=False)  # resolves links and "..", stays in the folder
    app = FastAPI(title="Press room", docs_url=None, redoc_url=None, openapi_url=None)

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], dependencies=[Depends(allowed)])
    async def page(path: str, request: Request) -> Response:
        if "\0" in path or any(part.startswith(".") for part in Path(path).parts):
            raise HTTPException(404)
        response = await files.get_response(path or "index.html", request.scope)
        response.headers.update(HEADERS)
        return response

    return app


def seeing_airflow() -> Callable[..., Any]:
    """The check of Airflow's own pages: logged in, and allowed to see the website."""
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import requires_access_view

    return requires_access_view(AccessView.WEBSITE)
