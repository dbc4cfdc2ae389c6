"""Why a part cannot start, in one line: which, why, and what to do."""


class Trouble(Exception):
    def __init__(self, part: str, why: str, remedy: str) -> None:
        super().__init__(f"{part} cannot start: {why}; {remedy}")
        self.part, self.why, self.remedy = part, why, remedy


class NothingRuns(Exception):
    def __init__(self) -> None:
        super().__init__(
            "Nothing runs here. Start it with `make up`, or name servers of yours in DATABASE_URL and KAFKA_BOOTSTRAP."
        )
