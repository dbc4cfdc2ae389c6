import { Navigate, useNavigate } from "react-router";
import { clubs } from "../house";
import { useViewer } from "../identity/useViewer";
import { Page } from "../ui/Page";
import { TopBar } from "../ui/TopBar";
import { ClubForm, NEW_CLUB } from "./ClubForm";

/** `/clubs/new`. */
export function NewClubPage() {
  const viewer = useViewer();
  const navigate = useNavigate();
  if (viewer === undefined) return <TopBar />;
  if (viewer === null) return <Navigate to="/sign-in?to=/clubs/new" replace />;
  return (
    <Page title="Found a club" className="narrow">
      <h1>Found a club</h1>
      <p className="lead">A door of your own: its rooms, its people, its rules.</p>
      <section className="panel" aria-label="The new club">
        <div className="panel-b">
          <ClubForm begin={NEW_CLUB} submit="Found it" save={async (words) => navigate(`/club/${(await clubs.found(words)).id}`)} />
        </div>
      </section>
    </Page>
  );
}
