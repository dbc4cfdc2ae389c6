"""Several processes of one service, and clients who ask any of them."""

import random
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from hallway.ports import Ports
from hallway.probes import http_ok
from hallway.process import Running
from hallway.stack import Stack


@asynccontextmanager
async def more_of(
    stack: Stack, service: str, count: int, env: Mapping[str, str] | None = None, port: int | None = None
) -> AsyncIterator[list[Running]]:
    """So many more processes of a service, beside the one that the stack has.

    `env`: with settings of their own, in which `{port}` is the process's. `port`: of one that has to be known before.
    """
    more = [_another(stack, service, number, env or {}, port) for number in range(count)]
    try:
        for part in more:
            await part.start()
        yield more
    finally:
        for part in more:
            await part.stop()


def port_of(part: Running) -> int:
    command = list(part.spec.command)
    return int(command[command.index("--port") + 1])


class Anywhere(httpx.AsyncBaseTransport):
    """Commands about rooms go to any of the instances; everything else goes where it is addressed to."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=300, max_keepalive_connections=100))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET" and re.match(r"/v1/rooms\b", request.url.path):
            request.url = request.url.copy_with(host="127.0.0.1", port=random.choice(self._ports))
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _another(stack: Stack, service: str, number: int, env: Mapping[str, str], port: int | None) -> Running:
    port, spec = port or getattr(Ports.free(), service), stack.parts[service].spec
    command = list(spec.command)
    command[command.index("--port") + 1] = str(port)
    name = f"{service}-{number + 2}"
    own = {**spec.env, **{key: value.replace("{port}", str(port)) for key, value in env.items()}}
    spec = replace(spec, name=name, command=command, env=own, healthy=lambda: http_ok(port, "/readyz"))
    return Running(spec, stack.layout.logs / f"{name}.log")
