"""How one signs in here: what a client offers."""

from fastapi import APIRouter, params

from contracts.problems import Code
from services.directory.api.oidc import PATH
from services.directory.oidc import Client, Provider
from services.directory.settings import Settings
from services.directory.shapes.people import Provider as ProviderShape
from services.directory.shapes.people import Ways
from services.kit.problems import ProblemError


def build_api(settings: Settings) -> APIRouter:
    api = APIRouter(prefix="/v1/sessions", tags=["sessions"])
    offered = ProviderShape(name=settings.oidc_name, href=PATH) if settings.oidc_issuer else None

    @api.get("/ways")
    async def ways() -> Ways:
        return Ways(passwords=settings.password_sign_in, oidc=offered, demo=settings.demo_mode)

    return api


def only_with_passwords(settings: Settings) -> params.Depends:
    """A dependency of routes that have to do with passwords: 403 where everybody comes through the provider."""

    async def check() -> None:
        if not settings.password_sign_in:
            raise ProblemError(Code.NOT_ALLOWED, f"Here one signs in through {settings.oidc_name}: GET {PATH}.")

    return params.Depends(check)


def provider(settings: Settings) -> Provider:
    """Of an installation that has one. Raises RuntimeError otherwise."""
    if not settings.oidc_issuer or not settings.oidc_client_id:
        raise RuntimeError("no OIDC provider is configured (OIDC_ISSUER, OIDC_CLIENT_ID)")
    back = settings.public_url.rstrip("/") + f"{PATH}/callback"
    return Provider(
        Client(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, back), settings.key_secret
    )
