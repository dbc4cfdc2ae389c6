"""Answers that need not be sent again when nothing has changed (RFC 9110 section 13.1.2)."""

from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing has changed since the answer with the ETag in `If-None-Match`"}
}


def unless_known(request: Request, shape: BaseModel) -> Response:
    """The shape as JSON with an ETag; 304 without a body for whoever has just that already."""
    body = shape.model_dump_json().encode()
    etag = f'W/"{sha256(body).hexdigest()[:24]}"'
    known = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers={"ETag": etag, **HEADERS})
    return Response(body, media_type="application/json", headers={"ETag": etag, **HEADERS})
