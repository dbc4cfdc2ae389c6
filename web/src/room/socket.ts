import type { RoomView } from "../api/shapes";
import { told, type AnyTold } from "./facts";

export type Line = "here" | "reconnecting";
export type MicrophoneSign = "on" | "off" | "blocked" | "missing";

export interface Presence {
  user_id: string;
  line: Line;
  microphone: MicrophoneSign;
}

export interface SocketListener {
  welcomed(room: RoomView, presence: Presence[], seq: number): void;
  resumed(seq: number): void;
  facts(facts: AnyTold[], seq: number): void;
  presence(presence: Presence): void;
  /** `code` is the WebSocket close code; 4000 when the beat stopped. */
  closed(code: number): void;
}

export const CLOSE = { ticket: 4401, refused: 4403, elsewhere: 4409, ended: 4410, silent: 4000 } as const;
const SILENCE_MS = 25_000;

/** One socket of one room. It never reconnects: that is the link's business. */
export class RoomSocket {
  private readonly ws: WebSocket;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private done = false;

  constructor(
    roomId: string,
    ticket: string,
    after: number | null,
    private readonly listener: SocketListener,
  ) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = after === null ? "" : `?after=${after}`;
    this.ws = new WebSocket(`${scheme}://${location.host}/v1/rooms/${roomId}/signal${query}`, ["hallway.v1", `ticket.${ticket}`]);
    this.ws.onmessage = (event) => this.receive(String(event.data));
    this.ws.onclose = (event) => this.finish(event.code);
    this.beat();
  }

  tellMicrophone(state: MicrophoneSign): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(JSON.stringify({ type: "microphone", state }));
  }

  /** Without a word to the listener. */
  close(): void {
    this.done = true;
    clearTimeout(this.watchdog);
    this.ws.close(1000);
  }

  private receive(text: string): void {
    if (this.done) return;
    this.beat();
    const message = JSON.parse(text) as Message;
    switch (message.type) {
      case "welcome":
        return this.listener.welcomed(message.room, message.presence ?? [], message.seq);
      case "resumed":
        return this.listener.resumed(message.seq);
      case "facts":
        return this.listener.facts(message.facts.map(told), message.seq);
      case "presence":
        return this.listener.presence(message);
      default:
        return; // a beat, or a message that this client does not know yet
    }
  }

  private beat(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      this.ws.close(CLOSE.silent);
      this.finish(CLOSE.silent); // a dead line may not report its own end for minutes
    }, SILENCE_MS);
  }

  private finish(code: number): void {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.watchdog);
    this.listener.closed(code);
  }
}

type Message =
  | { type: "welcome"; seq: number; room: RoomView; presence?: Presence[] }
  | { type: "resumed"; seq: number }
  | { type: "facts"; facts: { type: string; sequence: number; time: string; data: unknown }[]; seq: number }
  | ({ type: "presence" } & Presence)
  | { type: "beat" };
