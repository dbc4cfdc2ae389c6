import { Account } from "./api/account";
import { Api } from "./api/api";
import { Clubs } from "./api/clubs";
import { Commands } from "./api/commands";
import { People } from "./api/people";
import { AudioEngine } from "./audio/engine";
import { Hallway } from "./hallway/hallway";
import { Session } from "./identity/session";
import { uuid } from "./kit/uuid";
import { Names } from "./people/names";
import { Lamplight } from "./room/lamplight";
import { Visit } from "./room/visit";
import { Toasts } from "./ui/toasts";

/** The only place that wires: everything that outlives a page, made once for a page load. */
export const session = new Session();
export const api = new Api(session);
export const commands = new Commands(api);
export const people = new People(api);
export const clubs = new Clubs(api);
export const account = new Account(api);
export const names = new Names(api);
export const toasts = new Toasts();
export const engine = new AudioEngine();
export const hallway = new Hallway(api, session, names);
export const visit = new Visit(commands, engine, uuid());

visit.tell = ({ icon, words, who, urgent }) => {
  if (who) names.need([who]);
  toasts.say({ icon, words, who, urgent });
};

visit.named = (userId) => names.renew(userId);

export const lamplight = new Lamplight(engine, visit);
