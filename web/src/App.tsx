import { useEffect } from "react";
import { BrowserRouter, Route, Routes, useLocation, useSearchParams } from "react-router";
import { ClubPage } from "./club/ClubPage";
import { ClubsPage } from "./club/ClubsPage";
import { KeepPage } from "./club/KeepPage";
import { NewClubPage } from "./club/NewClubPage";
import { HallwayPage } from "./hallway/HallwayPage";
import { ForgotPage } from "./identity/ForgotPage";
import { ResetPage } from "./identity/ResetPage";
import { SignInPage } from "./identity/SignInPage";
import { VerifyPage } from "./identity/VerifyPage";
import { MePage } from "./me/MePage";
import { CirclePage } from "./people/CirclePage";
import { PersonPage } from "./people/PersonPage";
import { MiniPlayer } from "./room/MiniPlayer";
import { RoomPage } from "./room/RoomPage";
import { StartPage } from "./start/StartPage";
import { Sprite } from "./ui/Icon";
import { NotHere } from "./ui/NotHere";
import { Announcer, ToastStack } from "./ui/ToastStack";
import { useHeadingFocus } from "./ui/useHeadingFocus";

export function App() {
  return (
    <BrowserRouter>
      <Sprite />
      <Arrival />
      <Routes>
        <Route path="/" element={<HallwayPage />} />
        <Route path="/room/:id" element={<RoomPage />} />
        <Route path="/clubs" element={<ClubsPage />} />
        <Route path="/clubs/new" element={<NewClubPage />} />
        <Route path="/club/:id" element={<ClubPage />} />
        <Route path="/club/:id/keep" element={<KeepPage />} />
        <Route path="/person/:username" element={<PersonPage />} />
        <Route path="/person/:username/followers" element={<CirclePage circle="followers" />} />
        <Route path="/person/:username/following" element={<CirclePage circle="following" />} />
        <Route path="/person/:username/mutuals" element={<CirclePage circle="mutuals" />} />
        <Route path="/start" element={<StartPage />} />
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/forgot" element={<ForgotPage />} />
        <Route path="/reset" element={<ResetPage />} />
        <Route path="/verify" element={<VerifyPage />} />
        <Route path="/me" element={<MePage />} />
        <Route path="*" element={<NotHere words="Nothing here." />} />
      </Routes>
      <MiniPlayer />
      <ToastStack />
      <Announcer />
    </BrowserRouter>
  );
}

/** The name in a demo link has done its work once the tab knows it; a new page begins at its top. */
function Arrival() {
  const [query, setQuery] = useSearchParams();
  const { pathname } = useLocation();
  useHeadingFocus(pathname);
  useEffect(() => {
    if (query.has("username")) setQuery(without(query, "username"), { replace: true });
  }, [query, setQuery]);
  useEffect(() => {
    window.scrollTo(0, 0); // newer browsers answer with a promise, which is no cleanup
  }, [pathname]);
  return null;
}

function without(query: URLSearchParams, name: string): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete(name);
  return rest;
}
