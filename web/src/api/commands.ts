import type { Api } from "./api";
import type { JoinAnswer, Policy, Role } from "./shapes";

type Seq = { seq: number };

/** What one does in a room, one method a button. Every refusal is a `Problem` with words for people. */
export class Commands {
  constructor(private readonly api: Api) {}

  open(room: { name: string; club_id?: string; topic?: string; policy: Partial<Policy> }): Promise<{ id: string } & Seq> {
    return this.api.command("POST", "/v1/rooms", room);
  }

  join(roomId: string, connection: string, takeover: boolean): Promise<JoinAnswer> {
    return this.api.command("POST", `${at(roomId)}/join`, takeover ? { connection, takeover } : { connection });
  }

  leave(roomId: string, connection: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/leave`, { connection }, { keepalive: true });
  }

  end(roomId: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/end`);
  }

  raiseHand(roomId: string): Promise<Seq> {
    return this.api.command("PUT", `${at(roomId)}/hand`);
  }

  lowerHand(roomId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/hand`);
  }

  lowerHandOf(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/hands/${userId}`);
  }

  lowerAllHands(roomId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/hands`);
  }

  invite(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/invitations`, { user_id: userId });
  }

  answerInvitation(roomId: string, answer: "accepted" | "declined"): Promise<Seq> {
    return this.api.command("PUT", `${at(roomId)}/invitations/me`, { answer });
  }

  changeRole(roomId: string, userId: string, role: Role): Promise<Seq> {
    return this.api.command("PUT", `${at(roomId)}/participants/${userId}/role`, { role });
  }

  mute(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/participants/${userId}/mute`);
  }

  /** Undoes a moderator's mute; only its owner may. */
  openMicrophone(roomId: string): Promise<Seq> {
    return this.api.command("PUT", `${at(roomId)}/microphone`, { on: true });
  }

  remove(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/participants/${userId}`);
  }
}

const at = (roomId: string): string => `/v1/rooms/${roomId}`;
