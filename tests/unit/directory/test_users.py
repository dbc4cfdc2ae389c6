from datetime import UTC, datetime
from uuid import uuid4

from contracts.base import Envelope
from contracts.users import Profile, UserErased, UserFact, UserRegistered, UserRenamed
from services.directory.domain.relations import UNKNOWN
from services.directory.domain.sealing import unseal
from services.directory.domain.users import (
    ID_TAKEN,
    Beside,
    NameRow,
    PersonRow,
    Register,
    Rename,
    Row,
    User,
    decide,
    evolve,
)
from services.kit.decisions import Decided, Refused

RICK = uuid4()
KEY, NONCE = bytes(32), bytes(12)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def register(name: str = "Rick Sanchez", keeps: bool = False, email: str | None = None) -> Register:
    return Register(RICK, "rick", name, email, "a hash", KEY, NONCE, NOON, keeps)


def accepted(answer: Decided[UserFact, Row] | Refused) -> Decided[UserFact, Row]:
    assert isinstance(answer, Decided)
    return answer


def given(*history: UserFact) -> User:
    user = User(RICK)
    for number, fact in enumerate(history, 1):
        user = evolve(user, Envelope(id=uuid4(), source="/directory", stream=RICK, version=number, at=NOON, fact=fact))
    return user


def registered() -> UserFact:
    return accepted(decide(register(), User(RICK), Beside())).facts[0]


def beside(name: str = "Rick Sanchez") -> Beside:
    return Beside(name, KEY)


def test_whoever_registers_is_in_the_log_by_id_and_sealed() -> None:
    fact = registered()
    assert isinstance(fact, UserRegistered)
    assert fact.user_id == RICK
    assert unseal(fact.sealed, KEY) == Profile(username="rick", name="Rick Sanchez")
    assert "ick" not in fact.model_dump_json().replace(fact.sealed, "")


def test_password_hash_and_email_are_rows_and_never_facts() -> None:
    decided = accepted(decide(register(email="rick@example.com"), User(RICK), Beside()))
    assert decided.rows == (PersonRow(RICK, "rick", "Rick Sanchez", "rick@example.com", "a hash", KEY, NOON),)
    assert "example.com" not in decided.facts[0].model_dump_json()
    assert "hash" not in decided.facts[0].model_dump_json()


def test_an_id_belongs_to_one_person() -> None:
    assert decide(register(), given(registered()), beside()) == ID_TAKEN


def test_the_loader_may_put_the_same_person_again() -> None:
    again = accepted(decide(register(keeps=True), given(registered()), beside()))
    assert (again.facts, again.result["created"]) == ((), False)


def test_the_loader_finds_the_same_person_though_they_call_themselves_otherwise_by_now() -> None:
    again = accepted(decide(register(keeps=True), given(registered()), beside(name="Pickle Rick")))
    assert again.result["created"] is False


def test_the_loader_may_not_put_somebody_else_under_the_same_id() -> None:
    assert decide(register("Evil Morty", keeps=True), given(registered()), beside()) == ID_TAKEN


def test_a_new_name_is_sealed_under_the_same_key() -> None:
    decided = accepted(decide(Rename("Pickle Rick", NONCE), given(registered()), beside()))
    (fact,) = decided.facts
    assert isinstance(fact, UserRenamed)
    assert unseal(fact.sealed, KEY) == Profile(name="Pickle Rick")
    assert decided.rows == (NameRow("Pickle Rick"),)


def test_the_same_name_again_changes_nothing() -> None:
    assert decide(Rename("Rick Sanchez", NONCE), given(registered()), beside()) == Decided()


def test_people_without_a_key_are_erased_and_unknown() -> None:
    assert decide(Rename("Back", NONCE), given(registered()), Beside("Rick Sanchez", None)) == UNKNOWN


def test_whoever_was_erased_stays_unknown() -> None:
    assert decide(Rename("Back", NONCE), given(registered(), UserErased(user_id=RICK)), beside()) == UNKNOWN
