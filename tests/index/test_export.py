import json
import os
from pathlib import Path

import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import LSTM, BoW, Pooling, Transformer
from torch import nn

from index.errors import ModelError
from index.export import _move, export_encoder
from index.model import ModelFiles, locate_model


def save(modules: list[nn.Module], folder: Path) -> ModelFiles:
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return locate_model(str(folder))


def test_the_folder_holds_graph_tokenizer_and_manifest(small_model: Path, tmp_path: Path) -> None:
    files = locate_model(str(small_model))
    target = tmp_path / "encoders" / "small"
    export_encoder(files, target)
    assert {path.name for path in target.parent.rglob("*")} == {
        *["small", "graph.onnx", "tokenizer.json", "manifest.json"]
    }
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["fingerprint"] == files.fingerprint
    assert (manifest["dimension"], manifest["max_tokens"]) == (8, 32)


def test_what_is_there_is_replaced(small_model: Path, tmp_path: Path) -> None:
    target = tmp_path / "small"
    target.mkdir()
    (target / "torn").touch()
    export_encoder(locate_model(str(small_model)), target)
    assert not (target / "torn").exists()
    assert (target / "manifest.json").exists()


def test_what_killed_exports_left_goes_when_it_is_old(small_model: Path, tmp_path: Path) -> None:
    old, young = tmp_path / "old.tmp", tmp_path / "young.tmp"
    for scratch in (old, young):
        (scratch / "encoder").mkdir(parents=True)
    os.utime(old, (0, 0))
    export_encoder(locate_model(str(small_model)), tmp_path / "small")
    assert {path.name for path in tmp_path.iterdir()} == {"small", "young.tmp"}


def test_a_model_without_a_fast_tokenizer_is_refused(tmp_path: Path) -> None:
    files = save([BoW(["bridge", "ferry"])], tmp_path / "words")
    with pytest.raises(ModelError, match="words: it has no fast tokenizer"):
        export_encoder(files, tmp_path / "encoder")


def test_a_model_that_cannot_be_exported_is_refused(small_model: Path, tmp_path: Path) -> None:
    bert = small_model.with_name(f"{small_model.name}-bert")
    files = save([Transformer(str(bert)), LSTM(8, 4), Pooling(8)], tmp_path / "lstm")
    with pytest.raises(ModelError, match="lstm: it cannot be exported: "):
        export_encoder(files, tmp_path / "encoder")
    assert not (tmp_path / "encoder").exists()


def test_a_place_that_cannot_be_written_is_named(small_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "encoder"
    with pytest.raises(ModelError, match="cannot be written there") as raised:
        export_encoder(locate_model(str(small_model)), target)
    assert str(raised.value).startswith(f"{target}: ")


def test_an_export_that_cannot_be_moved_away_is_kept(tmp_path: Path) -> None:
    """As it is where another process was faster."""
    folder, target = tmp_path / "scratch" / "encoder", tmp_path / "target"
    for path in (folder, target, folder.with_name("torn")):
        path.mkdir(parents=True)
        (path / "manifest.json").write_text(path.name)
    _move(folder, target)
    assert (target / "manifest.json").read_text() == "target"
    assert not folder.exists()


def test_an_export_that_cannot_be_put_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    with pytest.raises(FileNotFoundError):
        _move(tmp_path / "encoder", tmp_path / "missing" / "target")
