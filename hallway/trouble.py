"""Why a part cannot start, in one line: which, why, and what to do."""


class Trouble(Exception):
    def __init__(self, part: str, why: str, remedy: str) -> None:
        super().__init__(f"{part} cannot start: {why}; {remedy}")
        self.part, self.why, self.remedy = part, why, remedy
