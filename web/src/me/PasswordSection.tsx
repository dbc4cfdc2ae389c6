import { useState, type FormEvent } from "react";
import type { Myself } from "../api/account";
import { account } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { counted } from "../ui/ClubRow";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { Said, Section } from "../ui/Section";

/** A new password for the old one, or the first; it signs out every other device. */
export function PasswordSection({ me, again }: { me: Myself; again: () => void }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [said, say] = useState<string | null>(null);
  const { busy, complaint, run } = useDoing();
  const change = async (): Promise<void> => {
    const others = await account.changePassword(current, password);
    if (!me.has_password) again();
    setCurrent("");
    setPassword("");
    say(others === 0 ? "Set." : `Set. ${counted(others, "other device")} signed out.`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    say(null);
    void run(change);
  };
  return (
    <Section title="Password">
      <form className="stacked" onSubmit={submit}>
        <input type="text" autoComplete="username" value={me.username ?? ""} readOnly hidden />
        {me.has_password ? (
          <Field label="Password now" type="password" autoComplete="current-password" value={current} change={setCurrent} />
        ) : (
          <p>None yet: you sign in another way. With one you can also sign in by your username.</p>
        )}
        <Field label="New password" type="password" autoComplete="new-password" help="8 characters at least. Your other devices are signed out." value={password} change={setPassword} />
        <Complaint words={complaint} />
        <div className="acts">
          <Button look="pri" busy={busy}>
            {me.has_password ? "Change password" : "Set a password"}
          </Button>
          <Said words={said} />
        </div>
      </form>
    </Section>
  );
}
