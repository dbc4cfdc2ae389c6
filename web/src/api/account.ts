import { paged, type Page } from "../kit/pages";
import type { Api } from "./api";
import type { ClubOf } from "./people";
import type { Topic, User } from "./shapes";

/** `GET /v1/me`. */
export interface Myself extends User {
  email: string | null;
  email_verified: boolean;
  guest: boolean;
  bio: string;
  links: string[];
  has_password: boolean;
}

export interface Device {
  id: string;
  /** "Firefox on Linux". */
  name: string;
  signed_in_at: string;
  last_used_at: string;
  /** The one that asks. */
  current: boolean;
}

export interface TopicChoice extends Topic {
  follower_count: number;
  followed: boolean;
}

export interface ClubInvitation {
  club: ClubOf["club"];
  since: string;
  by: string | null;
}

export interface ProfileChange {
  name?: string;
  bio?: string;
  links?: string[];
}

/** One's own account: what only its owner sees and changes. */
export class Account {
  constructor(private readonly api: Api) {}

  async me(): Promise<Myself> {
    return (await this.api.read<{ user: Myself }>("/v1/me")).user;
  }

  async change(change: ProfileChange): Promise<Myself> {
    return (await this.api.command<{ user: Myself }>("PATCH", "/v1/me", change)).user;
  }

  setEmail(email: string, password: string): Promise<unknown> {
    return this.api.command("PUT", "/v1/me/email", { email, ...(password && { password }) });
  }

  sendVerificationAgain(): Promise<unknown> {
    return this.api.command("POST", "/v1/me/email/verification");
  }

  removeEmail(): Promise<unknown> {
    return this.api.command("DELETE", "/v1/me/email");
  }

  /** `current`: empty where there is none yet. Answers how many other devices were signed out. */
  async changePassword(current: string, password: string): Promise<number> {
    return (await this.api.command<{ signed_out: number }>("PUT", "/v1/me/password", { ...(current && { current }), password })).signed_out;
  }

  async devices(): Promise<Device[]> {
    return (await this.api.read<{ devices: Device[] }>("/v1/me/devices")).devices;
  }

  signOutDevice(id: string): Promise<unknown> {
    return this.api.command("DELETE", `/v1/me/devices/${id}`);
  }

  async signOutOthers(): Promise<number> {
    return (await this.api.command<{ signed_out: number }>("DELETE", "/v1/me/devices")).signed_out;
  }

  async blocked(cursor: string | null): Promise<Page<User>> {
    const page = await this.api.read<{ users: User[]; next_cursor: string | null }>(paged("/v1/me/blocks", cursor));
    return { items: page.users, next: page.next_cursor };
  }

  async topics(): Promise<TopicChoice[]> {
    return (await this.api.read<{ topics: TopicChoice[] }>("/v1/topics")).topics;
  }

  followTopic(id: string, followed: boolean): Promise<unknown> {
    return this.api.command(followed ? "PUT" : "DELETE", `/v1/me/topics/${id}`);
  }

  async clubs(cursor: string | null): Promise<Page<ClubOf>> {
    const page = await this.api.read<{ clubs: ClubOf[]; next_cursor: string | null }>(paged("/v1/me/clubs", cursor));
    return { items: page.clubs, next: page.next_cursor };
  }

  async invitations(cursor: string | null): Promise<Page<ClubInvitation>> {
    const page = await this.api.read<{ invitations: ClubInvitation[]; next_cursor: string | null }>(paged("/v1/me/club-invitations", cursor));
    return { items: page.invitations, next: page.next_cursor };
  }

  /** Everything that is kept about me, as a ZIP. */
  export(): Promise<Blob> {
    return this.api.file("/v1/me/export");
  }

  /** `username`: one's own, to be sure; the password where one is set. */
  erase(proof: { username: string; password?: string }): Promise<unknown> {
    return this.api.command("POST", "/v1/me/erasure", proof);
  }
}
