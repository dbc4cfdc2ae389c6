import type { ReactNode } from "react";
import { useTitle } from "../ui/Moment";
import { vars } from "../ui/css";
import { TopBar } from "../ui/TopBar";

/** The open door beside a short form: ways in, and ways back in. */
export function Entry({ title, heading, lead, children }: { title: string; heading: string; lead: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <>
      <TopBar />
      <main id="main" className="wrap moment">
        <div className="alcove lit">
          <span className="door" style={vars({ "--h": 258, "--open": 0.86 })} aria-hidden="true" />
        </div>
        <div className="auth">
          <div>
            <h1>{heading}</h1>
            {lead && <p className="lead">{lead}</p>}
          </div>
          {children}
        </div>
      </main>
    </>
  );
}
