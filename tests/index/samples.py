"""Articles, odd texts, and small parts that several tests of ``index`` use."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from index.types import Encoder, Span, Vectors

BRIDGE = """\
Harbour bridge closes for repairs
20230405
https://news.example/2023/04/harbour-bridge/
The harbour bridge will close on Monday, Mayor Lena Ortiz said. Repairs cost $60 million.
Ferries run every ten minutes until June. Drivers don't like the detour.
"""
FLOOD = """\
Barriers hold as river floods Westmark
20230612
https://news.example/2023/06/westmark-flood/
The barriers in Westmark held through the night, engineers said. U.S. experts had built them.
Russia's own barriers are older. Nobody in Westmark was hurt.
"""

_ODD = [
    "İ",
    "\u0301",
    "😀",
    "👩‍🚀",
    "\u2028",
    "\x85",
    "\u200b",
    "\ufeff",
    "ש",
    "。",
    "ﬁ",
    "½",
    "각",
]
_PIECES = [
    *_ODD,
    "The talks ended. ",
    "He left! ",
    '"Stay," she said. ',
    "No! said he. ",
    "U.S. ",
    "Mr. ",
    "... ",
    "שלום עולם. ",
    "e\u0301te\u0301 ",
    "# ",
    "> ",
    "- ",
    "1. ",
    "---\n",
    "title: A\n",
    "20230405",
    "https://news.example/a",
    "x" * 120,
    "x,." * 40,
    "0918273645" * 8,
    "\t",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
]
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
odd_texts = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=25).map("".join),
    st.text(st.one_of(_CHARACTERS, st.sampled_from("aB .!?\"'()\r\n-…’")), max_size=200),
)
"""Texts as no editor would pass them: marks, emoji, other scripts, long words, line ends."""


def assert_divides(text: str, outer: Span, spans: Sequence[Span]) -> None:
    """The spans are in order, apart, without space at their ends, and lose only white space."""
    position = outer.start
    for start, end in spans:
        assert position <= start < end <= outer.end
        assert text[start:end] == text[start:end].strip()
        assert not text[position:start].strip()
        position = end
    assert not text[position : outer.end].strip()


class CountingEncoder:
    """An encoder that counts the texts that it embeds, questions apart."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.model = encoder.model
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.max_tokens = encoder.max_tokens
        self.embedded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return self._encoder.encode(texts)

    def encode_question(self, question: str) -> Vectors:
        return self._encoder.encode_question(question)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)


def make_small_model(folder: Path) -> Path:
    """Makes a BERT of one layer that spells every word, with prompts of its own."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *".,:"]
    vocabulary += [f"##{letter}" for letter in letters]
    bert = folder.with_name(f"{folder.name}-bert")
    tokenizer = BertTokenizerFast(vocab={token: i for i, token in enumerate(vocabulary)})
    tokenizer.save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    torch.manual_seed(0)
    BertModel(config).save_pretrained(bert)
    modules = [Transformer(str(bert), max_seq_length=32), Pooling(8)]
    prompts = {"query": "question: ", "document": "passage: "}
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder))
    return folder
