"""What is done again and again goes on when it fails, and says so once."""

import asyncio

from structlog.testing import capture_logs

from services.kit.lifecycle import every


async def test_the_same_trouble_is_logged_once_until_it_has_passed() -> None:
    outcomes = iter(["away", "away", "", "away", "other"])
    over = asyncio.Event()

    async def do() -> None:
        match next(outcomes, None):
            case None:
                over.set()
            case "":
                return
            case trouble:
                raise OSError(trouble)

    with capture_logs() as logged:
        task = asyncio.create_task(every(0, do))
        await over.wait()
        task.cancel()
    assert [entry["error"] for entry in logged] == ["OSError('away')", "OSError('away')", "OSError('other')"]
