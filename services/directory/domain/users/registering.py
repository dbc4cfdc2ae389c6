"""Registering. Whoever listened as a guest keeps that id, and with it the seat that they have."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.problems import Code
from contracts.users import Profile, UserFact, UserRegistered
from services.directory.domain.sealing import seal, unseal
from services.directory.domain.users.rows import Beside, Identity, PersonRow, Row
from services.directory.domain.users.state import User
from services.kit.decisions import Decided, Refused


@dataclass(frozen=True)
class Register:
    """`key` and `nonce` are fresh randomness. `keeps`: the same person again, under a chosen id, is no refusal.
    `identity`: they sign in through a provider.
    """

    user_id: UUID
    username: str
    name: str
    password_hash: str | None
    key: bytes
    nonce: bytes
    at: datetime
    keeps: bool = False
    identity: Identity | None = None


TAKEN = Refused(Code.USERNAME_TAKEN, "Somebody has this username already. Choose another one.")
ID_TAKEN = Refused(Code.ALREADY_EXISTS, "There is an account with this id already. Sign in to it.")


def register(command: Register, user: User, beside: Beside) -> Decided[UserFact, Row] | Refused:
    profile = Profile(username=command.username, name=command.name)
    result = {"id": str(command.user_id)}
    if user.registered is not None:
        same = command.keeps and beside.key is not None and unseal(user.registered, beside.key) == profile
        return Decided(result={**result, "created": False}) if same else ID_TAKEN
    fact = UserRegistered(user_id=command.user_id, sealed=seal(profile, command.key, command.nonce))
    who = command.user_id, command.username, command.name
    row = PersonRow(*who, command.password_hash, command.key, command.at, command.identity)
    return Decided((fact,), (row,), {**result, "created": True})
