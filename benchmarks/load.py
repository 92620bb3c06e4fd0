"""Many users at once against `sanad serve` over loopback: errors, latencies, memory.

    python -m benchmarks.load INDEX [--users 50] [--seconds 120] [--think 10]

Each user asks, reads for about `think` seconds, and asks again. Before that one user asks at the same rate per core,
which is users / think / cores. The ratio of the two 95th percentiles should be 4 at most, and the memory of the server
should grow by less than 5 % from the first half of the time to the last. SANAD_ANONYMOUS_PER_MINUTE must be high: all
users share an address.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

QUESTIONS = (
    "Quelle amende risque-t-on sans déclaration à la CNDP ?",
    "هل يجب التبليغ عن حوادث الأمن السيبراني؟",
    "What is a qualified electronic signature?",
    "wach khassni ndeclari les données?",
    "واش خاصني نصرح بالمعطيات الشخصية؟",
    "Que dit l'article 3 de la loi 05-20 ?",
    "ما هو أجل الرد على طلب الحصول على المعلومات؟",
    "Qui contrôle les prestataires de services de confiance ?",
    "How do I withdraw from an online purchase?",
    "recette du tajine",
)
DECLARED = {200, 429, 503}
_PORT = 8899
_READY_WITHIN_S = 120


@dataclass
class Seen:
    """Seconds that answers took, and how often each status came; 0 is a connection that failed."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if status not in DECLARED)

    def percentile(self, share: int) -> float:
        """In seconds, of answers."""
        return statistics.quantiles(self.seconds, n=100)[share - 1] if len(self.seconds) > 1 else float("nan")

    def line(self, name: str) -> str:
        p50, p95 = (f"{1000 * self.percentile(share):.0f} ms" for share in (50, 95))
        return f"{name}: {len(self.seconds)} answers, p50 {p50}, p95 {p95}, statuses {dict(self.statuses)}"


@contextmanager
def serving(index: Path) -> Iterator[int]:
    """`sanad serve` over the index; yields its process id once it is ready."""
    command = [sys.executable, "sanad.py", "serve", "--index", str(index), "--port", str(_PORT)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(server, begun + _READY_WITHIN_S)
            print(f"ready after {time.perf_counter() - begun:.1f} s", flush=True)  # noqa: T201
            yield server.pid
        finally:
            server.terminate()


def _wait_for(server: subprocess.Popen[bytes], until: float) -> None:
    while not _ready():
        if server.poll() is not None or time.perf_counter() > until:
            raise RuntimeError(f"a server on port {_PORT} is needed, but it did not start: try `sanad serve`")
        time.sleep(0.05)


def _ready() -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{_PORT}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def memory_mb(process: int) -> float:
    """Resident memory, in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def ask(client: httpx.AsyncClient, question: str, seen: Seen) -> None:
    """Ask once, and take down what came."""
    begun = time.perf_counter()
    try:
        response = await client.post("/v1/ask", json={"question": question})
    except httpx.TransportError:
        seen.statuses[0] += 1
        return
    seen.statuses[response.status_code] += 1
    if response.status_code == httpx.codes.OK:
        seen.seconds.append(time.perf_counter() - begun)


async def user(seen: Seen, number: int, think_s: float, until: float) -> None:
    """Ask, read, and ask again. Who is asked to come back later comes back later."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, think_s))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{_PORT}", timeout=60) as client:
        while time.perf_counter() < until:
            await ask(client, chance.choice(QUESTIONS), seen)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * think_s)


async def crowd(users: int, think_s: float, seconds: float, process: int) -> tuple[Seen, list[float]]:
    """What so many users saw, and the server's memory in each tenth of the time."""
    seen, memory = Seen(), list[float]()
    until = time.perf_counter() + seconds
    asking = [asyncio.create_task(user(seen, number, think_s, until)) for number in range(users)]
    for _ in range(10):
        await asyncio.sleep(seconds / 10)
        memory.append(memory_mb(process))
    await asyncio.gather(*asking)
    return seen, memory


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("index", type=Path)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--think", type=float, default=10)
    chosen = asked.parse_args()
    cores = os.cpu_count() or 1
    with serving(chosen.index) as process:
        asyncio.run(crowd(1, 0.05, 5, process))  # what the first questions load
        alone, _ = asyncio.run(crowd(1, chosen.think * cores / chosen.users, max(20, chosen.seconds / 4), process))
        many, memory = asyncio.run(crowd(chosen.users, chosen.think, chosen.seconds, process))
    half = len(memory) // 2
    first, last = statistics.mean(memory[:half]), statistics.mean(memory[half:])
    print(alone.line("one user"))  # noqa: T201
    print(many.line(f"{chosen.users} users"))  # noqa: T201
    print(f"errors {many.errors}; p95 ratio {many.percentile(95) / alone.percentile(95):.2f}")  # noqa: T201
    print(f"memory {first:.0f} MiB in the first half, {last:.0f} MiB in the last: {100 * (last / first - 1):+.1f} %")  # noqa: T201


if __name__ == "__main__":
    main()
