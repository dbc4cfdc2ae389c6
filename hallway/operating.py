"""The operator's commands: is the read model right, make it again, what could not be applied, how far behind."""

from typing import Annotated

import typer

from hallway.doors import through
from hallway.target import Target
from hallway.trouble import NothingRuns

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output")]
HALLWAY = "hallway"


def add_to(app: typer.Typer) -> None:
    app.command()(verify)
    app.command()(rebuild)


def verify(json: AsJson = False) -> None:
    """Fold the whole log again and compare it with the hallway's read model: exit code 1 when they differ."""
    through(target(), HALLWAY, "verify", *(["--json"] if json else []))


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Make and compare it, and change nothing")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also when more streams are parked than were")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Only take away what a killed rebuild left")] = False,
) -> None:
    """Make the hallway's read model again from the log, beside the live one, and put it in its place."""
    flags = {"--check": check, "--anyway": anyway, "--clear": clear}
    through(target(), HALLWAY, "rebuild", *(flag for flag, said in flags.items() if said))


def target() -> Target:
    try:
        return Target.of_environment()
    except NothingRuns as nothing:
        typer.echo(str(nothing))
        raise typer.Exit(1) from None
