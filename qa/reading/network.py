"""The trained reader's network: the packaged encoder, fine-tuned, with heads of our own.

Importing this module imports torch (seconds); asking imports only what was exported.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from index.model import PACKAGED_MODEL, locate_model


class ReaderNetwork(nn.Module):
    """Reads ``[CLS] question [SEP] text [SEP]``.

    The word embeddings are those of the packaged model and are never changed, so that the
    trained weights, which leave them out, stay small.
    """

    encoder: Any

    def __init__(self) -> None:
        """Makes one with the packaged encoder and untrained heads."""
        super().__init__()
        self.encoder = locate_model(PACKAGED_MODEL).load()[0].auto_model
        for never_trained in (self.encoder.embeddings, self.encoder.pooler):
            never_trained.requires_grad_(False)
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # So few passes over the data need none, and it takes a third.
        width = self.encoder.config.hidden_size
        self.tokens = nn.Linear(width, 3)
        self.answerable = nn.Linear(width, 1)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Returns the logits.

        Args:
            input_ids: Shape (texts, tokens), as are the other two.
            attention_mask: 1 for tokens, 0 for padding.
            token_type_ids: 0 for the question, 1 for the text.

        Returns:
            Of the tokens, in the order of ``qa.reading.signals``: whether the answer starts
            there, ends there, and whether the token is in a sentence that helps to answer, shape
            (texts, tokens, 3); the first token's start and end stand for "no answer". Of the
            texts: whether there is an answer, shape (texts,).
        """
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.tokens(states), self.answerable(states[:, 0]).squeeze(-1)

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
