/** Seconds before the n-th repeat: 1, 2, 4, 8, 8 …, spread a little so that a crowd does not come back as one. */
export function backoffSeconds(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(8, 2 ** attempt);
  return whole * (0.8 + 0.4 * random());
}

/** Waits, or returns at once when `hurry()` is called or the signal aborts. */
export class Pause {
  private wake: (() => void) | null = null;

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.hurry(), seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }

  hurry(): void {
    this.wake?.();
  }
}

export const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
