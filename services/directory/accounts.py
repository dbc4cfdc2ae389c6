"""What no fact may carry of a person: their e-mail and password. Tables alone; each change is one transaction."""

from dataclasses import dataclass
from uuid import UUID

from services.directory.mails import Mails, Purpose
from services.kit.database import Database


@dataclass(frozen=True)
class Account:
    """What a person is told of their own."""

    bio: str
    links: tuple[str, ...]
    email: str | None
    email_verified: bool
    has_password: bool


class Accounts:
    def __init__(self, database: Database, mails: Mails) -> None:
        self._database, self._mails = database, mails

    async def of(self, user_id: UUID) -> Account | None:
        row = await self._database.fetchrow(OF, user_id)
        return Account(**row) if row else None

    async def set_email(self, user_id: UUID, email: str) -> None:
        """Not verified until the link that is mailed there was opened."""
        await self._database.execute(SET_EMAIL, user_id, email)
        await self._mails.ask(user_id, Purpose.VERIFY, email)

    async def take_email(self, user_id: UUID, email: str) -> None:
        """One that somebody trusted has verified."""
        await self._database.execute(TAKE_EMAIL, user_id, email)

    async def by_identity(self, issuer: str, subject: str) -> UUID | None:
        """Who signs in as this through a provider."""
        found: UUID | None = await self._database.fetchval(BY_IDENTITY, issuer, subject)
        return found

    async def remove_email(self, user_id: UUID) -> None:
        await self._database.execute(REMOVE_EMAIL, user_id)
        await self._database.execute(NO_MAILS, user_id)

    async def verify_email(self, secret: str) -> str | None:
        """The address that is verified now; None when the link is worth nothing, or another address was given since."""
        redeemed = await self._mails.redeem(Purpose.VERIFY, secret)
        if redeemed is None:
            return None
        email: str | None = await self._database.fetchval(VERIFY_EMAIL, redeemed.user_id, redeemed.email)
        return email

    async def ask_for_reset(self, username: str) -> None:
        """A mail to the verified address, if there is one. Nobody is told whether there is."""
        row = await self._database.fetchrow(FOR_RESET, username)
        if row:
            await self._mails.ask(row["id"], Purpose.RESET, row["email"])

    async def for_reset(self, secret: str) -> UUID | None:
        """Whose password the link may change."""
        redeemed = await self._mails.redeem(Purpose.RESET, secret)
        return redeemed.user_id if redeemed else None

    async def set_password(self, user_id: UUID, password_hash: str) -> None:
        await self._database.execute(SET_PASSWORD, user_id, password_hash)

    async def password_hash(self, user_id: UUID) -> str | None:
        found: str | None = await self._database.fetchval(PASSWORD_HASH, user_id)
        return found


OF = """
select bio, links, email, email_verified, exists (select from credentials c where c.user_id = u.id) as has_password
from users u where id = $1
"""
SET_EMAIL = "update users set email = $2, email_verified = false where id = $1"
TAKE_EMAIL = "update users set email = $2, email_verified = true where id = $1"
BY_IDENTITY = "select user_id from provider_identities where issuer = $1 and subject = $2"
REMOVE_EMAIL = "update users set email = null, email_verified = false where id = $1"
NO_MAILS = "delete from mails where user_id = $1"
VERIFY_EMAIL = "update users set email_verified = true where id = $1 and email = $2 returning email"
FOR_RESET = "select id, email from users where lower(username) = lower($1) and email_verified"
SET_PASSWORD = """
insert into credentials (user_id, password_hash) values ($1, $2)
on conflict (user_id) do update set password_hash = excluded.password_hash
"""
PASSWORD_HASH = "select password_hash from credentials where user_id = $1"
