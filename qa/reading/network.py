"""The trained reader's network: the packaged encoder, fine-tuned, with heads of our own.

Importing this module imports torch (seconds); asking imports only what was exported.
"""

from typing import Any

from torch import Tensor, nn

from index.trained import TrainedNetwork, packaged_encoder


class ReaderNetwork(TrainedNetwork):
    """Reads ``[CLS] question [SEP] text [SEP]``."""

    encoder: Any

    def __init__(self) -> None:
        """Makes one with the packaged encoder and untrained heads."""
        super().__init__()
        self.encoder = packaged_encoder()
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
