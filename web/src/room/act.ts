import { words } from "../api/problem";
import { commands, engine, toasts, visit } from "../house";
import { roleOf } from "./room";

/** Runs a command of a button; a refusal is told in the room's own words. */
export async function act(command: () => Promise<unknown>): Promise<boolean> {
  try {
    await command();
    return true;
  } catch (error) {
    toasts.refuse(words(error));
    return false;
  }
}

/** Up onto the stage by one's own consent. The microphone is asked for in the same press. */
export function joinStage(roomId: string): void {
  void act(() => commands.answerInvitation(roomId, "accepted")).then(keepOrClose);
  void engine.microphone.open();
}

export function stepUp(roomId: string, me: string): void {
  void act(() => commands.changeRole(roomId, me, "SPEAKER")).then(keepOrClose);
  void engine.microphone.open();
}

/** Refused: nothing must stay captured. */
function keepOrClose(accepted: boolean): void {
  const { room, me } = visit.state.get();
  if (!accepted && room && me && roleOf(room, me) === "AUDIENCE") engine.microphone.close();
}

/** The one button of one's own microphone. */
export async function pressMicrophone(roomId: string, mutedByModerator: boolean): Promise<void> {
  const { microphone } = engine;
  if (microphone.state.get() === "live") return microphone.mute();
  if (mutedByModerator && !(await act(() => commands.openMicrophone(roomId)))) return;
  await microphone.unmute();
  if (microphone.state.get() === "live") toasts.announce("You're live", true);
}
