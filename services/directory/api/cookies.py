"""The cookies: who may refresh a session, which browser this is, and whose sign-in through a provider. All HttpOnly."""

from uuid import UUID

from fastapi import Request, Response

REFRESH = "hallway_refresh"
DEVICE = "hallway_device"
PROVIDER = "hallway_oidc"
# The device is asked for where one registers, too.
PATHS = {REFRESH: "/v1/sessions", DEVICE: "/v1", PROVIDER: "/v1/sessions/oidc"}
YEAR_SECONDS = 365 * 24 * 60 * 60


def put(response: Response, request: Request, name: str, value: str, seconds: int = YEAR_SECONDS) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=PATHS[name], httponly=True, samesite="lax", secure=_by_https(request)
    )


def drop(response: Response, request: Request, name: str) -> None:
    response.delete_cookie(name, path=PATHS[name], httponly=True, samesite="lax", secure=_by_https(request))


def device_of(request: Request) -> UUID | None:
    """The device that this browser has; None for one not seen before, or with a cookie that is none of ours."""
    try:
        return UUID(request.cookies.get(DEVICE, ""))
    except ValueError:
        return None


def _by_https(request: Request) -> bool:
    """Only then `Secure`: Safari drops such cookies on http://localhost."""
    return request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
