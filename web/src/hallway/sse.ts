/** Server-sent events, parsed from the text as it arrives (WHATWG HTML, section 9.2.6). Read with fetch, because EventSource sends no Bearer header. */

export interface ServerEvent {
  type: string;
  data: string;
}

export class SseParser {
  lastEventId: string | null = null;
  private rest = "";
  private type = "";
  private data: string[] = [];
  private id: string | null = null;

  /** The events that this piece of text completes. */
  push(text: string): ServerEvent[] {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): ServerEvent[] {
    if (line === "") return this.dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return []; // a comment keeps the line warm
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.type = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id") this.id = value;
    return [];
  }

  private dispatch(): ServerEvent[] {
    if (this.id !== null) this.lastEventId = this.id;
    const event = { type: this.type || "message", data: this.data.join("\n") };
    const complete = this.data.length > 0;
    this.type = "";
    this.data = [];
    return complete ? [event] : [];
  }
}
