import { useEffect, useState } from "react";

/** True once the component has been there for a while: what passes quickly is not worth showing. */
export function useLate(afterMs = 1_500): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return late;
}
