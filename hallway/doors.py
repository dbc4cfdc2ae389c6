"""The services' own doors for operators, each a process of that service's code."""

import os
import sys
from typing import NoReturn

from hallway.target import Target

DOORS = {"hallway": ("directory", "services.directory.operations")}  # by read model


def through(target: Target, name: str, *arguments: str) -> NoReturn:
    """Become a command of a read model's door: its words, its exit code, and the signals are its own."""
    service, module = DOORS[name]
    command = [sys.executable, "-m", module, *arguments]
    os.execve(sys.executable, command, {**os.environ, **target.env(service)})
