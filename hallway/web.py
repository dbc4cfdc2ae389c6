"""The pages: the built web client, and every service's API description in one. A process of the stack.

Run: uvicorn --factory hallway.web:create_app
"""

from typing import Any

import httpx
from fastapi import FastAPI, Response
from pydantic import Field
from pydantic_settings import BaseSettings
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from contracts.problems import Code, problem
from hallway.layout import WEB
from hallway.openapi import merged

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob: mediastream:; img-src 'self' data:;"
        " style-src 'self' 'unsafe-inline'; object-src 'none'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'self'"
    ),
    "Permissions-Policy": "microphone=(self), camera=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FOR_EVER = "public, max-age=31536000, immutable"  # names of assets change with their content
AFRESH = "no-cache"


class Settings(BaseSettings):
    directory_url: str = Field(description="Address of directory, inside")
    rooms_url: str = Field(description="Address of rooms, inside")
    signalling_url: str = Field(description="Address of signalling, inside")


class Pages(StaticFiles):
    """Files as they are; any other address is a page of the client, which finds its way by itself."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith("assets/"):
                raise
            response = FileResponse(WEB / "index.html")
        response.headers["Cache-Control"] = FOR_EVER if path.startswith("assets/") else AFRESH
        response.headers.update(HEADERS)
        return response


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    app = FastAPI(title="web", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/livez")
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> Response:
        built = (WEB / "index.html").exists()
        checks = {"client": {"ready": built, "detail": "built" if built else "not built: run `make web`"}}
        return JSONResponse({"ready": built, "checks": checks, "lag": {}}, 200 if built else 503)

    @app.get("/openapi.json")
    async def openapi() -> dict[str, Any]:
        async with httpx.AsyncClient(timeout=5) as http:
            urls = (settings.directory_url, settings.rooms_url, settings.signalling_url)
            return merged([(await http.get(f"{url}/openapi.json")).json() for url in urls])

    @app.exception_handler(HTTPException)
    async def on_http(_: object, error: HTTPException) -> JSONResponse:
        code = {404: Code.NOT_FOUND, 405: Code.METHOD_NOT_ALLOWED}.get(error.status_code, Code.INVALID_INPUT)
        body = problem(code, "There is nothing at this address." if code is Code.NOT_FOUND else code.title)
        return JSONResponse(body.model_dump(), error.status_code, media_type="application/problem+json")

    app.mount("/", Pages(directory=WEB, html=True, check_dir=False))
    return app
