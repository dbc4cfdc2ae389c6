import { useState } from "react";
import { useNavigate } from "react-router";
import { visit } from "../house";
import { Icon } from "../ui/Icon";
import { KeysDialog } from "./KeysDialog";
import { useRoom } from "./useRoom";

/** Leaving is silent at once and asks nothing, except of a host whose keys nobody would inherit. */
export function Leave() {
  const navigate = useNavigate();
  const { room, role } = useRoom();
  const [asking, setAsking] = useState(false);
  const heir = room.panel.some((person) => person.role === "MODERATOR");
  const alone = room.panel.length + room.audience_count === 1;
  const leave = (): void => {
    visit.leave();
    void navigate("/");
  };
  return (
    <>
      {asking && <KeysDialog leave={leave} stay={() => setAsking(false)} />}
      <button
        className="tool leave"
        aria-label="Leave quietly"
        aria-keyshortcuts="Shift+L"
        onClick={() => (role === "HOST" && !heir && !alone ? setAsking(true) : leave())}
      >
        <Icon name="leave" />
        <span>
          Leave<span className="only-m"> quietly</span>
        </span>
      </button>
    </>
  );
}
