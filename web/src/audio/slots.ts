import { Meter } from "./meter";
import { EMPTY_SLOT, heard, moving, ring, SILENT_RING, type Ring, type SlotVoice } from "./talking";

interface Slot {
  element: HTMLAudioElement;
  receiver: RTCRtpReceiver | null;
  meter: Meter | null;
  voice: SlotVoice;
  ring: Ring;
}

export interface Voice {
  seat: number;
  level: number;
  talking: boolean;
}

/** The three places where voices arrive: audio elements that play them, and what can be seen of them. */
export class Slots {
  private readonly slots: Slot[];

  constructor(
    elements: readonly HTMLAudioElement[],
    private readonly onHeld: () => void,
  ) {
    this.slots = elements.map((element) => ({ element, receiver: null, meter: null, voice: EMPTY_SLOT, ring: SILENT_RING }));
  }

  /** Within a click: every element gets its track and is told to play. */
  attach(receivers: readonly RTCRtpReceiver[], context: AudioContext | null): void {
    this.slots.forEach((slot, n) => {
      const receiver = receivers[n];
      if (!receiver) return;
      slot.meter?.close();
      slot.receiver = receiver;
      slot.meter = context && new Meter(context, receiver.track);
      slot.voice = EMPTY_SLOT;
      slot.ring = SILENT_RING;
      slot.element.srcObject = new MediaStream([receiver.track]);
    });
    this.play();
  }

  play(): void {
    for (const { element } of this.slots) {
      if (!element.srcObject) continue;
      element.play().catch((error: unknown) => {
        // Anything else (a new track interrupts the old play) is no refusal.
        if (error instanceof DOMException && error.name === "NotAllowedError") this.onHeld();
      });
    }
  }

  silence(): void {
    for (const slot of this.slots) {
      slot.element.pause();
      slot.element.srcObject = null;
      slot.meter?.close();
      Object.assign(slot, { receiver: null, meter: null, voice: EMPTY_SLOT, ring: SILENT_RING });
    }
  }

  /** Whose voice is in which slot, and how loud. `measured` is false while the browser holds the audio context. */
  look(nowMs: number, measured: boolean): Voice[] {
    return this.slots.flatMap((slot) => {
      if (!slot.receiver) return [];
      slot.voice = heard(slot.voice, slot.receiver.getContributingSources(), nowMs);
      if (slot.voice.seat === null) return [];
      const flowing = moving(slot.voice, nowMs);
      slot.ring = ring(slot.ring, flowing ? (measured && slot.meter ? slot.meter.level() : UNMEASURED) : 0, nowMs);
      return [{ seat: slot.voice.seat, level: slot.ring.level, talking: flowing && slot.ring.talking }];
    });
  }
}

const UNMEASURED = 0.3; // packets come, their level cannot be seen: a steady small ring
