/** Who talks behind which door, as the stream tells it: at most three a room. A room that is not in it is quiet. */
export type Talkers = ReadonlyMap<string, readonly string[]>;

export const NOBODY_TALKS: Talkers = new Map();

export interface Talk {
  room_id: string;
  user_ids: string[];
}

export function heard(talkers: Talkers, { room_id, user_ids }: Talk): Talkers {
  const next = new Map(talkers);
  if (user_ids.length > 0) next.set(room_id, user_ids);
  else next.delete(room_id);
  return next;
}
