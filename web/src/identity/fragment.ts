import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

/** The secret of a mailed link, `#token=…`: in the fragment, which no server is ever sent. */
export function tokenIn(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, "")).get("token");
  return token === null || token === "" ? null : token;
}

/** It is taken out of the address at once, so that it is in no history and on no screenshot. */
export function useTokenInAddress(): string | null {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const found = tokenIn(hash);
  const [kept, keep] = useState(found);
  useEffect(() => {
    if (!found) return;
    keep(found);
    void navigate(pathname, { replace: true });
  }, [found, pathname, navigate]);
  return found ?? kept;
}

/** Only to a page of ours. */
export const safePath = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) ? to : "/");
