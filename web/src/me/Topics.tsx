import type { TopicChoice } from "../api/account";
import { account } from "../house";
import { useAnswer } from "../kit/useAnswer";
import { useDoing } from "../kit/useDoing";
import { Complaint } from "../ui/Complaint";
import { Icon } from "../ui/Icon";
import { Awaited } from "../ui/Page";
import { Section } from "../ui/Section";

/** What one likes to hear about: rooms on it come first. */
export function Topics() {
  const asked = useAnswer("topics", () => account.topics());
  const { complaint, run } = useDoing();
  const press = (topic: TopicChoice): void =>
    void run(() => account.followTopic(topic.id, !topic.followed)).then((done) => {
      if (done && asked.value) asked.set(asked.value.map((one) => (one.id === topic.id ? { ...one, followed: !one.followed } : one)));
    });
  return (
    <Section title="Topics you follow">
      {!asked.value && <Awaited {...asked} />}
      <div className="flow">
        {asked.value?.map((topic) => (
          <button key={topic.id} type="button" className="chip" aria-pressed={topic.followed} onClick={() => press(topic)}>
            {topic.followed && <Icon name="check" size="s" />}
            {topic.name}
          </button>
        ))}
      </div>
      <Complaint words={complaint} />
    </Section>
  );
}
