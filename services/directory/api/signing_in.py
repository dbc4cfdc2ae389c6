"""Answers that sign somebody in: an access token in the body, cookies for the session and the device."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.directory import devices
from services.directory.api import cookies
from services.directory.queries.people import Someone
from services.directory.sessions import AccessTokens, RefreshFamilies
from services.directory.shapes.people import Session, UserShape
from services.kit.ids import new_id

DAY_SECONDS = 24 * 60 * 60


class Sessions:
    def __init__(self, tokens: AccessTokens, families: RefreshFamilies, refresh_days: int) -> None:
        self.tokens, self.families, self._seconds = tokens, families, refresh_days * DAY_SECONDS

    def of(self, someone: Someone, device: UUID | None, session: UUID | None = None, guest: bool = False) -> Session:
        token = self.tokens.of(someone, device, session, guest)
        user = UserShape.model_validate(someone)
        return Session(access_token=token, expires_in=self.tokens.seconds, user=user)

    async def begin(self, request: Request, response: Response, someone: Someone, device: UUID) -> Session:
        """A session that outlives its access token, in this browser."""
        begun = await self.families.begin(someone.id, devices.named(request.headers.get("user-agent", "")[:400]))
        self.keep(response, request, device, begun.cookie)
        return self.of(someone, device, begun.session)

    def keep(self, response: Response, request: Request, device: UUID, refresh: str | None = None) -> None:
        """Cookies: of the device, for another year, and of the session when it has a new one."""
        cookies.put(response, request, cookies.DEVICE, str(device))
        if refresh:
            cookies.put(response, request, cookies.REFRESH, refresh, self._seconds)


def device(request: Request) -> UUID:
    """The browser's; a new one for a browser that has none yet."""
    return cookies.device_of(request) or new_id()


Device = Annotated[UUID, Depends(device)]
