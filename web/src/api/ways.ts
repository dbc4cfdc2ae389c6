import { send } from "./http";

/** `GET /v1/sessions/ways`: how one may sign in here. */
export interface Ways {
  passwords: boolean;
  /** A provider: a page to navigate to. */
  oidc: { name: string; href: string } | null;
  demo: boolean;
}

export const waysToSignIn = (): Promise<Ways> => send<Ways>("GET", "/v1/sessions/ways");

/** Needs no sign-in: whoever has the link has the mailbox. */
export const verifyEmail = (token: string): Promise<{ email: string }> => send("POST", "/v1/email-verifications", { body: { token } });

/** Answered alike whether or not there is such an account. */
export const askForReset = (username: string): Promise<unknown> => send("POST", "/v1/password-resets", { body: { username } });
