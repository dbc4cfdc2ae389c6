"""The services' databases and login roles, on the Postgres of the stack or on a server of one's own."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from hallway.trouble import Trouble

DATABASES = ("directory", "rooms", "signalling")
ROLE_SETTINGS = {"transaction_timeout": "2s", "idle_in_transaction_session_timeout": "2s"}  # a long one stops relays


@dataclass(frozen=True)
class Databases:
    """One database and one login role a service; no role may enter another's database."""

    admin_url: str
    passwords: dict[str, str]

    def url(self, service: str) -> str:
        parts = urlsplit(self.admin_url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{service}:{self.passwords[service]}@{host}", path=f"/{service}"))

    async def create(self) -> None:
        """Make what is missing. Raises `Trouble` when the server does not let us."""
        admin = await self._admin()
        try:
            for service in DATABASES:
                await self._create(admin, service)
        except asyncpg.PostgresError as error:
            remedy = "DATABASE_URL needs a superuser of Postgres 17 or newer"
            raise Trouble("postgres", f"{service}'s database or role cannot be made ({error})", remedy) from error
        finally:
            await admin.close()

    async def _admin(self) -> "asyncpg.Connection[asyncpg.Record]":
        try:
            return await asyncpg.connect(self.admin_url, timeout=5)
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            why = str(error) or "it does not answer"
            raise Trouble("postgres", why, "check the address in DATABASE_URL") from error

    async def _create(self, admin: "asyncpg.Connection[asyncpg.Record]", service: str) -> None:
        if not await admin.fetchval("select 1 from pg_roles where rolname = $1", service):
            await admin.execute(f"create role {service} login")
        await admin.execute(f"alter role {service} password '{self.passwords[service]}'")
        for setting, value in ROLE_SETTINGS.items():
            await admin.execute(f"alter role {service} set {setting} = '{value}'")
        if not await admin.fetchval("select 1 from pg_database where datname = $1", service):
            await admin.execute(f"create database {service} owner {service}")
        await admin.execute(f"revoke connect on database {service} from public")
