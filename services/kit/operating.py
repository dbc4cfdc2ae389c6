"""The door by which operators come to a service's read models: python -m <the service's module> verify, …"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

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
from services.kit.rebuild.run import Plan
from services.kit.rebuild.workers import cores
from services.kit.recipe import Recipe
from services.kit.replay import Replay
from services.kit.retry import retry
from services.kit.retrying import Retry, retrying
from services.kit.stoppable import run, to_stderr
from services.kit.verify import Verification

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output")]


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
        found = run(lambda: _differences(recipe, to_stderr))
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
        run(lambda: rebuilding.clear(recipe, url) if clear else rebuilding.rebuild(recipe, url, kafka, plan, to_stderr))

    @app.command(hidden=True)
    def fill(partitions: str) -> None:
        """A part of a rebuild: these partitions, commas between."""
        run(lambda: _fill(recipe, [int(number) for number in partitions.split(",")]))

    retrying(app, {recipe.name: lambda database, stream: retry(database, recipe.model, stream), **others}, recipe)
    return app


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
