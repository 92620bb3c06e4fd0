"""Which precision embeds faster on this CPU, as a ratio in one run: `python benchmarks/embedding_precision.py`.

Needs the default model in SANAD_DATA_DIR, which the first `sanad ingest` puts there.
"""

import statistics
import time

import torch
from sentence_transformers import SentenceTransformer

from index.embedder import DEFAULT_MODEL
from settings import Settings

_PASSAGE = "Toute entité déclare sans délai à l'autorité nationale les incidents affectant ses systèmes d'information. "
_TEXTS = [_PASSAGE * repeats for repeats in (1, 3, 6, 9) for _ in range(8)]
_ROUNDS = 3


def seconds(model: SentenceTransformer) -> float:
    """Median time to embed the texts, after one round to warm up."""
    model.encode(_TEXTS[:8], show_progress_bar=False)
    taken = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        model.encode(_TEXTS, batch_size=16, show_progress_bar=False)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print passages a second for each precision, and the ratio."""
    settings = Settings()
    torch.set_num_threads(settings.threads)
    folder = str(settings.models_folder / DEFAULT_MODEL)
    taken = {
        name: seconds(SentenceTransformer(folder, model_kwargs={"dtype": dtype}, local_files_only=True))
        for name, dtype in (("float32", torch.float32), ("bfloat16", torch.bfloat16))
    }
    lines = [f"{name:9} {len(_TEXTS) / duration:6.1f} passages/s" for name, duration in taken.items()]
    print(*lines, f"bfloat16 is {taken['float32'] / taken['bfloat16']:.2f} times as fast", sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
