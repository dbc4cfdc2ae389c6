"""What people say of themselves: a name, a few lines, links."""

from dataclasses import dataclass

from contracts.users import Profile, ProfileChanged, UserFact, UserRenamed
from services.directory.domain.sealing import seal
from services.directory.domain.users.rows import Beside, ProfileRow, Row
from services.directory.domain.users.state import User
from services.kit.decisions import Decided

DESCRIBES = ("bio", "links")


@dataclass(frozen=True)
class Describe:
    """`wishes`: what is None stays as it is. `nonces` are fresh randomness, one for each of two facts."""

    wishes: Profile
    nonces: tuple[bytes, bytes]


def describe(command: Describe, user: User, beside: Beside, key: bytes) -> Decided[UserFact, Row]:
    wished = command.wishes.model_dump(exclude_none=True)
    new = {name: value for name, value in wished.items() if value != getattr(beside.profile, name)}
    facts: list[UserFact] = []
    if "name" in new:
        sealed = seal(Profile(name=new["name"]), key, command.nonces[0])
        facts.append(UserRenamed(user_id=user.user_id, sealed=sealed))
    if described := {name: new[name] for name in DESCRIBES if name in new}:
        sealed = seal(Profile(**described), key, command.nonces[1])
        facts.append(ProfileChanged(user_id=user.user_id, sealed=sealed))
    return Decided(tuple(facts), (ProfileRow(Profile(**new)),) if facts else ())
