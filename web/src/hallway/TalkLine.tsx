import { hallway, names } from "../house";
import { useStore } from "../kit/store";
import { useNames } from "../people/names";
import { talkingWords } from "../room/Stage";

/** Who talks behind this door; nothing while nobody is known to. */
export function TalkLine({ roomId }: { roomId: string }) {
  const talkers = useTalkers(roomId);
  const name = useNames(names);
  if (talkers.length === 0) return null;
  return (
    <span className="talkline">
      <span className="bars" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {talkingWords(talkers.map(name))}
    </span>
  );
}

export function useTalkers(roomId: string): readonly string[] {
  return useStore(hallway.state).talkers.get(roomId) ?? QUIET;
}

const QUIET: readonly string[] = [];
