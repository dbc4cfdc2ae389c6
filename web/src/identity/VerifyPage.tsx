import { Link } from "react-router";
import { words } from "../api/problem";
import { verifyEmail } from "../api/ways";
import { useAnswer } from "../kit/useAnswer";
import { Entry } from "./Entry";
import { useTokenInAddress } from "./fragment";
import { useViewer } from "./useViewer";

/** `/verify#token=…`: whoever opens the mailed link has the mailbox. */
export function VerifyPage() {
  const token = useTokenInAddress();
  const viewer = useViewer();
  const { value, refusal } = useAnswer(token, () => verifyEmail(token ?? ""));
  const onward = viewer ? <Link to="/me">Your account</Link> : <Link to="/sign-in?to=/me">Sign in</Link>;
  if (value)
    return (
      <Entry title="E-mail verified" heading="That's your mailbox." lead={`${value.email} is verified. It gets you back in when you forget your password.`}>
        <p>
          {onward} or <Link to="/">on to the hallway</Link>.
        </p>
      </Entry>
    );
  if (refusal || token === null)
    return (
      <Entry title="Not verified" heading="This link doesn't work." lead={refusal ? words(refusal) : "It is not whole. Open it once more from the mail."}>
        <p>{onward}: there you can have another one sent.</p>
      </Entry>
    );
  return (
    <Entry title="Verifying" heading="One moment." lead="We're checking the link.">
      <p aria-busy="true" />
    </Entry>
  );
}
