"""Hands and invitations."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.kit.doors import IdempotencyKey
from services.kit.identity import Caller
from services.rooms.api.door import MODERATION, Door, RoomId, UserId, refuses
from services.rooms.domain.commands import (
    AnswerInvitation,
    Invite,
    LowerAllHands,
    LowerHand,
    RaiseHand,
    WithdrawInvitation,
)
from services.rooms.shapes.incoming import InvitationAnswer, NewInvitation
from services.rooms.shapes.outgoing import Done


def build_api(door: Door) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}", tags=["hands"])

    @api.put(
        "/hand",
        response_model=Done,
        responses=refuses(
            Code.GUESTS_LISTEN, Code.ALREADY_ON_STAGE, Code.HANDS_CLOSED, Code.INVITE_ONLY, Code.TOO_MANY
        ),
    )
    async def raise_hand(room_id: RoomId, caller: Caller, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Ask for the stage; repeating it changes nothing."""
        return await door.do(request, caller, key, room_id, RaiseHand(caller.user_id))

    @api.delete("/hand", response_model=Done, responses=refuses())
    async def lower_hand(room_id: RoomId, caller: Caller, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Lower your own hand."""
        return await door.do(request, caller, key, room_id, LowerHand(caller.user_id, caller.user_id))

    @api.delete("/hands/{user_id}", response_model=Done, responses=refuses(*MODERATION))
    async def lower_their_hand(
        room_id: RoomId, user_id: UserId, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Lower somebody's hand, as a moderator."""
        return await door.do(request, caller, key, room_id, LowerHand(user_id, caller.user_id))

    @api.delete("/hands", response_model=Done, responses=refuses(Code.NOT_MODERATOR))
    async def lower_all_hands(
        room_id: RoomId, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Lower all hands, as a moderator."""
        return await door.do(request, caller, key, room_id, LowerAllHands(caller.user_id))

    @api.post(
        "/invitations",
        response_model=Done,
        responses=refuses(
            *(Code.NOT_MODERATOR, Code.GUESTS_LISTEN, Code.ALREADY_ON_STAGE, Code.BLOCKED, Code.BANNED, Code.TOO_MANY)
        ),
    )
    async def invite(
        room_id: RoomId, body: NewInvitation, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Invite somebody to the stage, whether or not their hand is up or they are here yet."""
        return await door.do(request, caller, key, room_id, Invite(body.user_id, caller.user_id, door.clock()))

    @api.delete("/invitations/{user_id}", response_model=Done, responses=refuses(Code.NOT_MODERATOR, Code.NOT_INVITED))
    async def withdraw_invitation(
        room_id: RoomId, user_id: UserId, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Take an invitation back."""
        return await door.do(request, caller, key, room_id, WithdrawInvitation(user_id, caller.user_id))

    @api.put(
        "/invitations/me",
        response_model=Done,
        responses=refuses(Code.NOT_INVITED, Code.INVITATION_EXPIRED, Code.GUESTS_LISTEN),
    )
    async def answer_invitation(
        room_id: RoomId, body: InvitationAnswer, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Step onto the stage, or not."""
        command = AnswerInvitation(caller.user_id, body.answer, door.clock())
        return await door.do(request, caller, key, room_id, command)

    return api
