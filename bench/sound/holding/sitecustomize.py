"""Python imports this by itself where it is on the path: a thread that wants Python's lock all the time.

From when the file of HOLD_FROM is there, so that people can come in before.
"""

import os
import threading
import time
from pathlib import Path


def _hold(start: Path) -> None:
    while not start.exists():
        time.sleep(0.1)
    while True:
        sum(range(10_000))


threading.Thread(target=_hold, args=(Path(os.environ["HOLD_FROM"]),), daemon=True).start()
