"""Pages a second from files to documents, without embedding: `python benchmarks/ingest_throughput.py FOLDER`.

Prints the share of reading and of cleaning and cutting, and the peak memory of the processes that did the work.
"""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.gather import Found, find
from ingest.intake import ingest_file
from ingest.isolation import Isolation, Limits, processes
from ingest.readers.reader import UnreadableError
from ingest.reading import read
from settings import Settings


def timed_read(path: Path) -> tuple[int, float]:
    """Pages and seconds of reading alone, in the process that reads."""
    start = time.perf_counter()
    return len(read(path).pages), time.perf_counter() - start


def measure(item: Found, isolation: Isolation) -> tuple[int, float, int]:
    """Pages, seconds of reading and characters of the document that one file becomes; zeros when it gives none."""
    try:
        pages, seconds = isolation.run(timed_read, item.file)
        return pages, seconds, len(ingest_file(item.file, item.source, isolation).text)
    except UnreadableError:
        return 0, 0.0, 0


def peak_memory() -> int:
    """Bytes that the largest process of this one's making has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def main() -> None:
    """Measure every file of the folder once."""
    workers = Settings().threads
    with processes(Limits(), workers) as isolation, ThreadPoolExecutor(workers) as threads:
        start = time.perf_counter()
        measured = list(threads.map(lambda item: measure(item, isolation), find([Path(sys.argv[1])])))
        seconds = time.perf_counter() - start
        peak = max(isolation.run(peak_memory) for _ in range(workers))
    pages, reading, characters = (sum(column) for column in zip(*measured, strict=True))
    print(  # noqa: T201
        f"{len(measured)} files, {pages} pages, {characters} characters in {seconds:.1f} s with {workers} processes",
        f"{pages / seconds:.1f} pages/s; reading alone takes {reading / (seconds * workers):.0%} of the processor time",
        f"peak memory of a process {peak >> 20} MiB",
        sep="\n",
    )


if __name__ == "__main__":
    main()
