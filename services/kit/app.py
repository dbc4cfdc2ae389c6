"""A service's FastAPI app, before its own routes: problems, identity, health, limits and logs."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI

from services.kit import identity, logs, problems
from services.kit.body_limit import BodyLimit
from services.kit.collecting import collect_seldom
from services.kit.health import Probe, build_health
from services.kit.settings import ServiceSettings
from services.kit.tokens import Verifier


def build_app(
    name: str,
    settings: ServiceSettings,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    probes: Mapping[str, Probe],
    verifier: Verifier | None = None,
) -> FastAPI:
    """`probes` are what `/readyz` asks; `verifier` checks access tokens where people come in."""
    logs.configure(name, settings.log_level)
    collect_seldom()
    app = FastAPI(title=name, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit)
    problems.install(app)
    if verifier:
        identity.install(app, verifier)
    app.include_router(build_health(dict(probes)))
    return app
