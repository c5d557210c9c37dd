"""start-up and memory: to the first getUpdates, or to a verb's first answer, beside a bare aiogram echo and python."""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.desk import DESK
from tests.bench.figures import median, show
from tests.bench.running import BOT, ECHO, ROOT, resident, running

TIMES = 3
LINES = {
    "triage": '{"id": 1, "text": "Добрый день! Когда будет готов макет?"}\n',
    "promise": '{"at": "2026-11-24T11:20+03:00"}\n',
}


async def measure() -> None:
    seconds: dict[str, float] = {}
    for name, command in (("bare aiogram echo", ECHO), ("python -m bot poll", BOT)):
        ready, resident = [], []
        for _ in range(TIMES):
            async with running(command) as run:
                ready.append(run.ready)
                run.write(1)
                await run.answered(1)
                resident.append(run.memory())
        seconds[name] = median(ready)
        show(f"{name}, to getUpdates", f"{median(ready):6.2f} s    {median(resident):6.1f} MiB resident",
             median(ready) / seconds["bare aiogram echo"], "echo")  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        desk = Path(home) / "desk.toml"
        desk.write_text(DESK)
        bare = _verb(["-c", "import sys\nfor line in sys.stdin: print(line, flush=True)"], "hello\n")
        show("bare python that echoes a line", _figures(bare))
        for verb, line in LINES.items():
            taken = _verb(["-m", "bot", verb, *(["--desk", str(desk)] if verb == "promise" else [])], line)
            show(f"python -m bot {verb}, first answer", _figures(taken), taken[0] / bare[0], "python")


def _verb(arguments: list[str], line: str) -> tuple[float, float]:
    """Seconds from the start to the first answer, and the MiB that are resident then; the medians of some."""
    seconds, memory = [], []
    for _ in range(TIMES):
        began = perf_counter()
        with subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            if process.stdin and process.stdout:
                process.stdin.write(line)
                process.stdin.flush()
                process.stdout.readline()
            seconds.append(perf_counter() - began)
            memory.append(resident(process.pid))
    return median(seconds), median(memory)


def _figures(taken: tuple[float, float]) -> str:
    return f"{taken[0]:6.2f} s    {taken[1]:6.1f} MiB resident"
