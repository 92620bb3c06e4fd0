"""The optional reranker: what it thinks of question and passage together goes into the order, and is explained."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from index.cross_encoder import load_reranker
from index.embedder import FloatArray
from index.hit import Query
from index.reranker import Reranker, reranked
from index.search import open_index
from tests.evaluation import hit_of_law
from tests.fakes import FakeEmbedder


@dataclass(frozen=True)
class Likes:
    """Likes texts that hold a word."""

    word: str

    def scores(self, question: str, texts: Sequence[str]) -> FloatArray:
        return np.asarray([float(self.word in text) for text in texts], dtype=np.float32)


def conform(reranker: Reranker) -> None:
    texts = ["la loi fixe une amende", "la loi", "une amende"]
    scores = reranker.scores("quelle amende", texts)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert np.allclose(reranker.scores("quelle amende", texts[1:]), scores[1:], atol=1e-4)


def saved_cross_encoder(folder: Path, labels: int) -> str:
    """A cross-encoder of a few hundred weights that nobody trained, saved as sentence-transformers saves them."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "la", "loi", "fixe", "une", "amende", "quelle"]
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers does not type it
        tokenizer_object=tokenizer, model_max_length=32, pad_token="[PAD]", unk_token="[UNK]", sep_token="[SEP]"
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=32,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_the_fake_and_the_cross_encoder_conform(tmp_path: Path) -> None:
    conform(Likes("amende"))
    conform(load_reranker(saved_cross_encoder(tmp_path, labels=1), threads=1))


def test_a_model_with_several_scores_a_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"gives one score, .* gives 3: set another SANAD_RERANKER"):
        load_reranker(saved_cross_encoder(tmp_path, labels=3), threads=1)


def test_its_share_is_added_and_explained() -> None:
    hits = [hit_of_law("loi-fr.txt", str(number), position=number) for number in (1, 2, 3)]
    liked = replace(hits[2], passage=replace(hits[2].passage, text="une amende de mille dirhams"))
    first, *others = reranked([*hits[:2], liked], "quelle amende ?", Likes("mille"))
    assert first.passage.article == "3"
    assert dict(first.score.shares)["reranker"] == pytest.approx(2**0.5)
    assert [hit.passage.article for hit in others] == ["1", "2"]


def test_equal_scores_change_nothing() -> None:
    hits = [hit_of_law("loi-fr.txt", str(number), position=number) for number in (1, 2)]
    assert [hit.score.total for hit in reranked(hits, "?", Likes("rien"))] == [hit.score.total for hit in hits]
    assert reranked([], "?", Likes("rien")) == []


def test_an_index_asks_it_about_more_than_is_wanted(index_folder: Path) -> None:
    query = Query("Quelle amende sans déclaration ?", "fr")
    plain = open_index(index_folder, FakeEmbedder()).search(query, 20)
    last = plain[-1].passage
    index = open_index(index_folder, FakeEmbedder(), Likes(last.text))
    assert last.id in {hit.passage.id for hit in index.search(query, 3)}
    assert len(index.search(query, 3)) == 3
