import shutil
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.encoder import OnnxEncoder, _batches, load_encoder
from index.errors import ModelError
from index.locations import cache_directory
from index.model import PACKAGED_MODEL, locate_model
from index.readers import bundled_document

TEXTS = [
    "Ferries run every ten minutes.",
    "Who closed the harbour bridge, and why?",
    "U.S. experts don't agree: “No!” said Ortiz, 54.",
    "e\u0301te\u0301 😀 İstanbul שלום 你好",
    "x" * 300,
    "?",
    "",
    bundled_document().text,
]


@pytest.fixture(scope="module")
def reference() -> SentenceTransformer:
    model = locate_model(PACKAGED_MODEL).load()
    model.max_seq_length = 256
    return model


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory without encoders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_directory()


def test_vectors_are_those_of_sentence_transformers(
    encoder: OnnxEncoder, reference: SentenceTransformer
) -> None:
    expected = reference.encode(TEXTS, normalize_embeddings=True)
    assert (encoder.encode(TEXTS) * expected).sum(axis=1).min() > 0.9999


def test_a_question_is_embedded_as_sentence_transformers_does(
    encoder: OnnxEncoder, reference: SentenceTransformer
) -> None:
    expected = reference.encode(TEXTS[1], normalize_embeddings=True)
    assert encoder.encode_question(TEXTS[1]) @ expected > 0.9999


def test_vectors_have_length_one(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_have_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_vectors_come_in_the_order_of_the_texts(encoder: OnnxEncoder) -> None:
    texts = [f"{'Ferries run. ' * (1 + i * 7 % 11)}Number {i}." for i in range(70)]
    vectors = encoder.encode(texts)
    for i in (0, 1, 35, 69):
        np.testing.assert_allclose(vectors[i], encoder.encode([texts[i]])[0], atol=1e-5)


def test_counting_cuts_nothing_off(encoder: OnnxEncoder) -> None:
    assert encoder.max_tokens == 256
    assert encoder.count_tokens(["", "ferries run", "run " * 1000]) == [2, 4, 1002]


def test_embedding_cuts_at_the_limit(encoder: OnnxEncoder) -> None:
    seen = "run " * (encoder.max_tokens - 2)
    np.testing.assert_array_equal(*encoder.encode([seen, seen + "bridge"]))


def test_a_second_loading_reads_what_the_first_exported(encoder: OnnxEncoder) -> None:
    again = load_encoder()
    assert again == encoder
    assert again.folder.parent == cache_directory() / "encoders"


def test_prompts_of_a_model_are_used(small_model: Path) -> None:
    encoder = load_encoder(str(small_model))
    model = SentenceTransformer(str(small_model), device="cpu")
    text = "a small bridge."
    passage = model.encode(text, prompt_name="document", normalize_embeddings=True)
    question = model.encode(text, prompt_name="query", normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode([text])[0], passage, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_question(text), question, atol=1e-5)
    assert not np.allclose(passage, question, atol=1e-3)


def test_a_prompt_counts_as_tokens(small_model: Path) -> None:
    encoder = load_encoder(str(small_model))
    assert encoder.passage_prompt == "passage: "
    assert encoder.count_tokens(["", "ab"]) == [10, 12]


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json", "manifest.json"])
@pytest.mark.parametrize("damage", ["torn", "changed", "missing"])
@pytest.mark.usefixtures("own_cache")
def test_a_damaged_export_is_made_again(small_model: Path, name: str, damage: str) -> None:
    encoder = load_encoder(str(small_model))
    before = encoder.encode(["a bridge"])
    path = encoder.folder / name
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[:-9] if damage == "torn" else b"x" + content[1:])
    np.testing.assert_array_equal(load_encoder(str(small_model)).encode(["a bridge"]), before)
    assert path.stat().st_size > len(content) - 9


@pytest.mark.usefixtures("own_cache")
def test_the_export_of_another_model_is_made_again(small_model: Path, encoder: OnnxEncoder) -> None:
    small = load_encoder(str(small_model))
    before = small.encode(["a bridge"])
    shutil.copytree(encoder.folder, small.folder, dirs_exist_ok=True)
    np.testing.assert_array_equal(load_encoder(str(small_model)).encode(["a bridge"]), before)


@pytest.mark.usefixtures("own_cache")
def test_an_export_is_shared_by_folders_of_the_same_contents(
    small_model: Path, own_small_model: Path
) -> None:
    first = load_encoder(str(small_model))
    second = load_encoder(str(own_small_model))
    assert (first.model, second.model) == (str(small_model), str(own_small_model))
    assert (first.folder, first.fingerprint) == (second.folder, second.fingerprint)


def test_an_encoder_that_is_cached_needs_no_model_files(own_small_model: Path) -> None:
    encoder = load_encoder(str(own_small_model))
    shutil.rmtree(own_small_model)
    assert load_encoder(str(own_small_model), encoder.fingerprint) == encoder


@pytest.mark.usefixtures("own_cache")
def test_a_model_of_another_fingerprint_is_refused(small_model: Path) -> None:
    with pytest.raises(ModelError, match="its files changed since the index was built"):
        load_encoder(str(small_model), "0" * 32)


def test_a_cache_that_cannot_be_written_is_named(own_cache: Path, small_model: Path) -> None:
    own_cache.parent.mkdir()
    own_cache.touch()
    with pytest.raises(ModelError, match="cannot be written there") as raised:
        load_encoder(str(small_model))
    assert str(raised.value).startswith(str(own_cache))


def test_batches_hold_every_text_once_and_few_tokens() -> None:
    lengths = [300, 5, 128, 7, 100, 5, 128, 60]
    batches = list(_batches(lengths))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    assert [[lengths[i] for i in batch] for batch in batches] == [
        [5, 5, 7, 60],
        [100, 128],
        [128],
        [300],
    ]
    assert list(_batches([])) == []
