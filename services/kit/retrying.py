"""The operators' command that tries a parked stream again, of whatever a service reads."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

import typer

from services.kit.database import Database
from services.kit.dead_letters import passed_over
from services.kit.recipe import Recipe
from services.kit.replay import Replay
from services.kit.retry import refold
from services.kit.stoppable import run

Retry = Callable[[Database, UUID], Awaitable[str | None]]


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
        why_not = run(lambda: work)
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
