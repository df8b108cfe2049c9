from qa.types import Answer, Citation, Statement


def _citation(number: int) -> Citation:
    return Citation(number, 1, "Title", None, None, "a.txt", 0, 5, "quote")


def test_the_citations_of_an_answer_are_in_the_order_of_their_numbers_and_each_is_there_once() -> (
    None
):
    statements = tuple(
        Statement("quote", tuple(map(_citation, numbers)), 1.0) for numbers in [(3, 1), (2, 1)]
    )
    answer = Answer("q", "q", "quote", True, 1.0, statements=statements)
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
