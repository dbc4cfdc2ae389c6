import { send } from "../api/http";
import { isProblem } from "../api/problem";
import type { SessionAnswer, User } from "../api/shapes";
import type { TokenSource } from "../api/api";
import { Store } from "../kit/store";
import { inThisBrowser, inThisTab } from "../kit/remembered";
import { backoffSeconds, sleep } from "../kit/waiting";

/** `account`: a cookie of this browser keeps it, however one signed in. */
export type Way = "demo" | "account" | "guest";

export interface NewAccount {
  username: string;
  name: string;
  password: string;
  email?: string;
}

export type Identity =
  | { is: "unknown" } // still finding out who this tab is
  | { is: "nobody" }
  | { is: "somebody"; user: User; way: Way };

interface Token {
  text: string;
  expiresAtMs: number;
}

const RENEW_BEFORE_SECONDS = 60;
const TRIES = 4;

/** Who this tab is. A demo name and a guest belong to the tab, an account to the browser (its cookie). */
export class Session implements TokenSource {
  readonly identity = new Store<Identity>({ is: "unknown" });
  private token_: Token | null = null;
  private renewing: Promise<string | null> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly demoName = inThisTab("demo");
  private readonly guestHere = inThisTab("guest");
  private readonly hasCookie = inThisBrowser("signed-in"); // the cookie itself is HttpOnly: this only says it is worth asking

  /** Finds out who this tab is; `username` comes from the address of a demo link. */
  async begin(username: string | null): Promise<void> {
    const demo = username ?? this.demoName.get();
    for (let attempt = 0; attempt < TRIES; attempt++) {
      try {
        if (demo) return await this.signInDemo(demo);
        if (this.guestHere.get()) return await this.listenAsGuest();
        if (this.hasCookie.get()) return this.accept(await this.refresh(), "account");
        break;
      } catch (error) {
        if (isProblem(error) && error.status === 401) this.forget(demo || this.guestHere.get() ? "guest" : "account");
        if (!isProblem(error) || !error.passing) break;
        await sleep(backoffSeconds(attempt)); // a gateway that restarts makes nobody a stranger
      }
    }
    this.identity.set({ is: "nobody" });
  }

  async signInDemo(username: string): Promise<void> {
    this.accept(await send<SessionAnswer>("POST", "/v1/sessions/demo", { body: { username } }), "demo");
    this.demoName.set(username);
  }

  async signIn(username: string, password: string): Promise<void> {
    this.signedIn(await send<SessionAnswer>("POST", "/v1/sessions", { body: { username, password } }));
  }

  /** A guest's token goes along: the account keeps the guest's id, and with it the seat in a room. */
  async register(account: NewAccount): Promise<void> {
    const bearer = this.isGuest() ? await this.token() : null;
    this.signedIn(await send<SessionAnswer>("POST", "/v1/users", { body: account, bearer }));
  }

  /** By the link that was mailed: signed in here, and signed out everywhere else. */
  async resetPassword(token: string, password: string): Promise<void> {
    this.signedIn(await send<SessionAnswer>("PUT", "/v1/password-resets", { body: { token, password } }));
  }

  /** Leaves for a provider's page, which comes back to `next` with the cookie set. */
  leaveFor(href: string, next: string): void {
    this.forget("guest");
    this.hasCookie.set("yes"); // worth asking when we are back; if it went wrong, the answer is no
    location.assign(`${href}${href.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`);
  }

  isGuest(): boolean {
    const identity = this.identity.get();
    return identity.is === "somebody" && identity.way === "guest";
  }

  /** One's own name has changed. */
  renamed(name: string): void {
    this.identity.update((identity) => (identity.is === "somebody" ? { ...identity, user: { ...identity.user, name } } : identity));
  }

  private signedIn(answer: SessionAnswer): void {
    this.forget("guest");
    this.accept(answer, "account");
    this.hasCookie.set("yes");
  }

  async listenAsGuest(): Promise<void> {
    this.accept(await send<SessionAnswer>("POST", "/v1/sessions/guest"), "guest");
    this.guestHere.set("yes");
  }

  async signOut(): Promise<void> {
    const bearer = this.token_?.text ?? null;
    this.over();
    await send("DELETE", "/v1/sessions/current", { bearer }).catch(() => undefined);
  }

  /** The account is no more, or another place ended the session: nobody is here now. */
  over(): void {
    const identity = this.identity.get();
    this.forget(identity.is === "somebody" ? identity.way : "guest");
    this.identity.set({ is: "nobody" });
  }

  /** A token with life left in it, or null for nobody. Waits while it is still unknown who this is. */
  async token(): Promise<string | null> {
    if (this.identity.get().is === "unknown") await this.known();
    if (this.identity.get().is !== "somebody") return null;
    return this.token_ && this.token_.expiresAtMs > Date.now() + 10_000 ? this.token_.text : this.renew();
  }

  renew(): Promise<string | null> {
    this.renewing ??= this.again().finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async again(): Promise<string | null> {
    const identity = this.identity.get();
    if (identity.is !== "somebody") return null;
    try {
      this.accept(await this.answerFor(identity), identity.way);
    } catch (error) {
      if (!(isProblem(error) && error.status === 401)) throw error;
      this.forget(identity.way);
      this.identity.set({ is: "nobody" });
    }
    return this.token_?.text ?? null;
  }

  private answerFor({ user, way }: { user: User; way: Way }): Promise<SessionAnswer> {
    if (way === "demo") return send("POST", "/v1/sessions/demo", { body: { username: user.username } });
    if (way === "guest") return send("POST", "/v1/sessions/guest");
    return this.refresh();
  }

  /** One tab at a time: a refresh token used twice would look stolen and end the whole family. */
  private refresh(): Promise<SessionAnswer> {
    const ask = (): Promise<SessionAnswer> => send<SessionAnswer>("POST", "/v1/sessions/refresh");
    return navigator.locks ? navigator.locks.request("hallway.refresh", ask) : ask();
  }

  private accept(answer: SessionAnswer, way: Way): void {
    this.token_ = { text: answer.access_token, expiresAtMs: Date.now() + answer.expires_in * 1000 };
    clearTimeout(this.timer);
    const seconds = Math.max(5, answer.expires_in - RENEW_BEFORE_SECONDS);
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), seconds * 1000);
    const before = this.identity.get();
    if (before.is === "somebody" && before.way === way && before.user.id === answer.user.id && before.user.name === answer.user.name) return;
    this.identity.set({ is: "somebody", user: answer.user, way });
  }

  private forget(way: Way): void {
    clearTimeout(this.timer);
    this.token_ = null;
    this.demoName.set(null);
    this.guestHere.set(null);
    if (way === "account") this.hasCookie.set(null); // other tabs of this browser may still need it otherwise
  }

  private known(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.identity.subscribe(() => {
        if (this.identity.get().is === "unknown") return;
        stop();
        resolve();
      });
    });
  }
}
