import { uuid } from "../kit/uuid";
import { send, sendForFile, type Sending } from "./http";
import { isProblem } from "./problem";

/** Where the access token comes from; `renew` gets another when the API did not like the last one. */
export interface TokenSource {
  token(): Promise<string | null>;
  renew(): Promise<string | null>;
}

/** The API as this tab's person. */
export class Api {
  constructor(private readonly tokens: TokenSource) {}

  read<T>(path: string): Promise<T> {
    return this.asPerson<T>("GET", path, {});
  }

  /** A command; with a key of its own, so that one lost on the way is sent once more without harm. */
  async command<T>(method: string, path: string, body?: unknown, sending: Sending = {}): Promise<T> {
    const keyed: Sending = { ...sending, key: uuid() };
    if (body !== undefined) keyed.body = body;
    try {
      return await this.asPerson<T>(method, path, keyed);
    } catch (error) {
      if (isProblem(error, "unreachable")) return this.asPerson<T>(method, path, keyed);
      throw error;
    }
  }

  /** Something to keep, not to read. */
  file(path: string): Promise<Blob> {
    return this.withToken((bearer) => sendForFile(path, bearer));
  }

  private asPerson<T>(method: string, path: string, sending: Sending): Promise<T> {
    return this.withToken((bearer) => send<T>(method, path, { ...sending, bearer }));
  }

  private async withToken<T>(request: (bearer: string | null) => Promise<T>): Promise<T> {
    const bearer = await this.tokens.token();
    try {
      return await request(bearer);
    } catch (error) {
      if (!(isProblem(error) && error.status === 401 && bearer)) throw error;
      const renewed = await this.tokens.renew();
      if (!renewed) throw error;
      return request(renewed);
    }
  }
}
