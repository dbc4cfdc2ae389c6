import { problemOf, unreachable } from "./problem";

export interface Sending {
  body?: unknown;
  bearer?: string | null;
  /** `Idempotency-Key`: the same command may then be sent twice without harm. */
  key?: string;
  /** Outlives the page: for goodbyes. */
  keepalive?: boolean;
  signal?: AbortSignal;
}

/** One request. Resolves to the parsed JSON (or undefined for 204); throws `Problem` on refusal or silence. */
export async function send<T>(method: string, path: string, sending: Sending = {}): Promise<T> {
  const response = await answer(method, path, sending);
  if (!response.ok) throw await problemOf(response);
  const text = await response.text(); // 204 and some 202 have none
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** A file, whatever it is. Throws `Problem` like `send`. */
export async function sendForFile(path: string, bearer: string | null): Promise<Blob> {
  const response = await answer("GET", path, { bearer });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

async function answer(method: string, path: string, sending: Sending): Promise<Response> {
  const init: RequestInit = { method, headers: headersOf(sending), credentials: "same-origin" };
  if (sending.body !== undefined) init.body = JSON.stringify(sending.body);
  if (sending.keepalive) init.keepalive = true;
  if (sending.signal) init.signal = sending.signal;
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
}

function headersOf({ body, bearer, key }: Sending): Headers {
  const headers = new Headers({ accept: "application/json, */*;q=0.5" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (bearer) headers.set("authorization", `Bearer ${bearer}`);
  if (key) headers.set("idempotency-key", key);
  return headers;
}
