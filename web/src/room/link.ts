import { backoffSeconds, Pause } from "../kit/waiting";
import { CLOSE, RoomSocket, type MicrophoneSign, type SocketListener } from "./socket";

export interface LinkHouse extends Omit<SocketListener, "closed"> {
  /** A new ticket, by joining again. Throws when the room's answer is final (the house has dealt with it) or nobody answers. */
  ticket(): Promise<string>;
  /** The last fact known, or null for none yet. */
  after(): number | null;
  up(up: boolean): void;
  /** The room has spoken: no reconnecting by itself after this. */
  over(code: number): void;
}

const FINAL = new Set<number>([CLOSE.refused, CLOSE.elsewhere, CLOSE.ended]);

/** Keeps one room socket open for as long as one is in the room. */
export class RoomLink {
  private socket: RoomSocket | null = null;
  private readonly pause = new Pause();
  private attempt = 0;
  private ticketRefused = false;
  private stopped = false;

  constructor(
    private readonly roomId: string,
    private readonly house: LinkHouse,
  ) {}

  open(ticket: string): void {
    if (this.stopped) return;
    this.socket = new RoomSocket(this.roomId, ticket, this.house.after(), {
      welcomed: (room, presence, seq) => this.heard(() => this.house.welcomed(room, presence, seq)),
      resumed: (seq) => this.heard(() => this.house.resumed(seq)),
      facts: (facts, seq) => this.house.facts(facts, seq),
      presence: (presence) => this.house.presence(presence),
      closed: (code) => void this.closed(code),
    });
  }

  tellMicrophone(state: MicrophoneSign): void {
    this.socket?.tellMicrophone(state);
  }

  hurry(): void {
    this.pause.hurry();
  }

  stop(): void {
    this.stopped = true;
    this.socket?.close();
    this.pause.hurry();
  }

  private heard(then: () => void): void {
    this.attempt = 0;
    this.ticketRefused = false;
    then();
    this.house.up(true);
  }

  private async closed(code: number): Promise<void> {
    this.socket = null;
    if (this.stopped) return;
    this.house.up(false);
    if (FINAL.has(code)) return this.house.over(code);
    if (code === CLOSE.ticket) {
      if (this.ticketRefused) return this.house.over(code); // fresh ones once, then a person decides
      this.ticketRefused = true;
    }
    await this.reopen();
  }

  private async reopen(): Promise<void> {
    while (!this.stopped) {
      await this.pause.wait(this.attempt === 0 ? Math.random() * 0.5 : backoffSeconds(this.attempt - 1));
      this.attempt++;
      if (this.stopped) return;
      const ticket = await this.house.ticket().catch(() => null);
      if (ticket !== null) return this.open(ticket);
    }
  }
}
