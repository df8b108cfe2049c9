"""Whose words a question asks for."""

import pytest

from qa.speech import asked_phrase


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("What did Ryabkov say about NATO?", "Ryabkov"),
        ("what did sherman say about natos open-door policy", "sherman"),
        ("How did the mayor of Corrow react to the power cut?", "the mayor of Corrow"),
        ("According to the former engineer, what went wrong?", "the former engineer"),
        ("What was Ryabkov's answer on NATO?", "Ryabkov"),
        ("Sherman’s view on the status of Crimea?", "Sherman"),
        ("Did the Pentagon ever comment?", "the Pentagon"),
        ("What does Carmen Ilves think of the ban?", "Carmen Ilves"),
        ("Has Moscow denied it?", "Moscow"),
        ("According to Riabkov what did NATO promise?", "NATO"),
        ("According to Riabkov, was NATO there?", "Riabkov"),
        ("How did the minister answer the union's criticism?", "the minister"),
        ("What was the minister's answer?", "the minister"),
        ("Was Moscow denying it?", "Moscow"),
        ("According to the article, how many troops are there?", None),
        ("What does the text say about NATO?", None),
        ("What was this article called?", None),
        ("Has anyone claimed responsibility?", None),
        ("Who is in this position?", None),
        ("Who issued this warning?", None),
        ("What was the crisis response?", None),
        ("What is the new bridge called?", None),
        ("Why was the match called off?", None),
        ("What was Smith accused of?", None),
        ("Where was the suspect believed to be hiding?", None),
        ("Is there a plan to add a lane?", None),
        ("How many troops are there?", None),
        ("Who said that the talks failed?", None),
        ("When did the talks begin?", None),
    ],
)
def test_a_question_tells_whose_words_it_asks_for(question: str, phrase: str | None) -> None:
    assert asked_phrase(question) == phrase
