import { problemOf, Problem, unreachable } from "../api/problem";

export const SLOTS = 3;
const CONNECT_SECONDS = 10;

/**
 * One media session: one microphone line out (empty until somebody speaks) and three slots in.
 * The constructor is synchronous, because a browser lets sound play only from within the click itself.
 */
export class MediaLine {
  readonly receivers: RTCRtpReceiver[];
  readonly sender: RTCRtpSender;
  private readonly pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  private readonly offered: Promise<void>;
  private location: string | null = null;
  private ticket = "";
  private closed = false;

  constructor(private readonly onLost: () => void) {
    this.sender = this.pc.addTransceiver("audio", { direction: "sendonly" }).sender;
    this.receivers = Array.from({ length: SLOTS }, () => this.pc.addTransceiver("audio", { direction: "recvonly" }).receiver);
    this.offered = this.pc.setLocalDescription();
    this.offered.catch(() => undefined); // closed before it was ready; `connect` tells whoever waits
  }

  /** Exchanges descriptions and waits until sound can flow. Throws `Problem`; code `no_path` when the network lets nothing through. */
  async connect(roomId: string, ticket: string): Promise<void> {
    await this.offered;
    this.ticket = ticket;
    const answer = await this.exchange(`/v1/rooms/${roomId}/media`, this.pc.localDescription?.sdp ?? "");
    if (this.closed) return this.hangUp();
    await this.pc.setRemoteDescription({ type: "answer", sdp: answer });
    await this.connected();
    this.pc.oniceconnectionstatechange = () => {
      if (LOST.has(this.pc.iceConnectionState)) this.onLost();
    };
  }

  stats(): Promise<RTCStatsReport> {
    return this.pc.getStats();
  }

  /** Silent at once; the goodbye to the server follows by itself. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.pc.oniceconnectionstatechange = null;
    this.pc.close();
    this.hangUp();
  }

  private async exchange(path: string, offer: string): Promise<string> {
    const headers = { "content-type": "application/sdp", authorization: `Bearer ${this.ticket}` };
    const response = await fetch(path, { method: "POST", headers, body: offer }).catch(() => null);
    if (response === null) throw unreachable();
    if (!response.ok) throw await problemOf(response);
    this.location = response.headers.get("location");
    return response.text();
  }

  private connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        this.pc.oniceconnectionstatechange = null;
        outcome();
      };
      const blocked = (): void => settle(() => reject(new Problem(0, "no_path", NO_PATH)));
      const timer = setTimeout(blocked, CONNECT_SECONDS * 1000);
      this.pc.oniceconnectionstatechange = () => {
        const state = this.pc.iceConnectionState;
        if (state === "connected" || state === "completed") settle(resolve);
        else if (state === "failed" || state === "closed") blocked();
      };
      this.pc.oniceconnectionstatechange(new Event("now"));
    });
  }

  /** Says goodbye now, not by ten seconds of silence: a page that reloads then finds its seat free. */
  hangUp(): void {
    if (!this.location) return;
    const headers = { authorization: `Bearer ${this.ticket}` };
    void fetch(this.location, { method: "DELETE", headers, keepalive: true }).catch(() => undefined);
    this.location = null;
  }
}

const LOST: ReadonlySet<RTCIceConnectionState> = new Set(["disconnected", "failed"]);
const NO_PATH = "Sound can't get through on this network. Try another one, or switch off the VPN.";
