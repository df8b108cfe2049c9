"""The wire works with an engine of others: ``transformers serve``, with a model made here."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from qa.llm.errors import LlmError
from qa.llm.messages import Limits, Message
from qa.llm.model import open_model
from qa.llm.settings import LlmSettings

START_SECONDS = 120
TEMPLATE = "{% for m in messages %}{{ m.role }} : {{ m.content }} {% endfor %}assistant :"
WORDS = "<unk> </s> system user assistant : who said that he she did not war peace".split()


@pytest.fixture(scope="module")
def model_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language model of a few thousand random weights, which knows a dozen words."""
    directory = tmp_path_factory.mktemp("tiny")
    words = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="<unk>"))
    words.pre_tokenizer = WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="<unk>", eos_token="</s>", pad_token="</s>"
    )
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(directory)
    torch.manual_seed(0)
    LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(WORDS),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            eos_token_id=WORDS.index("</s>"),
            bos_token_id=None,
        )
    ).save_pretrained(directory)
    return directory


@pytest.fixture(scope="module")
def settings(model_directory: Path) -> Iterator[LlmSettings]:
    """The model behind a server of its own."""
    command = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(model_directory)]
    log = model_directory / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", "0", "--device", "cpu"],
            env=os.environ | {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""},
            stdout=output,
            stderr=output,
        )
    try:
        yield LlmSettings(str(model_directory), f"{_address(server, log)}/v1")
    finally:
        server.kill()
        server.wait()


def _address(server: "subprocess.Popen[bytes]", log: Path) -> str:
    """Where it listens, once it does."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if found := re.search(r"running on (http://[\d.:]+)", log.read_text()):
            return found[1]
        time.sleep(0.1)
    return pytest.fail(f"the engine did not start: {log.read_text()}")


def test_a_real_engine_answers_piece_by_piece(settings: LlmSettings) -> None:
    model = open_model(settings)
    asked = [Message("system", "he said war"), Message("user", "who said that")]
    limits = Limits(seconds=60, output_tokens=12)
    pieces = list(model.stream(asked, limits))
    assert len(pieces) > 1
    assert set("".join(pieces).split()) <= set(WORDS)
    assert list(model.stream(asked, limits)) == pieces
    assert model.name == settings.model


def test_a_real_engine_is_left_in_the_middle(settings: LlmSettings) -> None:
    stream = open_model(settings).stream([Message("user", "who")], Limits(seconds=60))
    assert next(stream)
    stream.close()


def test_what_a_real_engine_refuses_is_one_error(settings: LlmSettings) -> None:
    other = LlmSettings("no-such/model", settings.base_url)
    with pytest.raises(LlmError, match=r"refused the request \(400\): Server is pinned"):
        list(open_model(other).stream([Message("user", "who")], Limits(seconds=60)))
