"""The door by which operators come to a service's read models: python -m <the service's module> verify, …"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any, TypeVar
from uuid import UUID

import orjson
import typer

from services.kit import logs
from services.kit.collecting import collect_seldom
from services.kit.comparing import Difference
from services.kit.database import Database
from services.kit.dead_letters import passed_over
from services.kit.progress import Progress
from services.kit.rebuild import fill as filling
from services.kit.rebuild import run as rebuilding
from services.kit.rebuild.run import Impossible, Plan, cores
from services.kit.rebuild.swap import TooBusy
from services.kit.recipe import Recipe
from services.kit.replay import Replay
from services.kit.retry import refold, retry
from services.kit.verify import Behind, Verification

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output")]
CANNOT, STOPPED = 2, 130
T = TypeVar("T")
Retry = Callable[[Database, UUID], Awaitable[str | None]]


def door(recipe: Recipe[Any, Any], others: Mapping[str, Retry]) -> typer.Typer:
    """Commands for a read model, and `retry` for the service's `others`. DATABASE_URL and KAFKA_BOOTSTRAP say where."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, help=f"The read model {recipe.name}.")

    @app.callback()
    def configure() -> None:
        logs.configure(recipe.name, os.environ.get("LOG_LEVEL", "WARNING"))
        collect_seldom()

    @app.command()
    def verify(json: AsJson = False) -> None:
        """Fold the log again and compare. 0: no difference; 1: some; 2: it could not be compared."""
        found = _run(lambda: _differences(recipe, _to_stderr))
        if json:
            document = {"read_model": recipe.name, "differences": [asdict(each) for each in found]}
            typer.echo(orjson.dumps(document, default=str))
        else:
            _tell(recipe.name, found)
        raise typer.Exit(1 if found else 0)

    @app.command()
    def rebuild(
        workers: Annotated[int, typer.Option(min=1, max=24, help="Processes that fold")] = cores(),
        check: Annotated[bool, typer.Option("--check", help="Make and compare it, and change nothing")] = False,
        anyway: Annotated[bool, typer.Option("--anyway", help="Also when more streams are parked than were")] = False,
        clear: Annotated[bool, typer.Option("--clear", help="Only take away what a killed rebuild left")] = False,
    ) -> None:
        """Make the read model again from its log and put it in place of the live one. Ctrl-C: nothing is left."""
        url, kafka = os.environ["DATABASE_URL"], os.environ["KAFKA_BOOTSTRAP"]
        plan = Plan(workers, anyway, swap=not check)
        _run(
            lambda: rebuilding.clear(recipe, url) if clear else rebuilding.rebuild(recipe, url, kafka, plan, _to_stderr)
        )

    @app.command(hidden=True)
    def fill(partitions: str) -> None:
        """A part of a rebuild: these partitions, commas between."""
        _run(lambda: _fill(recipe, [int(number) for number in partitions.split(",")]))

    retrying(app, {recipe.name: lambda database, stream: retry(database, recipe.model, stream), **others}, recipe)
    return app


def retrying(app: typer.Typer, consumers: Mapping[str, Retry], recipe: Recipe[Any, Any] | None = None) -> None:
    """Adds the command that tries a stream again; `recipe` is that of the consumer that can be folded from the log."""

    @app.command(name="retry")
    def again(
        consumer: str,
        stream: UUID,
        refold: Annotated[bool, typer.Option("--refold", help="Fold the stream from the beginning of its log")] = False,
    ) -> None:
        """Apply what waits of a stream, all or nothing: 0 when it is no longer parked, 1 when it is."""
        if consumer not in consumers:
            raise typer.BadParameter(f"{consumer!r} is not kept here; there is {', '.join(consumers)}")
        if refold and (recipe is None or recipe.name != consumer):
            raise typer.BadParameter(f"{consumer} cannot be folded again from its log: leave --refold out")
        work = _refolded(recipe, stream) if refold and recipe else _retried(consumers[consumer], stream)
        why_not = _run(lambda: work)
        typer.echo(f"{consumer} {stream}: {f'still parked: {why_not}' if why_not else 'mended'}")
        raise typer.Exit(1 if why_not else 0)


async def _retried(work: Retry, stream: UUID) -> str | None:
    async with Database(os.environ["DATABASE_URL"], "retry", 4) as database:
        return await work(database, stream)


async def _refolded(recipe: Recipe[Any, Any], stream: UUID) -> str | None:
    async with (
        Database(os.environ["DATABASE_URL"], "refold", 2) as database,
        Replay(os.environ["KAFKA_BOOTSTRAP"], recipe.topic, await passed_over(database, recipe.name)) as log,
    ):
        return await refold(database, log, recipe, stream)


async def _fill(recipe: Recipe[Any, Any], partitions: Sequence[int]) -> None:
    url, kafka = os.environ["DATABASE_URL"], os.environ["KAFKA_BOOTSTRAP"]
    async with (
        Database(url, f"rebuild {recipe.name}", 2) as database,
        Replay(kafka, recipe.topic, await passed_over(database, recipe.name)) as log,
    ):
        await filling.fill(url, database, log, recipe, partitions, _count)


def _count(records: int) -> None:
    print(records, flush=True)


async def _differences(recipe: Recipe[Any, Any], tell: Callable[[str], None]) -> list[Difference]:
    async with Database(os.environ["DATABASE_URL"], f"verify {recipe.name}", connections=2) as database:
        dropped = await passed_over(database, recipe.name)
        async with Replay(os.environ["KAFKA_BOOTSTRAP"], recipe.topic, dropped) as log:
            beginnings, ends = await log.beginnings(), await log.ends()
            progress = Progress("folding", sum(ends.values()) - sum(beginnings.values()), tell)
            verification = Verification(database, log, recipe, progress.add)
            found = [difference async for difference in verification.differences()]
            tell(progress.line())
            return found


def _tell(name: str, found: Sequence[Difference]) -> None:
    for difference in found:
        typer.echo(str(difference))
    typer.echo(f"{name}: {len(found) or 'no'} differences between the read model and its log")


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """SIGTERM ends it as Ctrl-C does: with everything put in order."""

    async def stoppable() -> T:
        task = asyncio.ensure_future(work())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(stoppable())
    except (Behind, Impossible, TooBusy) as why:
        _to_stderr(str(why))
        raise typer.Exit(CANNOT) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        _to_stderr("stopped")
        raise typer.Exit(STOPPED) from None


def _to_stderr(line: str) -> None:
    typer.echo(line, err=True)
