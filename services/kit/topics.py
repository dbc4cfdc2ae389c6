"""Creating the Kafka topics: explicit settings, once, by this command. Run: python -m services.kit.topics"""

import asyncio
import os

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaConnectionError, TopicAlreadyExistsError, for_code

from contracts.kafka import TOPICS, Topic


async def reachable(bootstrap: str, seconds: float | None = 30) -> None:
    """Wait until Kafka answers. Raises TimeoutError; None waits for ever."""
    async with asyncio.timeout(seconds):
        while True:
            probe = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
            try:
                await probe.start()
                return
            except KafkaConnectionError:
                await asyncio.sleep(0.1)
            finally:
                await probe.close()


async def ensure(bootstrap: str, topic: Topic, replication: int = 1) -> bool:
    """Create the topic unless it is there; True when this call created it. Returns once it can be written.

    Raises the broker's own error (aiokafka does not raise: the answer has to be looked at).
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        new = NewTopic(topic.name, topic.partitions, replication, topic_configs=topic.configs)
        response = await admin.create_topics([new])
    finally:
        await admin.close()
    _name, code, message, *_ = response.topic_errors[0]
    created = bool(code == 0)
    if not created and for_code(code) is not TopicAlreadyExistsError:
        raise for_code(code)(message)
    await _writable(bootstrap, topic)
    return created


async def _writable(bootstrap: str, topic: Topic) -> None:
    """End offsets are answered by the leader's log itself; metadata names leaders before they are ready."""
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=None) as probe:
        await probe.end_offsets([TopicPartition(topic.name, number) for number in range(topic.partitions)])


async def main(bootstrap: str, replication: int) -> None:
    await reachable(bootstrap)
    for topic in TOPICS:
        created = await ensure(bootstrap, topic, replication)
        print(f"{topic.name}: {'created' if created else 'there'}, {topic.partitions} partitions")


if __name__ == "__main__":
    asyncio.run(main(os.environ["KAFKA_BOOTSTRAP"], int(os.environ.get("KAFKA_REPLICATION", "1"))))
