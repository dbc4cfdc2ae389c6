import { paged, type Page } from "../kit/pages";
import type { Api } from "./api";
import type { Admission, Card, CardPage, Club, ClubRole } from "./shapes";

/** Somebody in a list of a club. */
export interface ClubPerson {
  user_id: string;
  name: string;
  username: string | null;
  since: string;
}

export interface ClubMember extends ClubPerson {
  role: ClubRole;
}

/** Who asked to come in, was invited, or is banned; `by` whom. */
export interface ClubWaiting extends ClubPerson {
  by: string | null;
}

export interface ClubWords {
  name: string;
  topic: string;
  description: string;
  rules: string;
  admission: Admission;
}

type ClubAnswer = { club: Club };

/** Clubs: looking, coming in and going; and what founder and admins do. */
export class Clubs {
  constructor(private readonly api: Api) {}

  async search(q: string, cursor: string | null): Promise<Page<Club>> {
    const path = q === "" ? "/v1/clubs?limit=50" : `/v1/clubs?limit=50&q=${encodeURIComponent(q)}`;
    const page = await this.api.read<{ clubs: Club[]; next_cursor: string | null }>(paged(path, cursor));
    return { items: page.clubs, next: page.next_cursor };
  }

  async one(id: string): Promise<Club> {
    return (await this.api.read<ClubAnswer>(at(id))).club;
  }

  async found(words: ClubWords): Promise<Club> {
    return (await this.api.command<ClubAnswer>("POST", "/v1/clubs", words)).club;
  }

  async change(id: string, words: Partial<ClubWords>): Promise<Club> {
    return (await this.api.command<ClubAnswer>("PATCH", at(id), words)).club;
  }

  /** Joins, asks to join, or accepts an invitation: whichever the club has in store. */
  async join(id: string): Promise<Club> {
    return (await this.api.command<ClubAnswer>("PUT", `${at(id)}/members/me`)).club;
  }

  /** Leaves, withdraws the request, or declines the invitation. */
  async leave(id: string): Promise<Club> {
    return (await this.api.command<ClubAnswer>("DELETE", `${at(id)}/members/me`)).club;
  }

  follow(id: string, followed: boolean): Promise<unknown> {
    return this.api.command(followed ? "PUT" : "DELETE", `${at(id)}/followers/me`);
  }

  async members(id: string, cursor: string | null): Promise<Page<ClubMember>> {
    const page = await this.api.read<{ members: ClubMember[]; next_cursor: string | null }>(paged(`${at(id)}/members`, cursor));
    return { items: page.members, next: page.next_cursor };
  }

  async waiting(id: string, kind: "asked" | "invited", cursor: string | null): Promise<Page<ClubWaiting>> {
    const page = await this.api.read<{ waiting: ClubWaiting[]; next_cursor: string | null }>(paged(`${at(id)}/waiting?kind=${kind}`, cursor));
    return { items: page.waiting, next: page.next_cursor };
  }

  async bans(id: string, cursor: string | null): Promise<Page<ClubWaiting>> {
    const page = await this.api.read<{ bans: ClubWaiting[]; next_cursor: string | null }>(paged(`${at(id)}/bans`, cursor));
    return { items: page.bans, next: page.next_cursor };
  }

  answer(id: string, userId: string, answer: "accepted" | "declined"): Promise<unknown> {
    return this.api.command("PUT", `${at(id)}/waiting/${userId}`, { answer });
  }

  invite(id: string, userId: string, invited: boolean): Promise<unknown> {
    return this.api.command(invited ? "PUT" : "DELETE", `${at(id)}/invitations/${userId}`);
  }

  remove(id: string, userId: string): Promise<unknown> {
    return this.api.command("DELETE", `${at(id)}/members/${userId}`);
  }

  makeAdmin(id: string, userId: string, admin: boolean): Promise<unknown> {
    return this.api.command(admin ? "PUT" : "DELETE", `${at(id)}/admins/${userId}`);
  }

  handOver(id: string, userId: string): Promise<unknown> {
    return this.api.command("PUT", `${at(id)}/founder`, { user_id: userId });
  }

  ban(id: string, userId: string, banned: boolean): Promise<unknown> {
    return this.api.command(banned ? "PUT" : "DELETE", `${at(id)}/bans/${userId}`);
  }

  async rooms(id: string, state: "live" | "scheduled" | "ended", cursor: string | null): Promise<Page<Card>> {
    const page = await this.api.read<CardPage>(paged(`/v1/rooms?club=${id}&state=${state}`, cursor));
    return { items: page.rooms, next: page.next_cursor };
  }
}

const at = (id: string): string => `/v1/clubs/${id}`;
