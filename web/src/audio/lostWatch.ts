/**
 * Finds a dead line before the browser does (about 6 s): no packet for 2 s while somebody was talking.
 * A speaker who goes away looks the same for a moment, so the line must also have stopped answering connectivity checks.
 */

export interface Pulse {
  packets: number;
  /** Connectivity checks answered, or null where the browser does not say. */
  responses: number | null;
}

export interface Watch {
  pulse: Pulse;
  packetAtMs: number;
  responseAtMs: number;
}

const QUIET_MS = 2_000;
const UNANSWERED_MS = 3_500; // checks go out every 2.5 s

export function watched(before: Watch | null, pulse: Pulse, nowMs: number): Watch {
  if (before === null) return { pulse, packetAtMs: nowMs, responseAtMs: nowMs };
  return {
    pulse,
    packetAtMs: pulse.packets > before.pulse.packets ? nowMs : before.packetAtMs,
    responseAtMs: pulse.responses !== before.pulse.responses ? nowMs : before.responseAtMs,
  };
}

/** Whether the line is lost, given when somebody was last seen talking. */
export function lost(watch: Watch, talkedAtMs: number, nowMs: number): boolean {
  const brokeOff = watch.packetAtMs - talkedAtMs < 1_000 && nowMs - watch.packetAtMs > QUIET_MS;
  return brokeOff && watch.pulse.responses !== null && nowMs - watch.responseAtMs > UNANSWERED_MS;
}

export function pulseOf(report: RTCStatsReport): Pulse {
  const pulse: Pulse = { packets: 0, responses: null };
  report.forEach((stats: Record<string, unknown>) => {
    if (stats["type"] === "inbound-rtp") pulse.packets += Number(stats["packetsReceived"] ?? 0);
    if (stats["type"] === "candidate-pair" && typeof stats["responsesReceived"] === "number")
      pulse.responses = (pulse.responses ?? 0) + stats["responsesReceived"];
  });
  return pulse;
}
