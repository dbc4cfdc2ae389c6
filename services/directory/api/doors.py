"""What the directory's routes have in common."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from contracts import topics
from contracts.problems import Code
from services.directory.queries.cursors import MOST, BadCursor
from services.kit.decisions import Refused
from services.kit.identity import Caller, Person
from services.kit.problems import ProblemError, refusal

SIGNED_IN = (Code.UNAUTHENTICATED, Code.GUESTS_LISTEN)
COMMAND = (Code.INVALID_INPUT, Code.KEY_REUSED, *SIGNED_IN)

Cursor = Annotated[
    str | None, Query(min_length=1, max_length=MOST, description="The `next_cursor` of the page before, as it came")
]


async def member(caller: Caller) -> Person:
    """Somebody with an account. 401 without a token, 403 for guests."""
    if caller.guest:
        raise ProblemError(Code.GUESTS_LISTEN, "Guests may only listen. Sign in to do this.")
    return caller


Member = Annotated[Person, Depends(member)]
Limit = Annotated[int, Query(ge=1, le=100)]


def topic_or_400(text: str) -> UUID:
    """The topic of this name or id."""
    found = topics.topic_id(text)
    if found is None:
        names = ", ".join(topics.TOPICS.values())
        raise ProblemError(Code.INVALID_INPUT, f"There is no such topic. Topics are: {names}.")
    return found


def install(app: FastAPI) -> None:
    """A cursor that is none of ours is bad input, wherever it turns up."""

    @app.exception_handler(BadCursor)
    async def on_bad_cursor(_: Request, error: BadCursor) -> JSONResponse:
        return refusal(Refused(Code.INVALID_INPUT, f"This cursor is {error}. Start again without one."))
