"""Why something happened. A reader of today takes a reason that was added later as `unknown`, and goes on."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("unknown")


class LeftReason(Reason):
    LEFT = "left"  # by oneself
    LOST = "lost"  # the grace of a lost connection ran out
    REMOVED = "removed"
    BANNED = "banned"
    ENDED = "ended"
    UNKNOWN = "unknown"


class RoleReason(Reason):
    INVITED = "invited"  # accepted an invitation
    STEPPED_UP = "stepped_up"  # the stage is open to anyone
    STEPPED_DOWN = "stepped_down"
    CHANGED = "changed"  # by somebody above
    HOST_LOST = "host_lost"  # the keys went over when the host did not come back
    TOOK_KEYS = "took_keys"
    ARRIVED = "arrived"  # the host of a room that had opened by itself
    UNKNOWN = "unknown"


class EndedReason(Reason):
    ENDED = "ended"  # by the host
    HOSTLESS = "hostless"  # nobody took the keys in time
    CANCELLED = "cancelled"  # by the host, before it opened
    NO_HOST = "no_host"  # it opened by itself, and its host did not come in time
    OPERATOR = "operator"
    UNKNOWN = "unknown"
