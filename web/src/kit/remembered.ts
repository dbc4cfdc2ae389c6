/** Words kept in the browser. Storage may be refused (private windows, policies): then nothing is remembered. */
export class Remembered {
  constructor(
    private readonly storage: () => Storage,
    private readonly key: string,
  ) {}

  get(): string | null {
    try {
      return this.storage().getItem(this.key);
    } catch {
      return null;
    }
  }

  set(value: string | null): void {
    try {
      if (value === null) this.storage().removeItem(this.key);
      else this.storage().setItem(this.key, value);
    } catch {
      // Refused: this tab simply forgets.
    }
  }
}

export const inThisTab = (key: string): Remembered => new Remembered(() => sessionStorage, `hallway.${key}`);
export const inThisBrowser = (key: string): Remembered => new Remembered(() => localStorage, `hallway.${key}`);
