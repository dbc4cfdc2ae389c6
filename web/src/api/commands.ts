import type { Api } from "./api";
import type { JoinAnswer, Me, ModerationEntry, NewRoom, Policy, Role } from "./shapes";

type Seq = { seq: number };

/** What one does in a room, one method a button. Every refusal is a `Problem` with words for people. */
export class Commands {
  constructor(private readonly api: Api) {}

  open(room: NewRoom): Promise<{ id: string } & Seq> {
    return this.api.command("POST", "/v1/rooms", room);
  }

  openPlanned(roomId: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/open`);
  }

  edit(roomId: string, change: { name?: string; policy?: Partial<Policy>; scheduled_for?: string }): Promise<Seq> {
    return this.api.command("PATCH", at(roomId), change);
  }

  /** `link`: the one through which this tab came to a private room. */
  join(roomId: string, connection: string, takeover: boolean, link: string | null): Promise<JoinAnswer> {
    return this.api.command("POST", `${at(roomId)}/join`, { connection, ...(takeover && { takeover }), ...(link && { link }) });
  }

  leave(roomId: string, connection: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/leave`, { connection }, { keepalive: true });
  }

  /** As the host, with the keys for somebody on stage. */
  leaveTo(roomId: string, keysTo: string): Promise<Seq> {
    return this.api.command("POST", `${at(roomId)}/leave`, { keys_to: keysTo });
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

  ban(roomId: string, userId: string, why: string): Promise<Seq> {
    return this.api.command("PUT", `${at(roomId)}/bans/${userId}`, why ? { why } : {});
  }

  liftBan(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/bans/${userId}`);
  }

  makeLink(roomId: string): Promise<{ link: string } & Seq> {
    return this.api.command("POST", `${at(roomId)}/links`, {});
  }

  me(roomId: string): Promise<Me> {
    return this.api.read(`${at(roomId)}/me`);
  }

  async moderation(roomId: string): Promise<ModerationEntry[]> {
    const entries: ModerationEntry[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: { entries: ModerationEntry[]; next_after: number | null } = await this.api.read(`${at(roomId)}/moderation?limit=1000&after=${after}`);
      entries.push(...page.entries);
      after = page.next_after;
    }
    return entries;
  }

  remove(roomId: string, userId: string): Promise<Seq> {
    return this.api.command("DELETE", `${at(roomId)}/participants/${userId}`);
  }
}

const at = (roomId: string): string => `/v1/rooms/${roomId}`;
