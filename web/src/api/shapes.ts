/** The JSON of the public API (design: `docs/protocol.md`), snake_case as it travels. */

export type Role = "HOST" | "MODERATOR" | "SPEAKER" | "AUDIENCE";
export type Speak = "hand" | "invite" | "open";
export type Enter = "everyone" | "club" | "private";

export interface Policy {
  speak: Speak;
  hands_open: boolean;
  enter: Enter;
  max_people: number | null;
}

export interface User {
  id: string;
  /** Guests have none. */
  username: string | null;
  name: string;
  joined_at?: string | null;
}

export interface SessionAnswer {
  access_token: string;
  expires_in: number;
  user: User;
}

export interface PanelName {
  user_id: string;
  role: Role;
  name: string;
}

export interface Card {
  id: string;
  name: string;
  club_name: string | null;
  club_id: string | null;
  topic: string | null;
  panel: PanelName[];
  panel_count: number;
  participant_count: number;
  started_at: string | null;
  state: string;
  /** Of a planned room. */
  scheduled_for?: string | null;
  seq: number;
}

export interface CardPage {
  rooms: Card[];
  next_cursor: string | null;
}

export interface Participant {
  user_id: string;
  role: Role;
  seat: number;
  muted: boolean;
  /** Through whose invitation or link they came. */
  invited_by?: string | null;
  guest?: boolean;
}

export interface NamedParticipant extends Participant {
  name: string;
}

/** `GET /v1/rooms/{id}`: the room as read in the hallway, with names. */
export interface RoomPreview {
  id: string;
  name: string;
  club_id?: string | null;
  club_name: string | null;
  topic?: string | null;
  state: string;
  panel: NamedParticipant[];
  audience: NamedParticipant[];
  audience_count: number;
  policy?: Policy;
  started_at?: string | null;
  scheduled_for?: string | null;
  host?: { user_id: string; name: string } | null;
  seq: number;
}

export interface Hand {
  user_id: string;
  raised_at: string;
}

/** Lets people into a private room; shown to host and moderators. */
export interface Link {
  link_id: string;
  by: string;
  expires_at: string;
}

export interface Invitation {
  user_id: string;
  by: string;
  expires_at: string;
}

/** The room as of `seq`: in a join's answer and in the socket's welcome. Ids only, no names. */
export interface RoomView {
  id: string;
  name: string;
  club_id: string | null;
  topic_id: string | null;
  state: string;
  policy: Policy;
  panel: Participant[];
  audience: Participant[];
  audience_count: number;
  hands: Hand[];
  invitations: Invitation[];
  links: Link[];
  scheduled_for: string | null;
  host_id: string | null;
  /** It opened by itself, and waits for this host until `hostless_until`. */
  awaited_host_id: string | null;
  hostless_until: string | null;
  started_at: string | null;
  seq: number;
}

export interface Tickets {
  signal: string;
  media: string;
}

export interface JoinAnswer {
  participant: { user_id: string; role: Role; name: string; seat: number; connection_no: number };
  room: RoomView;
  tickets: Tickets;
  /** Said to somebody who comes back and is not what they were. */
  note?: string | null;
  seq: number;
}

export interface NewRoom {
  name: string;
  club_id?: string;
  topic?: string;
  policy: Partial<Policy>;
  scheduled_for?: string;
}

export interface Permission {
  allowed: boolean;
  code: string | null;
  message: string | null;
}

/** `GET /v1/rooms/{id}/me`: what may I do here, and why not. */
export interface Me {
  seq: number;
  role: Role | null;
  may: Record<string, Permission>;
  warnings: { code: string; message: string; user_ids: string[] }[];
}

export interface ModerationEntry {
  seq: number;
  at: string;
  action: string;
  by: string | null;
  user_id: string | null;
  why: string | null;
  role: Role | null;
  name: string | null;
}

export type ClubRole = "founder" | "admin" | "member";
export type Admission = "open" | "approval" | "invitation";

/** The last four are about whoever asks. */
export interface Club {
  id: string;
  name: string;
  topic: string | null;
  topic_id: string | null;
  description: string;
  rules: string;
  admission: Admission;
  founder_id: string;
  admin_ids: string[];
  follower_count: number;
  member_count: number;
  followed: boolean;
  role: ClubRole | null;
  /** At the door: they asked, or were invited. */
  waiting: "asked" | "invited" | null;
  banned: boolean;
}

export interface Topic {
  id: string;
  name: string;
}
