"""Networks of our own: the packaged encoder, fine-tuned, with heads.

Importing this module imports torch (seconds); asking imports only what was exported.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from index.errors import ModelError, in_one_line
from index.export import write_export
from index.exported import GRAPH_FILE, TOKENIZER_FILE
from index.model import PACKAGED_MODEL, locate_model


def packaged_encoder() -> Any:  # noqa: ANN401 - untyped
    """Returns the packaged encoder, to be trained.

    Its word embeddings are never changed, so that the trained weights, which leave them out, stay
    small.
    """
    encoder: Any = locate_model(PACKAGED_MODEL).load()[0].auto_model
    for never_trained in (encoder.embeddings, encoder.pooler):
        never_trained.requires_grad_(False)
    for module in encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0  # So few passes over the data need none, and it takes a third.
    return encoder


class TrainedNetwork(nn.Module):
    """A network some of whose weights are trained here, and shipped."""

    def trained_state(self) -> dict[str, Tensor]:
        """Returns all weights that training changes."""
        return {
            name: parameter.detach()
            for name, parameter in self.named_parameters()
            if parameter.requires_grad
        }

    def save(self, path: Path) -> None:
        """Writes the trained weights in half precision."""
        halves = {
            name: t.to(torch.float16).contiguous() for name, t in self.trained_state().items()
        }
        save_file(halves, path)

    def load(self, path: Path) -> None:
        """Reads the trained weights from what ``save`` wrote."""
        missing, unexpected = self.load_state_dict(load_file(path), strict=False)
        if unexpected or set(missing) & self.trained_state().keys():
            raise ValueError(f"{path}: these are no weights of this network")


def export_trained(
    network: TrainedNetwork,
    weights: Path,
    fingerprint: str,
    target: Path,
    write: Callable[[Path], None],
) -> None:
    """Exports a network to a folder; see ``index.export.write_export``.

    Args:
        network: Whose weights are to be loaded.
        weights: What was trained.
        fingerprint: What the manifest is to say that it was made from.
        target: The folder.
        write: Writes the loaded network as a graph.

    Raises:
        ModelError: The packaged encoder is damaged, the weights are none of the network, or the
            folder cannot be written.
    """
    try:
        network.load(weights)
    except Exception as error:  # Each way of damage has an error of its own.
        raise ModelError(
            f"{weights}: the weights are damaged ({in_one_line(error)}); reinstall article-qa"
        ) from error

    def make(folder: Path) -> Mapping[str, str]:
        write(folder / GRAPH_FILE)
        tokenizer = locate_model(PACKAGED_MODEL).folder / TOKENIZER_FILE
        shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
        return {"fingerprint": fingerprint}

    write_export(target, make)
