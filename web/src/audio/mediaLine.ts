import { isProblem, Problem } from "../api/problem";
import { fragmentOf, renewed } from "./iceFragment";
import { MediaSession } from "./mediaSession";
import type { Restart } from "./mending";

export const SLOTS = 3;
const CONNECT_SECONDS = 10;
const RECONNECT_SECONDS = 3;

/**
 * One media session: one microphone line out (empty until somebody speaks) and three slots in.
 * The constructor is synchronous, because a browser lets sound play only from within the click itself.
 */
export class MediaLine {
  readonly receivers: RTCRtpReceiver[];
  readonly sender: RTCRtpSender;
  private readonly pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  private readonly offered: Promise<void>;
  private readonly session = new MediaSession();
  private answer = "";
  private closed = false;

  constructor(private readonly onBroken: () => void) {
    this.sender = this.pc.addTransceiver("audio", { direction: "sendonly" }).sender;
    this.receivers = Array.from({ length: SLOTS }, () => this.pc.addTransceiver("audio", { direction: "recvonly" }).receiver);
    this.offered = this.pc.setLocalDescription();
    this.offered.catch(() => undefined); // closed before it was ready; `connect` tells whoever waits
  }

  /** Exchanges descriptions and waits until sound can flow. Throws `Problem`; code `no_path` when the network lets nothing through. */
  async connect(roomId: string, ticket: string): Promise<void> {
    await this.offered;
    this.answer = await this.session.open(roomId, ticket, this.pc.localDescription?.sdp ?? "");
    if (this.closed) return this.session.hangUp();
    await this.pc.setRemoteDescription({ type: "answer", sdp: this.answer });
    if (!(await this.stands(CONNECT_SECONDS, ["failed", "closed"]))) throw new Problem(0, "no_path", NO_PATH);
    this.watch();
  }

  /** Looks for another path to the same session: nothing of it changes but the way that sound takes. */
  async restart(): Promise<Restart> {
    try {
      await this.pc.setLocalDescription(await this.pc.createOffer({ iceRestart: true }));
      const fragment = await this.session.restart(fragmentOf(this.pc.localDescription?.sdp ?? ""));
      this.answer = renewed(this.answer, fragment);
      await this.pc.setRemoteDescription({ type: "answer", sdp: this.answer });
      const stands = await this.stands(RECONNECT_SECONDS, ["closed"]);
      this.watch();
      return stands ? "mended" : "unreachable";
    } catch (error) {
      return isProblem(error) && error.passing ? "unreachable" : "gone";
    }
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

  hangUp(): void {
    this.session.hangUp();
  }

  private watch(): void {
    this.pc.oniceconnectionstatechange = () => {
      if (LOST.has(this.pc.iceConnectionState)) this.onBroken();
    };
  }

  /** Whether a path is found within so many seconds, and before one of the states that leave no hope. */
  private stands(seconds: number, hopeless: readonly RTCIceConnectionState[]): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (found: boolean): void => {
        clearTimeout(timer);
        this.pc.oniceconnectionstatechange = null;
        resolve(found);
      };
      const timer = setTimeout(() => settle(false), seconds * 1000);
      const look = (): void => {
        const state = this.pc.iceConnectionState;
        if (state === "connected" || state === "completed") settle(true);
        else if (hopeless.includes(state)) settle(false);
      };
      this.pc.oniceconnectionstatechange = look;
      look();
    });
  }
}

const LOST: ReadonlySet<RTCIceConnectionState> = new Set(["disconnected", "failed"]);
const NO_PATH = "Sound can't get through on this network. Try another one, or switch off the VPN.";
