"""`/livez`: the process runs. `/readyz`: it can do its work, and how far behind it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.kit.database import Database


@dataclass(frozen=True)
class Check:
    ready: bool
    detail: str
    lag: dict[str, float] = field(default_factory=dict)  # what is behind: by how many, or seconds


Probe = Callable[[], Awaitable[Check]]


def build_health(probes: dict[str, Probe]) -> APIRouter:
    """The two routes; `probes` by name, each asked at every `/readyz`."""
    api = APIRouter(tags=["health"])

    @api.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    @api.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        checks = {name: await _ask(probe) for name, probe in probes.items()}
        ready = all(check.ready for check in checks.values())
        body: dict[str, Any] = {
            "ready": ready,
            "checks": {name: {"ready": check.ready, "detail": check.detail} for name, check in checks.items()},
            "lag": {name: check.lag for name, check in checks.items() if check.lag},
        }
        return JSONResponse(body, status_code=200 if ready else 503)

    return api


def database_probe(database: Database) -> Probe:
    async def probe() -> Check:
        await database.fetchval("select 1")
        return Check(True, "answers")

    return probe


async def _ask(probe: Probe) -> Check:
    try:
        return await probe()
    except Exception as error:  # a probe that fails is an answer, too
        return Check(False, f"{type(error).__name__}: {error}")
