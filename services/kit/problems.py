"""Answers that say no: RFC 9457 problem documents, for refusals and for whatever FastAPI itself refuses."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from contracts.problems import Code, Problem, problem
from services.kit.database import LOST
from services.kit.decisions import Refused
from services.kit.tokens import KeysMissing

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
OF_STATUS = {
    400: (Code.INVALID_INPUT, "The request cannot be read."),
    401: (Code.UNAUTHENTICATED, "Sign in first."),
    403: (Code.NOT_ALLOWED, "You may not do this."),
    404: (Code.NOT_FOUND, "There is nothing at this address."),
    405: (Code.METHOD_NOT_ALLOWED, "This address does not take that method."),
    413: (Code.PAYLOAD_TOO_LARGE, "The body is too large."),
    415: (Code.UNSUPPORTED_MEDIA_TYPE, "Send JSON (Content-Type: application/json)."),
    429: (Code.RATE_LIMITED, "Too many requests. Try again in a moment."),
    503: (Code.UNAVAILABLE, "Not available right now. Try again in a moment."),
}


class ProblemError(Exception):
    """Raised only at a door, where a dependency must stop a request; rules return `Refused` instead."""

    def __init__(self, code: Code, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.headers = code, message, dict(headers or {})


def refusal(refused: Refused) -> JSONResponse:
    """The answer for a refused command."""
    headers = {"Retry-After": str(refused.retry_after_seconds)} if refused.passes else {}
    return _response(refused.code, refused.message, headers=headers)


def install(app: FastAPI) -> None:
    """Everything that goes wrong in this app is answered as a problem document."""

    @app.exception_handler(ProblemError)
    async def on_problem(_: Request, error: ProblemError) -> JSONResponse:
        return _response(error.code, error.message, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        said = _sentence(error.errors())
        return _response(Code.INVALID_INPUT, said)

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> JSONResponse:
        code, message = OF_STATUS.get(error.status_code, (Code.INVALID_INPUT, str(error.detail)))
        return _response(code, message, str(error.detail), error.headers)

    @app.exception_handler(Exception)
    async def on_anything(request: Request, error: Exception) -> JSONResponse:
        log.error("request failed", path=request.url.path, method=request.method, exc_info=error)
        return _response(Code.INTERNAL_ERROR, "Something went wrong here. It is not your fault; try again.")

    async def on_away(request: Request, error: Exception) -> JSONResponse:
        log.warning("database or keys away", path=request.url.path, error=repr(error))
        return _response(*OF_STATUS[503], headers={"Retry-After": "1"})

    for away in (*LOST, KeysMissing):
        app.add_exception_handler(away, on_away)


def responses(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a route's refusals."""
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(code.status, []).append(code.code)
    return {
        status: {"model": Problem, "description": ", ".join(names), "content": {MEDIA_TYPE: {}}}
        for status, names in by_status.items()
    }


def _response(
    code: Code, message: str, detail: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    body = problem(code, message, detail).model_dump()
    return JSONResponse(body, code.status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _sentence(errors: Sequence[Any]) -> str:
    """What was wrong and where, as a sentence: "body.name: Field required"."""
    said = [(".".join(map(str, error["loc"])), error["msg"].removeprefix("Value error, ")) for error in errors]
    return "; ".join(f"{where}: {what}" for where, what in said) + "."
