import { backoffSeconds, Pause } from "../kit/waiting";
import { SseParser, type ServerEvent } from "./sse";

const SILENCE_MS = 45_000; // the stream says something every 15 s

export interface StreamListener {
  /** Events that came together, to be folded together. */
  events(events: ServerEvent[]): void;
  up(up: boolean): void;
}

/** `GET /v1/hallway/stream`, kept open until closed; goes on where it was, by `Last-Event-ID`. */
export class HallwayStream {
  private readonly pause = new Pause();
  private readonly abort = new AbortController();

  constructor(
    private readonly token: () => Promise<string | null>,
    private lastEventId: string | null,
    private readonly listener: StreamListener,
  ) {
    void this.run();
  }

  /** Closes, and says where to go on. */
  close(): string | null {
    this.abort.abort();
    this.pause.hurry();
    return this.lastEventId;
  }

  private async run(): Promise<void> {
    for (let attempt = 0; !this.abort.signal.aborted; attempt++) {
      if (attempt > 0) await this.pause.wait(backoffSeconds(attempt - 1));
      const opened = await this.readOnce().catch(() => false);
      if (this.abort.signal.aborted) return;
      this.listener.up(false);
      if (opened) attempt = 0;
    }
  }

  /** Reads until the stream ends; whether it had opened. */
  private async readOnce(): Promise<boolean> {
    const response = await fetch("/v1/hallway/stream", { headers: await this.headers(), signal: this.abort.signal, cache: "no-store" });
    if (!response.ok || !response.body) return false;
    this.listener.up(true);
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let part = await spoken(reader); !part.done; part = await spoken(reader)) this.receive(parser, part.value);
    } catch {
      // Broken off: the caller opens it again.
    }
    return true;
  }

  private receive(parser: SseParser, text: string): void {
    const events = parser.push(text);
    this.lastEventId = parser.lastEventId ?? this.lastEventId;
    if (events.length > 0 && !this.abort.signal.aborted) this.listener.events(events);
  }

  private async headers(): Promise<Headers> {
    const headers = new Headers({ accept: "text/event-stream" });
    const token = await this.token();
    if (token) headers.set("authorization", `Bearer ${token}`);
    if (this.lastEventId) headers.set("last-event-id", this.lastEventId);
    return headers;
  }
}

/** The next piece; a stream that says nothing for too long is taken for dead. */
async function spoken(reader: ReadableStreamDefaultReader<string>): Promise<ReadableStreamReadResult<string>> {
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), SILENCE_MS);
  try {
    return await reader.read();
  } finally {
    clearTimeout(timer);
  }
}
