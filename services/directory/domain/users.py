"""A person: registered once, renamed at will, following and blocking others. The stream is the person's id."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.problems import Code
from contracts.users import (
    Profile,
    ProfileChanged,
    UserBlocked,
    UserErased,
    UserFact,
    UserFollowed,
    UserRegistered,
    UserRenamed,
    UserUnblocked,
    UserUnfollowed,
)
from services.directory.domain import relations
from services.directory.domain.relations import NOBODY, UNKNOWN, Other
from services.directory.domain.sealing import seal, unseal
from services.kit.decisions import Decided, Refused


@dataclass(frozen=True)
class Register:
    """`key` and `nonce` are fresh randomness. `keeps`: the same person again, under a chosen id, is no refusal."""

    user_id: UUID
    username: str
    name: str
    email: str | None
    password_hash: str | None
    key: bytes
    nonce: bytes
    at: datetime
    keeps: bool = False


@dataclass(frozen=True)
class Rename:
    name: str
    nonce: bytes


Command = Register | Rename | relations.Command


@dataclass(frozen=True)
class Beside:
    """What stands beside the log: this person's name and key, and the other one of whom a command speaks."""

    name: str | None = None
    key: bytes | None = None
    other: Other = NOBODY


@dataclass(frozen=True)
class PersonRow:
    user_id: UUID
    username: str
    name: str
    email: str | None
    password_hash: str | None
    key: bytes
    joined_at: datetime


@dataclass(frozen=True)
class NameRow:
    name: str


Row = PersonRow | NameRow | relations.Row


@dataclass(frozen=True)
class User:
    user_id: UUID
    registered: str | None = None  # as it was sealed then
    erased: bool = False


TAKEN = Refused(Code.USERNAME_TAKEN, "Somebody has this username already. Choose another one.")
ID_TAKEN = Refused(Code.ALREADY_EXISTS, "Somebody else has this id.")


def decide(command: Command, user: User, beside: Beside) -> Decided[UserFact, Row] | Refused:
    if isinstance(command, Register):
        return _register(command, user, beside)
    if user.registered is None or user.erased or beside.key is None:
        return UNKNOWN
    if isinstance(command, Rename):
        return _rename(command, user, beside.name, beside.key)
    return relations.decide(command, user.user_id, beside.other)


def _register(command: Register, user: User, beside: Beside) -> Decided[UserFact, Row] | Refused:
    profile = Profile(username=command.username, name=command.name)
    result = {"id": str(command.user_id)}
    if user.registered is not None:
        same = command.keeps and beside.key is not None and unseal(user.registered, beside.key) == profile
        return Decided(result={**result, "created": False}) if same else ID_TAKEN
    fact = UserRegistered(user_id=command.user_id, sealed=seal(profile, command.key, command.nonce))
    row = PersonRow(
        command.user_id,
        command.username,
        command.name,
        command.email,
        command.password_hash,
        command.key,
        command.at,
    )
    return Decided((fact,), (row,), {**result, "created": True})


def _rename(command: Rename, user: User, name: str | None, key: bytes) -> Decided[UserFact, Row]:
    if command.name == name:
        return Decided()  # called so already
    fact = UserRenamed(user_id=user.user_id, sealed=seal(Profile(name=command.name), key, command.nonce))
    return Decided((fact,), (NameRow(command.name),))


def evolve(user: User, envelope: Envelope[UserFact]) -> User:
    fact = envelope.fact
    match fact:
        case UserRegistered(sealed=sealed):
            return replace(user, registered=sealed)
        case UserErased():
            return replace(user, erased=True)
        case UserRenamed() | ProfileChanged() | UserFollowed() | UserUnfollowed() | UserBlocked() | UserUnblocked():
            return user  # whom they follow and block may be many: rows, read under the stream's lock
        case _:
            assert_never(fact)
