from datetime import UTC, datetime
from uuid import UUID

from contracts.cloudevents import UnknownType
from contracts.problems import Code, problem
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.rooms import HandRaised, RoleChanged, RoleReason, SpeakerInvited
from services.signalling.outbox import Outbox, Told
from tests.unit.signalling.rooms import ALICE, BOB, HOST, ROOM, room, told

invitation = SpeakerInvited(room_id=ROOM, user_id=ALICE, by=HOST, expires_at=datetime.now(UTC))
alice_raised = HandRaised(room_id=ROOM, user_id=ALICE)
bob_raised = HandRaised(room_id=ROOM, user_id=BOB)


def state(user: UUID, line: str = "here", microphone: str = "on") -> dict[str, str]:
    return {"user_id": str(user), "line": line, "microphone": microphone}


def test_facts_that_come_together_go_out_in_one_message_in_order() -> None:
    outbox = Outbox(ALICE)
    outbox.add_fact(Told(told(alice_raised, 11)), room)
    outbox.add_fact(Told(told(bob_raised, 12)), room)
    (message,) = outbox.take()
    assert (message["type"], message["seq"]) == ("facts", 12)
    assert [(fact["sequence"], fact["data"]["user_id"]) for fact in message["facts"]] == [
        (11, str(ALICE)),
        (12, str(BOB)),
    ]
    assert outbox.take() == []


def test_what_a_listener_may_not_see_moves_their_seq_all_the_same() -> None:
    outbox = Outbox(BOB)
    outbox.add_fact(Told(told(invitation, 11)), room)
    assert outbox.take() == [{"type": "facts", "facts": [], "seq": 11}]


def test_an_invitation_is_seen_by_the_invited_and_the_host() -> None:
    for viewer in (ALICE, HOST):
        outbox = Outbox(viewer)
        outbox.add_fact(Told(told(invitation, 11)), room)
        assert [fact["type"] for fact in outbox.take()[0]["facts"]] == ["room.speaker_invited.v1"]


def test_who_has_become_a_moderator_sees_the_next_invitation() -> None:
    promoted = told(RoleChanged(room_id=ROOM, user_id=BOB, role=Role.MODERATOR, reason=RoleReason.CHANGED), 11)
    later = fold(room, promoted)
    outbox = Outbox(BOB)
    outbox.add_fact(Told(promoted), later)
    outbox.add_fact(Told(told(invitation, 12)), later)
    assert [fact["sequence"] for fact in outbox.take()[0]["facts"]] == [11, 12]


def test_a_fact_of_a_type_from_the_future_only_counts() -> None:
    outbox = Outbox(ALICE)
    outbox.add_fact(Told(UnknownType(ROOM, 11, "room.danced.v1")), room)
    assert outbox.take() == [{"type": "facts", "facts": [], "seq": 11}]


def test_of_passing_states_only_the_last_of_each_person_goes_out_after_the_facts() -> None:
    outbox = Outbox(ALICE)
    outbox.add_state(state(BOB, "reconnecting"))
    outbox.add_state(state(HOST))
    outbox.add_fact(Told(told(alice_raised, 11)), room)
    outbox.add_state(state(BOB))
    facts, *states = outbox.take()
    assert facts["seq"] == 11
    assert states == [{"type": "presence", **state(BOB)}, {"type": "presence", **state(HOST)}]


def test_whoever_says_nonsense_is_told_so_once() -> None:
    outbox = Outbox(ALICE)
    for _ in range(3):
        outbox.add_problem(problem(Code.INVALID_INPUT, "Say it in JSON."))
    assert outbox.take() == [{"type": "problem", "code": "invalid_input", "message": "Say it in JSON."}]


def test_a_client_that_reads_too_slowly_fills_its_box() -> None:
    outbox = Outbox(ALICE, most=2)
    for seq in (11, 12):
        outbox.add_fact(Told(told(alice_raised, seq)), room)
    assert not outbox.full
    outbox.add_state(state(BOB))
    assert outbox.full


def test_a_fact_is_written_as_json_once_for_all_sockets() -> None:
    fact = Told(told(alice_raised, 11))
    assert fact.shown_to(ALICE, room) is fact.shown_to(BOB, room)
