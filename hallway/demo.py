"""The demo's people, clubs and rooms: like the tutorial's, so that its answers can be compared with ours."""

from dataclasses import dataclass
from uuid import UUID

PREFIX = "00000000-0000-7000-8000-"


def _id(kind: int, number: int) -> UUID:
    return UUID(f"{PREFIX}{kind:08x}{number:04x}")


@dataclass(frozen=True)
class DemoUser:
    number: int
    username: str
    name: str

    @property
    def id(self) -> UUID:
        return _id(0, self.number)

    @property
    def email(self) -> str:
        return f"{self.username}@example.com"


@dataclass(frozen=True)
class DemoClub:
    number: int
    name: str
    founder: str
    topic: str

    @property
    def id(self) -> UUID:
        return _id(1, self.number)


@dataclass(frozen=True)
class DemoRoom:
    number: int
    name: str
    club: int | None
    host: str

    @property
    def id(self) -> UUID:
        return _id(2, self.number)


USERS = [
    DemoUser(number, username, name)
    for number, (username, name) in enumerate(
        [
            ("asha", "Asha Menon"),
            ("priya", "Priya Raman"),
            ("rohan", "Rohan Desai"),
            ("kiran", "Kiran Bhatt"),
            ("elon", "Elon Marsh"),
            ("john", "John Wicker"),
            ("rick", "Rick Sanchez"),
            ("loki", "Loki Larsen"),
            ("cj", "CJ Johnson"),
            ("sarah", "Sarah Connolly"),
        ],
        1,
    )
]
CLUBS = [
    DemoClub(1, "Fit as a Fiddle", "john", "Health"),
    DemoClub(2, "The Council of Ricks", "rick", "Science"),
    DemoClub(3, "World Governments", "loki", "Geopolitics"),
    DemoClub(4, "Video Games", "cj", "Entertainment"),
    DemoClub(5, "Hail our AI Overlords", "sarah", "Technology"),
]
FOLLOWS = {  # user: clubs
    1: (1, 2, 3, 4, 5),
    2: (1, 2, 5),
    3: (1, 2, 3, 4, 5),
    4: (3, 5),
    5: (3, 4, 5),
    6: (1, 3, 4),
    7: (2, 3, 5),
    8: (1, 3, 5),
    9: (1, 3, 4),
    10: (1, 3, 5),
}
ROOMS = [
    DemoRoom(number, name, club, CLUBS[club - 1].founder if club else "rick")
    for number, (name, club) in enumerate(
        [
            ("Ten minutes of stretching, together", 1),
            ("What sleep does for you", 1),
            ("Portals: what could go wrong", 2),
            ("Ask a physicist anything", 2),
            ("Small countries, big questions", 3),
            ("How a treaty is really written", 3),
            ("Speedruns we still talk about", 4),
            ("The best soundtracks in games", 4),
            ("Teaching machines to listen", 5),
            ("Robots in the kitchen", 5),
            ("Who checks the checkers?", 5),
            ("Anyone awake? Come and talk", None),
        ],
        1,
    )
]
OPENED_IN_ORDER = (1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12)
