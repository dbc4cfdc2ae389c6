"""Mails with a link in them: asked for in a table, sent by whichever instance is free, worth something once."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from enum import StrEnum
from urllib.parse import unquote, urlsplit
from uuid import UUID

import asyncpg
import structlog

from services.directory.secret_texts import digest, new_secret
from services.kit.database import LOST, Database
from services.kit.health import Check
from services.kit.ids import Clock

log = structlog.get_logger()
LOOK_SECONDS, RETRY_SECONDS = 1.0, 10.0
SMTP_SECONDS = 20.0
TAKEN_FOR = timedelta(minutes=2)  # an instance that died while it sent
SUBMISSION_PORT, SMTPS_PORT = 587, 465


FOR_GOOD = range(500, 600)  # RFC 5321 section 4.2.1: trying again would give the same answer


class Purpose(StrEnum):
    VERIFY = "verify"
    RESET = "reset"


LIVES = {Purpose.VERIFY: timedelta(days=1), Purpose.RESET: timedelta(hours=1)}
SUBJECTS = {Purpose.VERIFY: "Is this your e-mail address?", Purpose.RESET: "A new password for Hallway"}
TEXTS = {
    Purpose.VERIFY: "Somebody, we hope it was you, gave this address to Hallway for @{username}.\n\n"
    "Yes, it is mine:\n{link}\n\nThe link works once, until tomorrow. If it was not you, throw this mail away.\n",
    Purpose.RESET: "Somebody, we hope it was you, wants a new password for @{username} on Hallway.\n\n"
    "Choose it here:\n{link}\n\nThe link works once, within an hour. If it was not you, throw this mail away: nothing"
    " has changed.\n",
}


@dataclass(frozen=True)
class Redeemed:
    user_id: UUID
    email: str


class Mails:
    """`asks` is for any door; `run` sends, until cancelled. Without a server nothing is sent, and `sends` says so."""

    def __init__(self, database: Database, clock: Clock, server: str | None, sender: str, origin: str) -> None:
        self._database, self._clock, self._server = database, clock, server
        self._sender, self._origin = sender, origin.rstrip("/")
        self._trouble = ""
        self._asked = asyncio.Event()

    @property
    def sends(self) -> bool:
        return self._server is not None

    async def ask(self, user_id: UUID, purpose: Purpose, email: str) -> None:
        """A mail to this address, soon. A link that was sent for the same before is worth nothing from now on."""
        now = self._clock()
        await self._database.execute(ASK, user_id, purpose, email, now, now + LIVES[purpose])
        self._asked.set()

    async def redeem(self, purpose: Purpose, secret: str) -> Redeemed | None:
        """Whose link it is; it works once. None when it was used, ran out, or is none of ours."""
        row = await self._database.fetchrow(REDEEM, purpose, digest(secret), self._clock())
        return Redeemed(**row) if row else None

    async def run(self) -> None:
        while True:
            try:
                while self.sends and await self._send_next():
                    pass
                self._trouble = ""
                pause = LOOK_SECONDS
            except (OSError, smtplib.SMTPException, *LOST, asyncpg.PostgresError) as error:
                self._trouble = f"{type(error).__name__}: {str(error)[:200]}"
                log.warning("a mail waits", error=type(error).__name__)  # the text of the error may hold an address
                pause = RETRY_SECONDS
            self._asked.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._asked.wait()
            except TimeoutError:
                pass

    async def health(self) -> Check:
        """Always ready: mails wait, and people come in all the same."""
        waiting = await self._database.fetchval(WAITING)
        return Check(True, (self._trouble and "the mail server refuses or is away") or "sending", {"mails": waiting})

    async def forget_old(self) -> None:
        await self._database.execute(FORGET, self._clock())

    async def _send_next(self) -> bool:
        """One mail; False when none waits."""
        now, secret = self._clock(), new_secret()
        row = await self._database.fetchrow(CLAIM, now, now - TAKEN_FOR, digest(secret))
        if row is None:
            return False
        purpose = Purpose(row["purpose"])
        link = f"{self._origin}/{purpose}#token={secret}"
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, row["email"], SUBJECTS[purpose]
        message.set_content(TEXTS[purpose].format(username=row["username"], link=link))
        try:
            await asyncio.to_thread(_deliver, self._server or "", message)
        except (smtplib.SMTPNotSupportedError, smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            if not _is_for_good(error):
                raise
            log.warning("a mail is given up", purpose=purpose, error=type(error).__name__)
            await self._database.execute(GIVE_UP, row["id"])
        else:
            await self._database.execute(SENT, row["id"], self._clock())
        return True


def _deliver(server: str, message: EmailMessage) -> None:
    """To an SMTP server: smtp://host:25, smtp+starttls://user:password@host, smtps://user:password@host."""
    parts = urlsplit(server)
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(parts.hostname or "", parts.port or SMTPS_PORT, timeout=SMTP_SECONDS, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(parts.hostname or "", parts.port or SUBMISSION_PORT, timeout=SMTP_SECONDS)
    ) as smtp:
        if parts.scheme == "smtp+starttls":
            smtp.starttls(context=context)
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        smtp.send_message(message)


def _is_for_good(error: smtplib.SMTPException) -> bool:
    """Of this mail alone: a server that refuses us altogether may be mended, and mails wait for that."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in FOR_GOOD for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code in FOR_GOOD
    return isinstance(error, smtplib.SMTPNotSupportedError)


ASK = """
insert into mails (user_id, purpose, email, asked_at, expires_at) values ($1, $2, $3, $4, $5)
on conflict (user_id, purpose) do update
set id = gen_random_uuid(), email = excluded.email, asked_at = excluded.asked_at, expires_at = excluded.expires_at,
    claimed_at = null, sent_at = null, secret_sha256 = null
"""
CLAIM = """
update mails m set claimed_at = $1, secret_sha256 = $3 from users u
where u.id = m.user_id and m.id = (
    select id from mails where sent_at is null and expires_at > $1 and (claimed_at is null or claimed_at < $2)
    order by asked_at limit 1 for update skip locked
)
returning m.id, m.purpose, m.email, u.username
"""
GIVE_UP = "delete from mails where id = $1"
SENT = "update mails set sent_at = $2 where id = $1"
REDEEM = """
delete from mails where purpose = $1 and secret_sha256 = $2 and expires_at > $3 returning user_id, email
"""
WAITING = "select count(*) from mails where sent_at is null"
FORGET = "delete from mails where expires_at < $1"
