import { Store } from "../kit/store";

export interface Line {
  icon: string;
  /** `{who}` stands for the name of the person `who`. */
  words: string;
  who: string | null;
  urgent: boolean;
}

export interface Toast extends Line {
  id: number;
}

const AT_MOST = 2;
const SHOWN_MS = 6_000;

/** One-line messages above the dock, the newest at the bottom, and the same words for screen readers. */
export class Toasts {
  readonly shown = new Store<readonly Toast[]>([]);
  /** For the live regions: said without being shown. */
  readonly spoken = new Store<Toast | null>(null);
  private next = 1;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  say(line: Line): void {
    const toast = { ...line, id: this.next++ };
    this.shown.update((toasts) => [...toasts, toast].slice(-AT_MOST));
    this.spoken.set(toast);
    this.resume(toast.id);
  }

  announce(words: string, urgent = false): void {
    this.spoken.set({ icon: "", words, who: null, urgent, id: this.next++ });
  }

  /** A refusal, in the words of whoever refused. */
  refuse(words: string): void {
    this.say({ icon: "info", words, who: null, urgent: true });
  }

  hold(id: number): void {
    clearTimeout(this.timers.get(id));
  }

  resume(id: number): void {
    this.hold(id);
    this.timers.set(id, setTimeout(() => this.drop(id), SHOWN_MS));
  }

  private drop(id: number): void {
    this.timers.delete(id);
    this.shown.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }
}
