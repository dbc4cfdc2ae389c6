import "@fontsource-variable/bricolage-grotesque/opsz.css";
import "@fontsource-variable/figtree";
import "./styles/tokens.css";
import "./styles/app.css";
import "./styles/web.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { session } from "./house";

void session.begin(new URLSearchParams(location.search).get("username"));
createRoot(document.getElementById("root")!).render(<App />);
