"""Folders of exported networks: a graph, its tokenizer, and a manifest that vouches for both."""

import hashlib
import json
from pathlib import Path
from typing import Any

import onnxruntime

GRAPH_FILE = "graph.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Reads what an export says of itself; None where it is missing, torn or damaged."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        digests = manifest.pop("sha256")
        whole = all(digest_of(folder / name) == digest for name, digest in digests.items())
        return dict(manifest) if whole else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def open_graph(folder: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    """Loads an export's graph to run it.

    Args:
        folder: Of the export.
        threads: How many work on one run together; 0 for one a core.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait busily would take the processor from the next network.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    graph = str(folder / GRAPH_FILE)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def digest_of(path: Path) -> str:
    """Returns a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
