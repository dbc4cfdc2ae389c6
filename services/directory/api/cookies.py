"""The two cookies: who may refresh a session, and which device a guest listens on. Both HttpOnly, for sessions only."""

from fastapi import Request, Response

REFRESH = "hallway_refresh"
DEVICE = "hallway_device"
PATH = "/v1/sessions"
YEAR_SECONDS = 365 * 24 * 60 * 60


def put(response: Response, request: Request, name: str, value: str, seconds: int = YEAR_SECONDS) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=PATH, httponly=True, samesite="lax", secure=_by_https(request)
    )


def drop(response: Response, request: Request, name: str) -> None:
    response.delete_cookie(name, path=PATH, httponly=True, samesite="lax", secure=_by_https(request))


def _by_https(request: Request) -> bool:
    """Only then `Secure`: Safari drops such cookies on http://localhost."""
    return request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
