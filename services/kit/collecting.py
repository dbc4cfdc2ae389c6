"""Python's collector of cycles, told what our processes are like: much is made and dropped, and hardly ever a cycle."""

import gc

YOUNG = 50_000  # objects more than were dropped, before it looks; by default 700, a third of the time of a fold


def collect_seldom() -> None:
    """Call it once all is imported: that stays, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
