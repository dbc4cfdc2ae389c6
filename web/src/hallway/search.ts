import { useEffect, useState } from "react";
import type { Card, CardPage, Club, User } from "../api/shapes";
import { api } from "../house";

export interface Found {
  q: string;
  rooms: Card[];
  clubs: Club[];
  people: User[];
}

const SHORTEST = 2;
const TYPING_MS = 200;
const ROOMS = 20;

/** What a search finds while it is typed; null while there is nothing to search for, or no answer yet. */
export function useSearch(typed: string): { found: Found | null; failed: boolean } {
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const q = typed.trim();
  useEffect(() => {
    let stopped = false;
    setFailed(false);
    if (q.length < SHORTEST) return setFound(null);
    const timer = setTimeout(() => {
      find(q).then(
        (answer) => stopped || setFound(answer),
        () => stopped || setFailed(true),
      );
    }, TYPING_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [q]);
  return { found, failed };
}

export const nothing = ({ rooms, clubs, people }: Found): boolean => rooms.length + clubs.length + people.length === 0;

async function find(q: string): Promise<Found> {
  const query = `q=${encodeURIComponent(q)}`;
  const [{ rooms }, { clubs }, { users }] = await Promise.all([
    api.read<CardPage>(`/v1/rooms?${query}&limit=${ROOMS}`),
    api.read<{ clubs: Club[] }>(`/v1/clubs?${query}`),
    api.read<{ users: User[] }>(`/v1/users?${query}`),
  ]);
  return { q, rooms, clubs, people: users };
}
