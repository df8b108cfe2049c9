"""What the reader was trained on is not reported on."""

import json
from pathlib import Path

from evals.seen import SQUAD_ARTICLES, SQUADSHIFTS_FILES, load_unseen_squad
from evals.training.reader import recipe

PARAGRAPH = "The heron nests in reeds and eats small fish."


def squad_file(path: Path, *titles: str) -> Path:
    """A paragraph and a question for each article, all different."""
    articles = []
    for number, title in enumerate(titles):
        answer = {"text": "small fish", "answer_start": PARAGRAPH.index("small")}
        asked = {"id": title, "question": f"What does it eat in {title}?", "answers": [answer]}
        paragraph = {"context": f"{PARAGRAPH} {number}", "qas": [asked]}
        articles.append({"title": title, "paragraphs": [paragraph]})
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def test_articles_that_were_trained_on_are_left_out_with_their_questions(tmp_path: Path) -> None:
    path = squad_file(tmp_path / "dev.json", "Herons", *sorted(SQUAD_ARTICLES), "Storks")
    [collection] = load_unseen_squad(path)
    assert [document.title for document in collection.documents] == ["Herons", "Storks"]
    assert [sample.id for sample in collection.samples] == ["Herons", "Storks"]


def test_a_file_that_was_trained_on_is_left_out_whole(tmp_path: Path) -> None:
    for name in sorted(SQUADSHIFTS_FILES):
        assert load_unseen_squad(squad_file(tmp_path / f"{name}.json", "Herons")) == ()
    assert load_unseen_squad(squad_file(tmp_path / "seen.json", *SQUAD_ARTICLES)) == ()


def test_what_is_left_out_is_what_the_recipe_trains_on() -> None:
    trained = {name for phase in recipe.PHASES for name in phase.shares}
    assert trained - {"squad2", "attributions", "politics", "news"} == SQUADSHIFTS_FILES
