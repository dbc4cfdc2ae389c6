"""The whole stack: the same for `make up` and for the tests, which start it on ports and data of their own."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from hallway import migrating, secrets_file, state
from hallway.layout import Layout
from hallway.parts import gateway, jars, kafka, postgres, services
from hallway.parts.databases import Databases
from hallway.parts.services import House
from hallway.ports import Ports, check_free
from hallway.process import Running, Spec
from hallway.together import together
from hallway.trouble import Trouble

Say = Callable[[str], None]
RESTART_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)  # between tries to bring back a part that ended by itself
LASTED_SECONDS = 60.0
REPLACED_BY = {"postgres": "DATABASE_URL", "kafka": "KAFKA_BOOTSTRAP"}
PORTS_OF = {"postgres": {"postgres"}, "kafka": {"kafka", "kafka_controller"}}


class Stack:
    """`start` brings everything up in order of health, `stop` down in reverse. Raises `Trouble` when a part cannot."""

    def __init__(
        self,
        layout: Layout,
        ports: Ports,
        env: Mapping[str, Mapping[str, str]] | None = None,
        host: str = "127.0.0.1",
        restart: bool = True,
        say: Say = lambda line: None,
    ) -> None:
        """`env` by part: settings other than the usual. `restart`: bring back a part that ends by itself."""
        self.layout, self.ports, self._env, self._host = layout, ports, dict(env or {}), host
        self._restart, self._say = restart, say
        self._parts: dict[str, Running] = {}
        self._watches: dict[str, asyncio.Task[None]] = {}
        layout.make()
        self.secrets = secrets_file.load(layout.secrets)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.ports.gateway}"

    @property
    def mail_url(self) -> str:
        """Where the mail that this stack sends can be read."""
        return f"http://localhost:{self.ports.mail}"

    @property
    def kafka(self) -> str:
        return os.environ.get("KAFKA_BOOTSTRAP") or f"127.0.0.1:{self.ports.kafka}"

    @property
    def databases(self) -> Databases:
        own = f"postgresql://postgres:{self.secrets['postgres']}@127.0.0.1:{self.ports.postgres}/postgres"
        return Databases(os.environ.get("DATABASE_URL") or own, self.secrets)

    @property
    def parts(self) -> dict[str, Running]:
        return dict(self._parts)

    async def start(self) -> None:
        await asyncio.to_thread(state.clear_leftovers, self.layout.state)
        embedded = [name for name, variable in REPLACED_BY.items() if not os.environ.get(variable)]
        check_free(self.ports, skip={port for name in REPLACED_BY if name not in embedded for port in PORTS_OF[name]})
        await together(self._start_postgres("postgres" in embedded), self._start_kafka("kafka" in embedded))
        for step in services.specs(House(self.ports, self.kafka, self.databases, self.secrets)):
            await together(*(self._start(spec) for spec in step))
        limit = int(self._env.get("gateway", {}).get("REQUESTS_PER_SECOND", gateway.REQUESTS_PER_SECOND))
        await self._start(gateway.spec(self.layout.gateway, self.ports, self._host, limit))

    async def stop(self) -> None:
        """In reverse order; nothing is left behind."""
        for name in list(self._watches):
            await self._unwatch(name)
        for name in reversed(list(self._parts)):
            part = self._parts.pop(name)
            if part.pid:
                await part.stop()
                self._say(f"{name} stopped")
        self.layout.state.unlink(missing_ok=True)

    async def kill(self, name: str) -> None:
        """SIGKILL. It stays down until `restart`."""
        await self._unwatch(name)
        await self._parts[name].kill()

    async def restart(self, name: str, env: Mapping[str, str] | None = None) -> None:
        """Start a part again (stopping it first when it still runs), with other settings from now on when given."""
        await self._unwatch(name)
        await self._parts[name].stop()
        self._env[name] = {**self._env.get(name, {}), **(env or {})}
        await self._start(self._parts[name].spec)

    async def _start_postgres(self, embedded: bool) -> None:
        """With every service's database, role and tables."""
        if embedded:
            await self._start(postgres.spec(self.layout.postgres, self.ports.postgres, self.secrets["postgres"]))
        await self.databases.create()
        await migrating.tables(self.databases)

    async def _start_kafka(self, embedded: bool) -> None:
        """With the topics."""
        if embedded:
            await asyncio.to_thread(jars.fetch)
            await self._start(kafka.spec(self.layout.kafka, self.ports.kafka, self.ports.kafka_controller))
        else:
            await kafka.check(self.kafka)
        await migrating.topics(self.kafka)

    async def _start(self, spec: Spec) -> None:
        spec = replace(spec, env={**spec.env, **self._env.get(spec.name, {})})
        part = Running(spec, self.layout.logs / f"{spec.name}.log")
        self._parts[spec.name] = part
        await part.start()
        state.write(self.layout.state, self._parts, self.ports)
        self._say(f"{spec.name} is up")
        if self._restart:
            self._watches[spec.name] = asyncio.create_task(self._watch(part))

    async def _watch(self, part: Running) -> None:
        """Bring a part back that ended by itself, more and more patiently; one that lasted is forgiven."""
        tries = 0
        while True:
            code = await part.ended()
            tries = 0 if time.time() - part.since > LASTED_SECONDS else tries
            pause = RESTART_SECONDS[min(tries, len(RESTART_SECONDS) - 1)]
            tries += 1
            self._say(f"{part.spec.name} ended ({code}) and is started again in {pause} s")
            await asyncio.sleep(pause)
            try:
                await part.start()
                self._say(f"{part.spec.name} is up again")
            except Trouble as trouble:
                self._say(str(trouble))
            state.write(self.layout.state, self._parts, self.ports)

    async def _unwatch(self, name: str) -> None:
        if watch := self._watches.pop(name, None):
            watch.cancel()
            await asyncio.wait({watch})  # it may be starting the part just now
