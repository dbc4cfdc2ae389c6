"""The development stack's mail: takes everything by SMTP, sends nothing on, and shows it on a page.

Run: uvicorn --factory hallway.mail:create_app
"""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from html import escape
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope
from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse
from pydantic import Field
from pydantic_settings import BaseSettings

KEPT = 200  # mails, in memory alone
LINK = re.compile(r"https?://[^\s<>\"]+")
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Referrer-Policy": "no-referrer"}
STYLE = "body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap}"


class Settings(BaseSettings):
    smtp_port: int = Field(description="Where mail is taken")


@dataclass(frozen=True)
class Mail:
    to: list[str]
    subject: str
    text: str

    @property
    def html(self) -> str:
        linked = LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(self.text))
        return f"<h2>{escape(self.subject)}</h2><p>to {escape(', '.join(self.to))}</p><pre>{linked}</pre>"


class Box:
    """The latest mails, newest first. aiosmtpd calls `handle_DATA`."""

    def __init__(self) -> None:
        self.mails: deque[Mail] = deque(maxlen=KEPT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        self.mails.appendleft(Mail(list(envelope.rcpt_tos), str(message["subject"] or ""), text))
        return "250 taken"


def create_app(settings: Settings | None = None) -> FastAPI:
    settings, box = settings or Settings(), Box()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(box, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", settings.smtp_port
        )
        async with server:
            yield

    app = FastAPI(title="mail", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @app.get("/")
    async def page() -> HTMLResponse:
        """What came, the newest first, with links that work."""
        shown = "".join(mail.html for mail in box.mails) or "<p>No mail yet.</p>"
        html = f"<!doctype html><title>Mail</title><style>{STYLE}</style><h1>Mail that stays here</h1>{shown}"
        return HTMLResponse(html, headers=HEADERS)

    @app.get("/mails")
    async def mails(to: str = Query("", max_length=300)) -> list[dict[str, Any]]:
        """The same for programs; `to` one address."""
        return [asdict(mail) for mail in box.mails if to in (*mail.to, "")]

    @app.get("/readyz")
    async def readyz() -> dict[str, Any]:
        return {"ready": True, "checks": {}, "lag": {"mails": {"kept": len(box.mails)}}}

    return app
