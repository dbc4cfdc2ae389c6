"""The operator's commands about read models: is one right, make it again, send facts again, how far behind is who."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from aiokafka import AIOKafkaConsumer
from rich.console import Console
from rich.table import Table

from hallway import dead_letters
from hallway.doors import become
from hallway.parts.databases import DATABASES
from hallway.target import Target, databases, target
from services.kit.database import Database
from services.kit.lag import Lag, lags
from services.kit.republish import republish as send_again

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output")]
HALLWAY = "hallway"
console = Console()


def add_to(app: typer.Typer) -> None:
    for command in (verify, rebuild, republish, lag):
        app.command()(command)
    app.add_typer(dead_letters.app, name="dead-letters")


def verify(json: AsJson = False) -> None:
    """Fold the whole log again and compare it with the hallway's read model: exit code 1 when they differ."""
    become(target(), HALLWAY, "verify", *(["--json"] if json else []))


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Make and compare it, and change nothing")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also when more streams are parked than were")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Only take away what a killed rebuild left")] = False,
) -> None:
    """Make the hallway's read model again from the log, beside the live one, and put it in its place."""
    flags = {"--check": check, "--anyway": anyway, "--clear": clear}
    become(target(), HALLWAY, "rebuild", *(flag for flag, said in flags.items() if said))


def republish(service: Annotated[str, typer.Argument(help=", ".join(DATABASES))]) -> None:
    """Send a service's facts to Kafka once more, from its database; readers drop what they had."""
    if service not in DATABASES:
        raise typer.BadParameter(f"{service!r} has no facts of its own; there is {', '.join(DATABASES)}")
    where = target()
    sent = asyncio.run(_republished(where, service))
    console.print(f"{sent} facts of {service} were sent again.")


def lag(json: AsJson = False) -> None:
    """How far behind every relay and every consumer is, and what is parked."""
    found = asyncio.run(_lags(target()))
    if json:
        typer.echo(orjson.dumps([asdict(each) for each in found]))
    else:
        console.print(_table(found))
    raise typer.Exit(1 if any(each.missing for each in found) else 0)


async def _republished(where: Target, service: str) -> int:
    async with Database(where.databases.url(service), "republish", 2) as database:
        return await send_again(database, where.kafka, service, console.print)


async def _lags(where: Target) -> list[Lag]:
    async with databases(where) as services, AIOKafkaConsumer(bootstrap_servers=where.kafka, group_id=None) as kafka:
        return await lags(services, kafka)


def _table(found: list[Lag]) -> Table:
    shown = Table("service", "who", "topic", "records behind", "seconds", "parked", "letters", box=None, pad_edge=False)
    for each in found:
        seconds = "" if each.seconds is None else f"{each.seconds:g}"
        numbers = (str(number) if number else "" for number in (each.parked, each.letters))
        shown.add_row(each.service, each.who, each.topic, str(each.records), seconds, *numbers)
        if each.missing:
            shown.add_row("", f"[red]missing: {each.missing}[/]")
    return shown
