/** A refusal of the API (RFC 9457): `code` for programs, `message` for people. Status 0: nobody answered. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }

  /** The same refusal in other words. */
  saying(message: string): Problem {
    return new Problem(this.status, this.code, message, this.retryAfterSeconds);
  }

  /** Worth trying again unchanged: nobody answered, or the answer was "not now". */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || RETRIED_CODES.has(this.code);
  }
}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

/** What to tell a person about any error. */
export function words(error: unknown): string {
  return error instanceof Problem ? error.message : "Didn't work. Try again.";
}

export const unreachable = (): Problem => new Problem(0, "unreachable", "Hallway can't be reached. Check your connection.");

/** Reads the problem document of a refusing response; other bodies become a plain sentence. */
export async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const body: unknown = await response.json().catch(() => null);
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown };
  return new Problem(
    response.status,
    typeof code === "string" ? code : `http_${response.status}`,
    typeof message === "string" && message !== "" ? message : "Hallway can't do that right now. Try again in a moment.",
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

const RETRIED_CODES = new Set(["not_yet_visible", "club_unknown"]);
