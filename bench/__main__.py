"""Run: python -m bench [name …]; all of them without a name."""

import asyncio
import importlib
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.measuring import Figure, write

ALL = (
    "rooms",
    "memory",
    "gateway",
    "page",
    "projector",
    "visible",
    "reading",
    "rebuild",
    "media",
    "size",
    "loops",
    "moderating",
    "disturbed",
    "entering",
    "pressing",
    "media_relay",
)


def main(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}")
    for name in names or ALL:
        figures: list[Figure] = asyncio.run(importlib.import_module(f"bench.{name}").measure())
        path = write(name, figures)
        Console().print(_table(name, figures))
        print(f"written to {path.relative_to(path.parents[2])}\n")


def _table(name: str, figures: Sequence[Figure]) -> Table:
    table = Table(title=name)
    for column in ("what", "median", "spread", "of the baseline", "besides", "target"):
        table.add_column(column)
    for each in figures:
        more = ", ".join(f"{key} {value:,.4g}" for key, value in each.more.items())
        ratio = f"{each.ratio:.3g} of {each.baseline_name or 'the first'}" if each.ratio is not None else ""
        table.add_row(each.name, f"{each.median:,.4g} {each.unit}", f"± {each.spread:.0%}", ratio, more, each.target)
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
