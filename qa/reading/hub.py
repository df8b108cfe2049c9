"""Reads with a model of the Hugging Face hub, or a folder: asking then imports torch.

What such a model says is taken as it is: nobody has calibrated it on questions of ours.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from index.errors import ModelError, in_one_line
from index.model import ModelFiles, locate_model
from index.sentences import trim
from index.types import Hit, Span
from qa.reading.choice import Candidate, ChoiceModel, ShortAnswer
from qa.reading.logistic import Logistic
from qa.types import Reader, Reading

if TYPE_CHECKING:
    import torch

MORE = 0.5
"""See ``ChoiceModel``: a sentence half as likely as the best is shown, too."""

_AS_IT_IS = ChoiceModel(Logistic((1.0,), 0.0), Logistic((1.0, 0.0), 0.0), MORE, sure=0.0)
_MAX_TOKENS = 512


def load_hub_reader(name: str) -> Reader:
    """Returns the reader of a cross-encoder or a question-answering model.

    Args:
        name: A folder, or a hub name, which is fetched where it is not on this machine.

    Raises:
        ModelError: It is missing, cannot be loaded, or is of another kind.
    """
    from transformers import AutoConfig

    files = locate_model(name, download=True)
    config = _loaded(files, AutoConfig.from_pretrained)
    kinds = config.architectures or [""]
    if kinds[0].endswith("ForQuestionAnswering"):
        return QuestionAnsweringReader(files)
    if kinds[0].endswith("ForSequenceClassification") and config.num_labels == 1:
        return CrossEncoderReader(files)
    raise ModelError(
        f"{name}: neither a question-answering model nor a cross-encoder with one score, but "
        f"{kinds[0] or 'a model of no named kind'}"
    )


class CrossEncoderReader:
    """Scores each sentence by itself: its log odds of answering are the model's score."""

    def __init__(self, files: ModelFiles) -> None:
        """Loads the model; see ``load_hub_reader``."""
        from sentence_transformers import CrossEncoder

        self._model = _loaded(files, CrossEncoder, device="cpu")
        most = (_MAX_TOKENS, self._model.max_length or _MAX_TOKENS, _positions(self._model.config))
        self._model.max_length = min(most)

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        import torch

        places = [(hit, span) for hit in hits for span in hit.passage.sentences]
        pairs = [(question, hit.passage.sentence(span)) for hit, span in places]
        if not pairs:
            return Reading((), 0.0)
        scores = self._model.predict(pairs, activation_fn=torch.nn.Identity())
        return _AS_IT_IS.read(
            [
                Candidate(hit.passage, span, (float(score),))
                for (hit, span), score in zip(places, scores, strict=True)
            ]
        )


class QuestionAnsweringReader:
    """Finds the best span of each sentence; its log odds are its margin over "no answer"."""

    def __init__(self, files: ModelFiles) -> None:
        """Loads the model; see ``load_hub_reader``."""
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._tokenizer = _loaded(files, AutoTokenizer.from_pretrained, use_fast=True)
        self._model = _loaded(files, AutoModelForQuestionAnswering.from_pretrained).eval()
        if not self._tokenizer.is_fast or self._tokenizer.cls_token_id is None:
            raise ModelError(
                f"{files.name}: its tokenizer does not say where tokens stand, or has no token "
                'that stands for "no answer"'
            )

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        return _AS_IT_IS.read([c for hit in hits for c in self._candidates(question, hit)])

    def _candidates(self, question: str, hit: Hit) -> Iterator[Candidate]:
        import torch

        encoded = self._encoded(question, hit.passage.text)
        offsets = encoded.pop("offset_mapping")[0].tolist()
        null = encoded["input_ids"][0].tolist().index(self._tokenizer.cls_token_id)
        tokens = [
            (i, _trimmed(hit, *offsets[i]))
            for i, part in enumerate(encoded.sequence_ids(0))
            if part == 1
        ]
        with torch.inference_mode():
            logits = self._model(**encoded)
        start, end = logits.start_logits[0], logits.end_logits[0]
        for sentence in hit.passage.sentences:
            own = [
                (i, at) for i, at in tokens if sentence.start <= at.start < at.end <= sentence.end
            ]
            if own:
                score, first, last = _best_span(start, end, [i for i, _ in own])
                margin = score - float(start[null] + end[null])
                answer = Span(own[first][1].start, own[last][1].end)
                yield Candidate(hit.passage, sentence, (margin,), ShortAnswer(answer, 1.0))

    def _encoded(self, question: str, text: str) -> Any:  # noqa: ANN401 - untyped
        """Both as tensors; the question, and then the text, as far as the model can read."""
        most = min(_MAX_TOKENS, self._tokenizer.model_max_length, _positions(self._model.config))
        asked = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)
        kept = asked["offset_mapping"][: most // 4]
        return self._tokenizer(
            question[: kept[-1][1]] if kept else question,
            text,
            truncation="only_second",
            max_length=most,
            return_offsets_mapping=True,
            return_tensors="pt",
        )


def _trimmed(hit: Hit, start: int, end: int) -> Span:
    """A token's place in the article, without the space before it that some tokenizers count."""
    return trim(hit.article.text, Span(hit.passage.start + start, hit.passage.start + end))


def _best_span(
    start: "torch.Tensor", end: "torch.Tensor", own: Sequence[int]
) -> tuple[float, int, int]:
    """The score of the best span of these tokens, and the first and last of it among them."""
    scores = start[own][:, None] + end[own][None, :]
    backwards = scores.new_ones(scores.shape).tril(-1) > 0
    best = int(scores.masked_fill(backwards, float("-inf")).argmax())
    first, last = divmod(best, len(own))
    return float(scores[first, last]), first, last


def _positions(config: Any) -> int:  # noqa: ANN401 - untyped
    """How many tokens a model has places for; some keep the first two for themselves."""
    return int(getattr(config, "max_position_embeddings", _MAX_TOKENS + 2)) - 2


def _loaded(files: ModelFiles, load: Any, **options: object) -> Any:  # noqa: ANN401 - untyped
    """What loads from the model's folder, running no code that it brings."""
    try:
        return load(str(files.folder), local_files_only=True, trust_remote_code=False, **options)
    except Exception as error:  # A damaged file makes it raise anything, TypeError included.
        raise ModelError(f"{files.name}: it cannot be loaded: {in_one_line(error)}") from error
