import shutil
from pathlib import Path

import onnx
import onnx.numpy_helper
import pytest
import torch

from index.errors import ModelError
from index.exported import GRAPH_FILE
from index.locations import cache_directory
from qa.reading.graph import _inputs, load_reader, packaged_reader
from qa.reading.network import ReaderNetwork
from qa.reading.windows import pack
from qa.service import ArticleQA
from tests.qa.hits import make_hit
from tests.qa.processes import run_python

WEIGHTS = Path(__file__).parents[3] / "qa" / "data" / "reader.safetensors"
HITS = [
    make_hit(1, "The ferry carries 412 cars.", "It was built in Gdansk."),
    make_hit(2, "The captain is Ada Moll."),
]


def test_the_graph_gives_nearly_what_the_network_gives() -> None:
    graph, network = load_reader(WEIGHTS), ReaderNetwork().eval()
    network.load(WEIGHTS)
    inputs = _inputs(pack("How many cars does the ferry carry?", HITS, graph.tokenizer))
    with torch.inference_mode():
        expected = network(**{name: torch.from_numpy(value) for name, value in inputs.items()})
    found = graph.session.run(["tokens", "answerable"], inputs)
    for given, wanted in zip(found, expected, strict=True):
        # It computes in 8 bits; logits are from about -10 to 10.
        assert (torch.from_numpy(given) - wanted).abs().mean() < 1


def test_no_sum_of_two_products_overflows_without_vnni() -> None:
    graph = onnx.load(packaged_reader().folder / GRAPH_FILE).graph
    quantized = [w for w in graph.initializer if w.data_type == onnx.TensorProto.INT8]
    matrices = [onnx.numpy_helper.to_array(w).astype(int) for w in quantized if w.dims[0] > 1]
    assert len(matrices) >= 6 * 6
    assert max(abs(matrix).max() for matrix in matrices) * 255 * 2 <= 2**15 - 1


def test_every_sentence_is_read_once() -> None:
    read = packaged_reader().read("How many cars does the ferry carry?", HITS)
    assert sorted((s.hit, s.number) for s in read) == [(0, 0), (0, 1), (1, 0)]


def test_the_sentence_with_the_number_answers_how_many() -> None:
    read = packaged_reader().read("How many cars does the ferry carry?", HITS)
    best = max(read, key=lambda s: s.signals.margin)
    text = HITS[best.hit].passage.text[slice(*best.answer.span)]
    assert text in ("412", "412 cars")


def test_nothing_found_is_nothing_read() -> None:
    assert packaged_reader().read("How many?", []) == []


def test_a_damaged_export_is_made_again() -> None:
    graph = load_reader(WEIGHTS)
    (graph.folder / GRAPH_FILE).write_bytes(b"torn")
    assert load_reader(WEIGHTS).read("How many?", HITS)


def test_other_weights_are_another_export(tmp_path: Path) -> None:
    network = ReaderNetwork()
    torch.nn.init.zeros_(network.tokens.weight)
    network.save(tmp_path / "other.safetensors")
    folder = load_reader(tmp_path / "other.safetensors").folder
    assert folder != load_reader(WEIGHTS).folder
    assert folder.parent == cache_directory() / "readers"
    shutil.rmtree(folder)


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.safetensors: the reader's weights are missing"):
        load_reader(tmp_path / "none.safetensors")


def test_asking_imports_no_torch(bundled_qa: ArticleQA) -> None:
    assert bundled_qa.ask("What did Ryabkov say about NATO?").citations  # It is exported now.
    program = f"""
import sys, qa
with qa.open(index_dir={str(bundled_qa.index.directory)!r}) as articles:
    print(articles.ask("What did Ryabkov say about NATO?").answered)
print([name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules])
"""
    assert run_python("-c", program).stdout == "True\n[]\n"


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(WEIGHTS.read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"torn\.safetensors: the weights are damaged"):
        load_reader(torn)
