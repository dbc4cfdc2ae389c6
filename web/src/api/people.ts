import { paged, type Page } from "../kit/pages";
import type { Api } from "./api";
import type { ClubRole, User } from "./shapes";

/** Somebody as others see them. The last five are about whoever asks. */
export interface Profile extends User {
  bio: string;
  links: string[];
  follower_count: number;
  following_count: number;
  /** People whom I follow that follow them. */
  mutual_count: number;
  followed: boolean;
  follows_me: boolean;
  /** By me; nobody is told that they are blocked. */
  blocked: boolean;
}

export interface FollowedUser extends User {
  followed: boolean;
}

export type Circle = "followers" | "following" | "mutuals";

/** Somebody in a club, or a club of somebody. */
export interface ClubOf {
  club: { id: string; name: string; topic: string | null; member_count: number };
  role: ClubRole;
  since: string;
}

/** Other people: who they are, and how I stand to them. */
export class People {
  constructor(private readonly api: Api) {}

  /** Null when nobody has that username. */
  async named(username: string): Promise<Profile | null> {
    const { users } = await this.api.read<{ users: User[] }>(`/v1/users?username=${encodeURIComponent(username)}`);
    return users[0] ? this.profile(users[0].id) : null;
  }

  async profile(id: string): Promise<Profile> {
    return (await this.api.read<{ user: Profile }>(`/v1/users/${id}`)).user;
  }

  /** Latest first. */
  async circle(id: string, circle: Circle, cursor: string | null): Promise<Page<FollowedUser>> {
    const page = await this.api.read<{ users: FollowedUser[]; next_cursor: string | null }>(paged(`/v1/users/${id}/${circle}`, cursor));
    return { items: page.users, next: page.next_cursor };
  }

  async clubs(id: string, cursor: string | null): Promise<Page<ClubOf>> {
    const page = await this.api.read<{ clubs: ClubOf[]; next_cursor: string | null }>(paged(`/v1/users/${id}/clubs`, cursor));
    return { items: page.clubs, next: page.next_cursor };
  }

  follow(id: string, followed: boolean): Promise<unknown> {
    return this.api.command(followed ? "PUT" : "DELETE", `/v1/me/following/${id}`);
  }

  block(id: string, blocked: boolean): Promise<unknown> {
    return this.api.command(blocked ? "PUT" : "DELETE", `/v1/me/blocks/${id}`);
  }
}
