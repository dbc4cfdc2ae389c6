"""What may be tried how often, by account and by address."""

from dataclasses import dataclass

from fastapi import Request

from services.directory.rate_limits import Rate, RateLimits, address_of
from services.directory.settings import Settings


@dataclass(frozen=True)
class Tries:
    limits: RateLimits
    settings: Settings

    async def of_signing_in(self, request: Request, username: str) -> None:
        """By account, so that a password is not guessed from many places; by address, so that not many are guessed."""
        await self.limits.take("sign-ins from", address_of(request), Rate(self.settings.sign_ins_per_address, 2))
        await self.limits.take("sign-ins to", username.lower(), Rate(self.settings.sign_ins_per_account, 60))

    async def signed_in(self, username: str) -> None:
        await self.limits.give_back("sign-ins to", username.lower())

    async def of_registering(self, request: Request) -> None:
        await self.limits.take("accounts from", address_of(request), Rate(self.settings.accounts_per_address, 60))

    async def of_mailing(self, request: Request, whom: str) -> None:
        """Nobody's inbox is flooded, whoever asks."""
        await self.limits.take("mails from", address_of(request), Rate(self.settings.accounts_per_address, 60))
        await self.limits.take("mails to", whom.lower(), Rate(self.settings.mails_per_account, 600))

    async def of_exporting(self, whom: str) -> None:
        """It reads everything that there is."""
        await self.limits.take("exports of", whom, Rate(3, 600))
