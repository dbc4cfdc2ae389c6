import type { Paged } from "../kit/usePages";
import { Button } from "./Button";

/** "Show more" under a list, while there is more. */
export function More<T>({ list, what }: { list: Paged<T>; what: string }) {
  if (!list.more) return null;
  return (
    <p className="howdy-acts">
      <Button busy={list.busy} label={`Show more ${what}`} press={list.more}>
        Show more
      </Button>
    </p>
  );
}
