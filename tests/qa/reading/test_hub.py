"""Models of the hub by name, with small ones that are made here: nothing is fetched."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertTokenizerFast,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

import qa
from index.errors import ModelError
from qa.reading.hub import QuestionAnsweringReader, load_hub_reader
from tests.qa.hits import make_hit

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the ferry carries 412 cars captain is ada who how many ? ."
HITS = [make_hit(1, "The ferry carries 412 cars.", "The captain is Ada."), make_hit(2, "Who?")]


def config(**options: object) -> BertConfig:
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    return BertConfig(
        vocab_size=len(WORDS.split()), intermediate_size=8, max_position_embeddings=64,
        **sizes, **options,
    )  # fmt: skip


def saved(model: PreTrainedModel, folder: Path) -> str:
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS.split()))
    model.save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    return str(folder)


@pytest.fixture
def cross_encoder(tmp_path: Path) -> str:
    torch.manual_seed(1)
    return saved(BertForSequenceClassification(config(num_labels=1)), tmp_path / "cross")


@pytest.fixture
def question_answering(tmp_path: Path) -> str:
    torch.manual_seed(2)
    return saved(BertForQuestionAnswering(config()), tmp_path / "spans")


def test_a_cross_encoder_scores_sentences(cross_encoder: str) -> None:
    reading = load_hub_reader(cross_encoder).read("How many cars?", HITS)
    supports = [evidence.support for evidence in reading.evidence]
    assert reading.confidence == max(supports)
    assert all(0 < support < 1 for support in supports)
    assert {evidence.answer for evidence in reading.evidence} == {None}


def test_a_question_answering_model_finds_spans_inside_of_sentences(
    question_answering: str,
) -> None:
    reading = load_hub_reader(question_answering).read("How many cars?", HITS)
    for evidence in reading.evidence:
        assert evidence.answer is not None
        assert evidence.span.start <= evidence.answer.start < evidence.answer.end
        assert evidence.answer.end <= evidence.span.end
    assert 0 < reading.confidence < 1


def test_a_question_longer_than_the_model_can_read_is_cut(
    cross_encoder: str, question_answering: str
) -> None:
    for name in (cross_encoder, question_answering):
        assert load_hub_reader(name).read("how many cars " * 140, HITS).evidence


def test_a_token_that_counts_the_space_before_it_is_one_of_its_sentence(tmp_path: Path) -> None:
    words = "<pad> <unk> <cls> <sep> ▁ ▁the ▁ferry ▁sank. ▁yes ▁who?".split()
    unigram = Tokenizer(Unigram([(word, -1.0) for word in words], unk_id=1))
    unigram.pre_tokenizer = Metaspace()
    unigram.post_processor = TemplateProcessing(
        single="<cls> $A <sep>", pair="<cls> $A <sep> $B:1 <sep>:1",
        special_tokens=[("<cls>", 2), ("<sep>", 3)],
    )  # fmt: skip
    BertForQuestionAnswering(config()).save_pretrained(tmp_path)
    PreTrainedTokenizerFast(
        tokenizer_object=unigram, unk_token="<unk>", cls_token="<cls>", sep_token="<sep>",
        pad_token="<pad>", model_max_length=64,
    ).save_pretrained(tmp_path)  # fmt: skip
    hits = [make_hit(1, "The ferry sank.", "Yes")]
    reader = load_hub_reader(str(tmp_path))
    assert isinstance(reader, QuestionAnsweringReader)
    found = {c.text: c for c in reader._candidates("Who?", hits[0])}
    assert set(found) == {"The ferry sank.", "Yes"}
    assert found["Yes"].answer == (found["Yes"].span, 1.0)


def test_nothing_found_is_nothing_read(cross_encoder: str, question_answering: str) -> None:
    for name in (cross_encoder, question_answering):
        assert load_hub_reader(name).read("How many cars?", []).evidence == ()


def test_a_model_by_name_answers(question_answering: str, bundled_directory: Path) -> None:
    with qa.open(index_dir=bundled_directory, reader=question_answering) as articles:
        answer = articles.ask("What did Ryabkov say about NATO?")
    shown = answer.citations or answer.left_out[0].statement.citations
    assert all(c.quote in bundled_text(bundled_directory) for c in shown)


def bundled_text(directory: Path) -> str:
    with qa.open(index_dir=directory, reader="none") as articles:
        return articles.articles()[0].text


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    name = saved(BertForMaskedLM(config()), tmp_path / "masked")
    with pytest.raises(ModelError, match="but BertForMaskedLM"):
        load_hub_reader(name)


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelError, match="nobody/nothing"):
        load_hub_reader("nobody/nothing")


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_hub_reader(str(tmp_path))
