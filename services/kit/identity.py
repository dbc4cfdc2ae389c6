"""Who is asking: the person in the access token, checked again behind the gateway."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contracts.problems import Code
from services.kit.problems import ProblemError
from services.kit.tokens import InvalidToken, Verifier

ISSUER = "hallway"
AUDIENCE = "hallway"
SIGN_IN = {"WWW-Authenticate": "Bearer"}
bearer = HTTPBearer(auto_error=False, description="The access token of a session")


@dataclass(frozen=True)
class Person:
    """From the token's claims. `device`: the browser's, from its cookie; guests always have one. `session`: of which
    sign-in this is, where it outlives its access token.

    `operator`: runs this installation, and may end any room.
    """

    user_id: UUID
    name: str
    username: str | None
    guest: bool
    device: str | None = None
    operator: bool = False
    session: UUID | None = None

    @classmethod
    def of(cls, claims: dict[str, Any]) -> "Person":
        """Raises ValueError when a claim is not what it should be."""
        return cls(
            user_id=UUID(claims["sub"]),
            name=str(claims.get("name", "")),
            username=claims.get("username"),
            guest=bool(claims.get("guest", False)),
            device=claims.get("device"),
            operator=claims.get("operator") is True,
            session=UUID(claims["session"]) if claims.get("session") else None,
        )


def install(app: FastAPI, verifier: Verifier) -> None:
    """Let `Caller` and `MaybeCaller` find the verifier."""
    app.state.verifier = verifier


async def maybe_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Person | None:
    """The person, or None without a token. A token that is there must be valid: 401 otherwise."""
    if credentials is None:
        if "authorization" in request.headers:
            raise ProblemError(Code.UNAUTHENTICATED, "Send the access token as: Authorization: Bearer …", SIGN_IN)
        return None
    try:
        verifier: Verifier = request.app.state.verifier
        return Person.of(await verifier.verify(credentials.credentials, AUDIENCE))
    except (InvalidToken, ValueError, KeyError) as error:
        message = f"This access token is not valid here ({error}). Sign in again."
        raise ProblemError(Code.UNAUTHENTICATED, message, SIGN_IN) from error


async def caller(person: Annotated[Person | None, Depends(maybe_caller)]) -> Person:
    """The person. 401 without a token."""
    if person is None:
        raise ProblemError(Code.UNAUTHENTICATED, "Sign in first: this needs an access token.", SIGN_IN)
    return person


Caller = Annotated[Person, Depends(caller)]
MaybeCaller = Annotated[Person | None, Depends(maybe_caller)]
