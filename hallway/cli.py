"""The `hallway` command."""

import asyncio
import os
from collections.abc import Callable
from typing import Annotated

import httpx
import typer
from rich.console import Console

from hallway import logs as logs_
from hallway import migrating, operating, secrets_file, state
from hallway import seed as seed_
from hallway import status as status_
from hallway.layout import Layout
from hallway.trouble import Trouble
from hallway.up import up as up_

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run Hallway on this machine, and look after it.")
console = Console()
Part = Annotated[str | None, typer.Argument(help="directory, rooms, kafka, …; all when left out")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on with what is written from now on")]


@app.command()
def up() -> None:
    """Start everything, load the demo, and run until Ctrl-C. Data is kept."""
    _say_trouble(lambda: asyncio.run(up_(console)))


@app.command()
def status() -> None:
    """Each part with its health, memory and lag."""
    document = state.read(Layout.of_environment().state)
    if document is None:
        console.print("Nothing runs here. Start it with `make up`.")
        raise typer.Exit(1)
    found = asyncio.run(status_.rows(document))
    console.print(status_.table(found))
    raise typer.Exit(0 if all(row.health == "ready" for row in found) else 1)


@app.command()
def logs(part: Part = None, follow: Follow = False) -> None:
    """What a part wrote, or all of them."""

    def show() -> None:
        for name, line in logs_.lines(Layout.of_environment().logs, part, follow):
            console.out(line if part else f"{name:>10} | {line}", highlight=False)

    _say_trouble(show)


@app.command()
def seed() -> None:
    """Load the demo's people, clubs and rooms; harmless when they are there."""
    layout = Layout.of_environment()
    document = state.read(layout.state)
    if document is None:
        console.print("Nothing runs here. Start it with `make up`.")
        raise typer.Exit(1)
    url = f"http://127.0.0.1:{document['ports']['gateway']}"
    _say_trouble(lambda: asyncio.run(seed_.load(url, secrets_file.load(layout.secrets)["loader"])))
    console.print("The demo is loaded.")


@app.command()
def topics() -> None:
    """Create the Kafka topics that are missing, with their settings; existing ones stay as they are."""
    document = state.read(Layout.of_environment().state)
    kafka = os.environ.get("KAFKA_BOOTSTRAP") or (document and f"127.0.0.1:{document['ports']['kafka']}")
    if not kafka:
        console.print("Nothing runs here. Start it with `make up`, or name a server in KAFKA_BOOTSTRAP.")
        raise typer.Exit(1)
    _say_trouble(lambda: asyncio.run(migrating.topics(kafka)))
    console.print("The topics are there.")


operating.add_to(app)


def _say_trouble(do: Callable[[], object]) -> None:
    try:
        do()
    except (Trouble, seed_.Refused, httpx.HTTPError, logs_.NoSuchLog) as trouble:
        console.print(f"[red]{trouble}[/]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
