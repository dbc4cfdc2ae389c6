"""`at=`: an instant in the past, of which the hallway is asked."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime

from contracts.problems import Code
from services.directory.api.filters import Order, Sort
from services.directory.queries.listing import Filter
from services.kit.problems import ProblemError

At = Annotated[
    AwareDatetime | None, Query(description="The hallway as it was then: a time in the past, with its zone (RFC 3339)")
]


def past_only(at: datetime, wanted: Filter, order: Order) -> None:
    """Raises ProblemError for what cannot be told: the future, rooms that were not live, another order."""
    if at > datetime.now(UTC):
        raise ProblemError(Code.INVALID_INPUT, "`at` is in the future: give a time that has passed.")
    if wanted.states != ("live",):
        raise ProblemError(Code.INVALID_INPUT, "With `at` only live rooms are told: leave `state` out.")
    if order.q or order.by is not Sort.NEWEST:
        raise ProblemError(Code.INVALID_INPUT, "With `at` rooms are listed newest first: leave `q` and `sort` out.")
