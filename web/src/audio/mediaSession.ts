import { problemOf, unreachable } from "../api/problem";

/** The connection's other end, as a resource of the server: the shape of WHIP (RFC 9725). */
export class MediaSession {
  private location: string | null = null;
  private ticket = "";

  /** An offer in, the answer out. Throws `Problem`. */
  async open(roomId: string, ticket: string, offer: string): Promise<string> {
    this.ticket = ticket;
    const response = await this.send("POST", `/v1/rooms/${roomId}/media`, offer, { "content-type": "application/sdp" });
    this.location = response.headers.get("location");
    return response.text();
  }

  /** An ICE restart (section 4.3.3): our new credentials in, the server's out. Throws `Problem`. */
  async restart(fragment: string): Promise<string> {
    const headers = { "content-type": "application/trickle-ice-sdpfrag", "if-match": "*" };
    return (await this.send("PATCH", this.location ?? "", fragment, headers)).text();
  }

  /** Says goodbye now, not by ten seconds of silence: a page that reloads then finds its seat free. */
  hangUp(): void {
    if (!this.location) return;
    const headers = { authorization: `Bearer ${this.ticket}` };
    void fetch(this.location, { method: "DELETE", headers, keepalive: true }).catch(() => undefined);
    this.location = null;
  }

  private async send(method: string, path: string, body: string, headers: Record<string, string>): Promise<Response> {
    const all = { ...headers, authorization: `Bearer ${this.ticket}` };
    const response = await fetch(path, { method, headers: all, body }).catch(() => null);
    if (response === null) throw unreachable();
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}
