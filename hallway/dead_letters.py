"""`hallway dead-letters`: what could not be applied, in every service's database."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from hallway.doors import DOORS, call
from hallway.target import Target, databases, target
from services.kit.dead_letters import Letter, Waiting, Which, drop, letters, waiting, which_of

app = typer.Typer(no_args_is_help=True, help="Records that could not be applied, and the streams parked for them.")
console = Console(soft_wrap=True)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output")]
Stream = Annotated[str, typer.Argument(metavar="STREAM", help="The stream's id")]
StreamOrPlace = Annotated[str, typer.Argument(metavar="WHICH", help="A stream's id, or one record's place")]
SHOWN = 2_000  # bytes of a value


@app.command(name="list")
def list_(json: AsJson = False) -> None:
    """Per consumer and stream: how many records wait, since when, and why."""
    found = asyncio.run(_waiting(target()))
    if json:
        typer.echo(orjson.dumps([asdict(each) for each in found], default=str))
    elif not found:
        console.print("Nothing waits.")
    else:
        console.print(_table(found))


@app.command()
def show(which: StreamOrPlace) -> None:
    """Each record that waits, in order: place, reason, headers, value."""
    found = asyncio.run(_letters(target(), _which(which)))
    for letter in found:
        value = None if letter.value is None else letter.value[:SHOWN].decode("utf-8", "backslashreplace")
        console.rule(f"{letter.projection} {letter.place}", align="left")
        console.out(f"since   {letter.at:%Y-%m-%d %H:%M:%S %Z}\nreason  {letter.reason}", highlight=False)
        console.out(f"headers {orjson.dumps(dict(letter.headers)).decode()}\nvalue   {value}", highlight=False)
    _none_of(which, found)


@app.command()
def retry(
    stream: Stream,
    refold: Annotated[bool, typer.Option("--refold", help="Fold the stream from the beginning of its log")] = False,
) -> None:
    """Apply what waits of a stream in the order of versions, all or nothing. Exit code 1: it is still parked."""
    which, where = _which(stream), target()
    consumers = {each.projection for each in asyncio.run(_waiting(where)) if each.stream == which}
    _none_of(stream, consumers)
    flags = ["--refold"] if refold else []
    codes = [call(where, consumer, "retry", consumer, stream, *flags) for consumer in sorted(consumers & DOORS.keys())]
    raise typer.Exit(max(codes, default=1))


@app.command(name="drop")
def drop_(
    which: StreamOrPlace,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
) -> None:
    """Throw away what waits of a stream, or one record; a rebuild passes it over, too. The stream may have a gap."""
    what, where = _which(which), target()
    found = asyncio.run(_letters(where, what))
    _none_of(which, found)
    yes or typer.confirm(f"Throw away {len(found)} records for ever?", abort=True)
    asyncio.run(_drop(where, what))
    console.print(f"{len(found)} records dropped.")


async def _waiting(where: Target) -> list[Waiting]:
    async with databases(where) as services:
        return [each for database in services.values() for each in await waiting(database)]


async def _letters(where: Target, which: Which) -> list[Letter]:
    async with databases(where) as services:
        return [letter for database in services.values() for letter in await letters(database, which)]


async def _drop(where: Target, which: Which) -> None:
    async with databases(where) as services:
        for database in services.values():
            await drop(database, which)


def _which(text: str) -> Which:
    try:
        return which_of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _none_of(which: str, found: object) -> None:
    if not found:
        typer.echo(f"Nothing of {which} waits.")
        raise typer.Exit(1)


def _table(found: list[Waiting]) -> Table:
    shown = Table("consumer", "stream", "records", "since", "reason", box=None, pad_edge=False)
    for each in found:
        stream = str(each.stream or "(nobody's)") + ("" if each.parked else " (not parked)")
        shown.add_row(each.projection, stream, str(each.letters), f"{each.since:%Y-%m-%d %H:%M:%S}", each.reason)
    return shown
