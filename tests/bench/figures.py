"""How figures are taken and shown."""

import time
from collections.abc import Awaitable, Callable, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def spread(seconds: Sequence[float]) -> str:
    """p50 and p99 in milliseconds."""
    return f"p50 {median(seconds) * 1e3:8.2f} ms   p99 {percentile(seconds, 0.99) * 1e3:8.2f} ms"


def show(what: str, figures: str, ratio: float | None = None, of: str = "") -> None:
    """One line; `ratio` is to the baseline `of`."""
    beside = "" if ratio is None else f"   = {ratio:.2f} × {of}"
    print(f"  {what:<44} {figures}{beside}", flush=True)


async def timed(act: Callable[[], Awaitable[object]]) -> float:
    """Seconds that `act` takes."""
    began = time.perf_counter()
    await act()
    return time.perf_counter() - began
