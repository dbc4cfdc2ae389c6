import type { Device } from "../api/account";
import { account } from "../house";
import { useAnswer } from "../kit/useAnswer";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Awaited } from "../ui/Page";
import { Sure } from "../ui/Sure";
import { day } from "../ui/times";
import { Section } from "../ui/Section";

/** Where one is signed in. */
export function Devices() {
  const asked = useAnswer("devices", () => account.devices());
  const devices = asked.value;
  const others = devices?.filter((device) => !device.current).length ?? 0;
  return (
    <Section title="Devices">
      {!devices && <Awaited {...asked} />}
      {devices?.length === 0 && <p className="meta">None that stays signed in.</p>}
      <ul className="follow plain">
        {devices?.map((device) => (
          <Row key={device.id} device={device} changed={asked.again} />
        ))}
      </ul>
      {others > 0 && (
        <div className="acts">
          <Sure name="Sign out all others" line="Only this device stays signed in." run={() => account.signOutOthers().then(asked.again)} />
        </div>
      )}
    </Section>
  );
}

function Row({ device, changed }: { device: Device; changed: () => void }) {
  const { busy, complaint, run } = useDoing();
  return (
    <li data-device-id={device.id}>
      <span>
        <b>{device.name}</b>
        <span className="meta">
          {device.current ? "This device" : `Last used ${day(device.last_used_at)}`} · signed in {day(device.signed_in_at)}
        </span>
        <Complaint words={complaint} />
      </span>
      {!device.current && (
        <Button size="sm" busy={busy} label={`Sign out ${device.name}`} press={() => void run(() => account.signOutDevice(device.id)).then((done) => done && changed())}>
          Sign out
        </Button>
      )}
    </li>
  );
}
