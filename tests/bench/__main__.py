"""`python -m tests.bench [part …]`: all parts, or the ones named. Figures only; nothing passes or fails here."""

import argparse
import asyncio
import logging
import os
import platform
import sys
import time

from tests.bench import digest, growth, path, start, triage, wakes

PARTS = {"path": path, "growth": growth, "digest": digest, "wakes": wakes, "start": start, "triage": triage}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Benchmarks of Vratar.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all without any")
    chosen: list[str] = parser.parse_args().parts
    if unknown := [name for name in chosen if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    logging.disable(logging.CRITICAL)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {sys.platform}, load {os.getloadavg()[0]:.1f}")
    for name in chosen or PARTS:
        part, began = PARTS[name], time.monotonic()
        print(f"\n{name}: {(part.__doc__ or '').splitlines()[0]}", flush=True)
        asyncio.run(part.measure())
        print(f"  ({time.monotonic() - began:.0f} s)", flush=True)


main()
