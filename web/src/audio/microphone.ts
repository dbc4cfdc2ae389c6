import { Store } from "../kit/store";
import { inThisBrowser } from "../kit/remembered";

/**
 * off: nothing captured · asking: the browser's box is open · muted, live: captured ·
 * blocked: the browser said no · missing: none found · busy: another app holds it · insecure: not on this address
 */
export type MicrophoneState = "off" | "asking" | "muted" | "live" | "blocked" | "missing" | "busy" | "insecure";

export const CAPTURED: ReadonlySet<MicrophoneState> = new Set(["muted", "live"]);
const PARK_AFTER_MS = 30_000;

/** One's own voice: one capture; the connection gets a clone, so that muting it leaves the level meter alive. */
export class Microphone {
  readonly state = new Store<MicrophoneState>("off");
  readonly capture = new Store<MediaStreamTrack | null>(null);
  readonly chosen = inThisBrowser("microphone");
  private clone: MediaStreamTrack | null = null;
  private sender: RTCRtpSender | null = null;
  private parking: ReturnType<typeof setTimeout> | undefined;
  private turn = 0; // an answer of the browser that comes after `close` is for nobody

  /** The line of a new connection: the voice comes back muted. */
  bind(sender: RTCRtpSender | null): void {
    this.sender = sender;
    if (!this.clone || !sender) return;
    this.mute();
    void sender.replaceTrack(this.clone).catch(() => undefined);
  }

  /** Asks for the microphone; afterwards it is captured and muted, or the state says why not. */
  async open(): Promise<boolean> {
    if (CAPTURED.has(this.state.get())) return true;
    const turn = ++this.turn;
    this.state.set("asking");
    const outcome = await capture(this.chosen.get());
    if (turn !== this.turn) {
      if (typeof outcome !== "string") outcome.stop();
      return false;
    }
    if (typeof outcome === "string") {
      this.state.set(outcome);
      return false;
    }
    this.take(outcome);
    return true;
  }

  mute(): void {
    if (!this.clone) return;
    this.clone.enabled = false;
    this.state.set("muted");
    clearTimeout(this.parking);
    // A muted line still sends silence, fifty packets a second: after a while it sends nothing.
    this.parking = setTimeout(() => void this.sender?.replaceTrack(null).catch(() => undefined), PARK_AFTER_MS);
  }

  async unmute(): Promise<void> {
    if (!(await this.open()) || !this.clone) return;
    clearTimeout(this.parking);
    if (this.sender && this.sender.track !== this.clone) await this.sender.replaceTrack(this.clone).catch(() => undefined);
    this.clone.enabled = true;
    this.state.set("live");
  }

  /** Nothing is captured any more, so the browser's recording mark goes out. */
  close(): void {
    this.turn++;
    clearTimeout(this.parking);
    void this.sender?.replaceTrack(null).catch(() => undefined);
    this.clone?.stop();
    this.capture.get()?.stop();
    this.clone = null;
    this.capture.set(null);
    this.state.set("off");
  }

  async choose(deviceId: string): Promise<void> {
    this.chosen.set(deviceId);
    const before = this.state.get();
    if (before === "off") return;
    this.close();
    if (before === "live") await this.unmute();
    else await this.open();
  }

  private take(track: MediaStreamTrack): void {
    this.capture.set(track);
    this.clone = track.clone();
    this.clone.enabled = false;
    track.onended = () => void this.unplugged();
    void this.sender?.replaceTrack(this.clone).catch(() => undefined);
    this.mute();
  }

  /** The device went away: the room stays, the default one takes over if there is one. */
  private async unplugged(): Promise<void> {
    this.close();
    await this.open();
  }
}

async function capture(deviceId: string | null): Promise<MediaStreamTrack | MicrophoneState> {
  if (!navigator.mediaDevices?.getUserMedia) return "insecure";
  try {
    const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    if (deviceId) audio.deviceId = { ideal: deviceId };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    return stream.getAudioTracks()[0] ?? "missing";
  } catch (error) {
    return error instanceof DOMException ? (REFUSALS[error.name] ?? "busy") : "missing";
  }
}

const REFUSALS: Record<string, MicrophoneState> = {
  NotAllowedError: "blocked",
  SecurityError: "insecure",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};
