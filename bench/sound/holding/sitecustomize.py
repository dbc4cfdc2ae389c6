"""Python imports this by itself where it is on the path: a thread that wants Python's lock all the time."""

import threading


def _hold() -> None:
    while True:
        sum(range(10_000))


threading.Thread(target=_hold, daemon=True).start()
