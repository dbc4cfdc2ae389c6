from datetime import UTC, datetime
from uuid import uuid4

from contracts.base import Envelope
from contracts.users import (
    Profile,
    ProfileChanged,
    TopicFollowed,
    TopicUnfollowed,
    UserErased,
    UserFact,
    UserRegistered,
    UserRenamed,
)
from services.directory.domain.sealing import unseal
from services.directory.domain.users import Beside, Row, User, decide, evolve
from services.directory.domain.users.describing import Describe
from services.directory.domain.users.erasing import Erase
from services.directory.domain.users.registering import ID_TAKEN, Register
from services.directory.domain.users.rows import ErasedRow, PersonRow, ProfileRow
from services.directory.domain.users.state import UNKNOWN
from services.directory.domain.users.topics import FollowTopic, TopicRow, UnfollowTopic
from services.kit.decisions import Decided, Refused

RICK, SCIENCE = uuid4(), uuid4()
KEY, NONCE, ANOTHER = bytes(32), bytes(12), bytes(11) + b"1"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def register(name: str = "Rick Sanchez", keeps: bool = False) -> Register:
    return Register(RICK, "rick", name, "a hash", KEY, NONCE, NOON, keeps)


def say(name: str | None = None, bio: str | None = None, links: tuple[str, ...] | None = None) -> Describe:
    return Describe(Profile(name=name, bio=bio, links=links), (NONCE, ANOTHER))


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
    return Beside(Profile(username="rick", name=name, bio="", links=()), KEY)


def test_whoever_registers_is_in_the_log_by_id_and_sealed() -> None:
    fact = registered()
    assert isinstance(fact, UserRegistered)
    assert fact.user_id == RICK
    assert unseal(fact.sealed, KEY) == Profile(username="rick", name="Rick Sanchez")
    assert "ick" not in fact.model_dump_json().replace(fact.sealed, "")


def test_a_password_hash_is_a_row_and_never_a_fact() -> None:
    decided = accepted(decide(register(), User(RICK), Beside()))
    assert decided.rows == (PersonRow(RICK, "rick", "Rick Sanchez", "a hash", KEY, NOON),)
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
    decided = accepted(decide(say("Pickle Rick"), given(registered()), beside()))
    (fact,) = decided.facts
    assert isinstance(fact, UserRenamed)
    assert unseal(fact.sealed, KEY) == Profile(name="Pickle Rick")
    assert decided.rows == (ProfileRow(Profile(name="Pickle Rick")),)


def test_what_one_says_of_oneself_is_a_fact_of_its_own_and_only_what_changed_is_in_it() -> None:
    links = ("https://example.com/rick",)
    decided = accepted(decide(say("Rick", "Science, mostly.", links), given(registered()), beside("Rick")))
    (fact,) = decided.facts
    assert isinstance(fact, ProfileChanged)
    assert unseal(fact.sealed, KEY) == Profile(bio="Science, mostly.", links=links)


def test_a_bio_and_links_can_be_taken_back() -> None:
    talkative = Beside(Profile(name="Rick", bio="Science", links=("https://example.com",)), KEY)
    decided = accepted(decide(say(bio="", links=()), given(registered()), talkative))
    assert decided.rows == (ProfileRow(Profile(bio="", links=())),)


def test_the_same_again_changes_nothing() -> None:
    assert decide(say("Rick Sanchez", "", ()), given(registered()), beside()) == Decided()


def test_a_topic_is_followed_once_and_left_once() -> None:
    rick, follows = given(registered()), Beside(key=KEY, follows_topic=True)
    followed, left = TopicFollowed(user_id=RICK, topic_id=SCIENCE), TopicUnfollowed(user_id=RICK, topic_id=SCIENCE)
    first = accepted(decide(FollowTopic(SCIENCE, NOON), rick, beside()))
    assert (first.facts, first.rows) == ((followed,), (TopicRow(SCIENCE, NOON),))
    assert accepted(decide(FollowTopic(SCIENCE, NOON), rick, follows)).facts == ()
    assert accepted(decide(UnfollowTopic(SCIENCE), rick, follows)).facts == (left,)
    assert accepted(decide(UnfollowTopic(SCIENCE), rick, beside())).facts == ()


def test_whoever_is_erased_is_so_once_and_nothing_of_them_is_said_again() -> None:
    decided = accepted(decide(Erase(), given(registered()), beside()))
    assert (decided.facts, decided.rows) == ((UserErased(user_id=RICK),), (ErasedRow(),))
    erased = given(registered(), *decided.facts)
    for command in (Erase(), say("Back"), FollowTopic(SCIENCE, NOON)):
        assert decide(command, erased, Beside()) == UNKNOWN


def test_people_without_a_key_are_erased_and_unknown() -> None:
    assert decide(say("Back"), given(registered()), Beside()) == UNKNOWN


def test_the_log_of_the_erased_is_replayed_and_says_nothing() -> None:
    erased = given(registered(), UserErased(user_id=RICK))
    assert (erased.erased, decide(register("Rick again"), erased, Beside())) == (True, ID_TAKEN)
