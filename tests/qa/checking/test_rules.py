"""Each rule by examples, those that it lets through and those that it does not."""

from collections.abc import Sequence
from datetime import date

import pytest

from qa.checking.dates import check_dates
from qa.checking.judgements import check_judgements
from qa.checking.names import check_names
from qa.checking.negation import check_negation
from qa.checking.numbers import check_numbers, numbers
from qa.checking.opposites import check_opposites
from qa.checking.quotations import check_quotations
from qa.checking.roles import check_roles
from qa.checking.scope import check_scope
from qa.checking.speaking import check_speakers
from qa.checking.types import Cited, Rule
from tests.qa.checking.pairs import HARGAN, cited

Case = tuple[Rule, str, str]

HOLDS: Sequence[Case] = [
    (check_numbers, "7 people are in care.", "Seven people remained in care."),
    (check_numbers, "It has 100,000 troops.", "Some 100000 troops are there."),
    (check_numbers, "It has 100 thousand troops.", "Some 100,000 troops are there."),
    (check_numbers, "It costs $2.4 million.", "It costs 2,400,000 dollars."),
    (check_numbers, "Tax rises by 4.6 percent.", "Tax rises by 4.6%."),
    (check_numbers, "Half of the plums were lost.", "About 50 percent of the plums were lost."),
    (check_numbers, "It was the 3rd day.", "It was the third day."),
    (check_numbers, "One of them left.", "A man left."),
    (check_numbers, "Twenty-five boats sank.", "25 boats sank."),
    (check_numbers, "It began at 2:40 p.m.", "It began at 2.40 pm in the afternoon."),
    (check_dates, "It was on August 13.", "It was on 13 August."),
    (check_dates, "It was on Aug. 13, 2024.", "It was on 13 August 2024."),
    (check_dates, "It was on 2024-08-13.", "It was on 13 August 2024."),
    (check_dates, "It was in 2018.", "Since 2018 it was closed."),
    (check_dates, "It may rain.", "Rain may fall."),
    (check_names, "The US agreed.", "American officials agreed."),
    (check_names, "Moscow agreed.", "Russian officials agreed."),
    (check_names, "Britain's navy left.", "The UK navy left."),
    (check_names, "The European Union agreed.", "The EU agreed."),
    (check_names, "NATO agreed.", "The North Atlantic Treaty Organization agreed."),
    (check_names, "President Erdogan spoke.", "Erdoğan spoke."),
    (check_names, "It was Sergei Ryabkov.", "Sergey Ryabkov spoke."),
    (check_names, "It is near the Ukraine-Russia border.", "Russia and Ukraine share a border."),
    (check_names, "Rain is possible.", "It might rain."),
    (check_quotations, "It was “not easy”.", "He called it 'not easy', and left."),
    (check_quotations, '"We dont know," he said.', "We don’t know, he said."),
    (check_quotations, '"The boats … came back".', "The boats that left in May came back."),
    (check_quotations, '"[They] came back".', "The boats came back."),
    (check_negation, "They did not progress.", "No progress was made."),
    (check_negation, "The cuts did not weaken it.", "He denied that the cuts weakened it."),
    (check_negation, "They left the talks.", "They left the talks, which did not please Bern."),
    (check_negation, "He would not comment.", "He declined to comment."),
    (check_negation, "It is safe.", "It is not only safe but cheap."),
    (check_opposites, "Prices rose.", "Prices rose after they fell."),
    (check_opposites, "She is for the plan.", "She is for the plan, he is not."),
    (check_opposites, "Nothing is paid until May.", "Nothing is paid before May."),
    (check_judgements, "She said it was wrong.", "It is wrong, she said."),
    (check_judgements, "He said the report was false.", "He called the report falsely made."),
    (check_scope, "At all events he left.", "He left."),
    (check_scope, "All of them left.", "Every one of them left."),
    (check_scope, "Russia may attack.", "Russia could attack."),
    (check_roles, "Iran accused Iraq.", "Iraq was accused by Iran."),
    (check_roles, "Miners sold the coal in May.", "In May the coal was sold by miners."),
    (check_numbers, "It began at 4 a.m.", "It began at four in the morning."),
    (check_numbers, "The two sides met.", "The sides met."),
    (check_dates, "It was owed since March.", "It was owed from March."),
    (check_negation, "It opened in June.", "It was not opened until June."),
    (check_negation, "There will be no vote.", "She ruled out a vote."),
    (check_scope, "It came only in July.", "It came in July."),
    (check_scope, "Residents want it.", "Residents in the town want it, and other residents do."),
    (check_roles, "Norway pays 60 million.", "Norway pays 60 million, Sweden 35 million."),
]  # fmt: skip

BREAKS: Sequence[Case] = [
    (check_judgements, "Ryabkov lied that there was no plan.", "Ryabkov said there was no plan."),
    (check_judgements, "Ryabkov falsely said so.", "Ryabkov said so."),
    (check_judgements, "He had no plan, which is true.", "He had no plan, he said."),
    (check_judgements, "His claim was met with laughter.", "He claimed it."),
    (check_numbers, "8 people are in care.", "Seven people remained in care."),
    (check_numbers, "It has 10,000 troops.", "Some 100,000 troops are there."),
    (check_numbers, "It costs $60 billion.", "It costs $60 million."),
    (check_numbers, "It costs €60 million.", "It costs $60 million."),
    (check_numbers, "Tax rises by 5 percent.", "Tax rises by £5."),
    (check_numbers, "It treated 32 people.", "It treated 86 people and moved 32 patients."),
    (check_numbers, "It was the fourth day.", "It was the third day."),
    (check_numbers, "It began at 2:40 a.m.", "It began at 2:40 p.m."),
    (check_dates, "It was on August 14.", "It was on 13 August."),
    (check_dates, "It was in June.", "It was in July."),
    (check_dates, "It was in 2019.", "It was in 2018."),
    (check_dates, "It was on Tuesday.", "It was on Monday."),
    (check_dates, "It was last month.", "It was this month."),
    (check_names, "It was in Vienna.", "It was in Geneva."),
    (check_names, "It was in Moscow.", "It was in Russia."),
    (check_names, "Kolvic said so.", "Hargan said so."),
    (check_names, "It was Anna Hargan.", "It was Leopold Hargan."),
    (check_names, "China agreed.", "The US agreed."),
    (check_quotations, "He called it “easy going”.", "He called it easy."),
    (check_quotations, '"The boats came back".', "The boats that left came back."),
    (check_quotations, '"It does … want a war".', "It does not want a war."),
    (check_negation, "Progress was made.", "No progress was made."),
    (check_negation, "It has the intention to attack.", "It has no intention to attack."),
    (check_negation, "They will not respond.", "They will respond decisively."),
    (check_negation, "He confirmed that it was sold.", "He denied that it was sold."),
    (check_negation, "There was no agreement.", "There was an agreement."),
    (check_opposites, "Prices fell sharply.", "Prices rose sharply."),
    (check_opposites, "She voted for the plan.", "She voted against the plan, for once."),
    (check_opposites, "It closed before the vote.", "It closed after the vote."),
    (check_opposites, "It stays closed until Friday.", "It closed before Friday."),
    (check_scope, "All residents left.", "Some residents left."),
    (check_scope, "Only Iran agreed.", "Iran agreed."),
    (check_scope, "Russia will attack.", "Russia could attack."),
    (check_scope, "They have never sold any.", "They sold none last year."),
    (check_roles, "Iran accused Iraq.", "Iraq accused Iran."),
    (check_roles, "The mayor warned nurses.", "Nurses warned the mayor of a strike."),
    (check_negation, "She agreed to a vote.", "She ruled out a vote."),
    (check_scope, "Residents want it.", "Other residents want it."),
    (check_scope, "Pharmacists rang shops.", "The pharmacist Elias Kemp rang shops."),
    (check_roles, "Sweden pays 60 million.", "Norway pays 60 million, Sweden 35 million."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "statement", "text"), HOLDS)
def test_what_says_the_same_holds(rule: Rule, statement: str, text: str) -> None:
    assert rule(statement, cited(text)) is None


@pytest.mark.parametrize(("rule", "statement", "text"), BREAKS)
def test_what_says_something_else_is_found(rule: Rule, statement: str, text: str) -> None:
    assert rule(statement, cited(text))


def test_a_reason_names_what_is_missing() -> None:
    assert check_numbers("It has 120 boats.", [HARGAN]) == "the number 120 is not in what it cites"
    assert check_names("It was in Lisbon.", [HARGAN]) == "the name Lisbon is not in what it cites"


def test_numbers_are_read_in_words_and_digits() -> None:
    text = "two hundred and five boats, 3.5 million people, 7% of them, 1,250 dollars"
    assert [(n.value, n.unit, n.counted) for n in numbers(text)] == [
        (205, "", "boat"),
        (3_500_000, "", "peopl"),
        (7, "%", ""),
        (1250, "$", ""),
    ]


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("It was on 5 August 2024.", True),
        ("It was on August 5.", True),
        ("It was in August 2024.", True),
        ("It was on 4 August 2024.", False),
        ("It was on Tuesday.", False),
        ("It was in 2023.", False),
    ],
)
def test_the_day_of_publication_says_which_monday_it_was(statement: str, holds: bool) -> None:
    assert (check_dates(statement, [HARGAN]) is None) is holds


@pytest.mark.parametrize(
    ("name", "holds"),
    [("Leopold Hargan", True), ("Tamarel", True), ("Evening Post", True), ("Kolvic", False)],
)
def test_names_are_known_from_the_speaker_and_the_headline(name: str, holds: bool) -> None:
    assert (check_names(f"It was about {name}.", [HARGAN]) is None) is holds


def test_a_name_in_the_sentence_before_counts_where_something_refers_back() -> None:
    before = "Jonas Threlkeld fought the fire."
    assert (
        check_names("It hit Threlkeld.", cited("He was struck by a tree.", before=before)) is None
    )
    assert check_names("It hit Threlkeld.", cited("Trees were falling.", before=before))


def test_a_quotation_may_go_over_sentences_that_follow_each_other() -> None:
    one, other = Cited("It was cold."), Cited("We went home.", before="It was cold.")
    far = Cited("We went home.", before="It rained.")
    assert check_quotations('"It was cold. We went home."', [one, other]) is None
    assert check_quotations('"It was cold. We went home."', [one, far])


SAID = [
    Cited("The fire crossed the river on Sunday, Kolvic said.", "Anders Kolvic"),
    Cited("Hargan said that soldiers would help to move people.", "Leopold Hargan"),
]


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("Kolvic said that the fire crossed the river.", True),
        ("The fire crossed the river, said Anders Kolvic.", True),
        ("According to Kolvic, the fire crossed the river.", True),
        ("The fire crossed the river.", True),
        ("Hargan said that the fire crossed the river.", False),
        ("The fire crossed the river, according to Hargan.", False),
        ("Kolvic said the fire crossed the river, and Hargan said soldiers would help.", True),
        ("Hargan said the fire crossed the river, and Kolvic said soldiers would help.", False),
        ("The bishop said that the fire crossed the river.", False),
    ],
)
def test_somebody_says_what_they_say_in_what_is_cited(statement: str, holds: bool) -> None:
    assert (check_speakers(statement, SAID) is None) is holds


def test_who_is_told_something_does_not_say_it() -> None:
    told = cited("Finer told CNN's Jim Sciutto that the talks go on.", "Jon Finer")
    assert check_speakers("Sciutto said that the talks go on.", told)
    assert check_speakers("Finer said that the talks go on.", told) is None


def test_a_country_may_stand_for_who_speaks_for_it() -> None:
    said = cited("Ryabkov said that Moscow would not attack.", "Sergey Ryabkov")
    assert check_speakers("Russia said that it would not attack.", said) is None
    assert check_speakers("Britain said that it would not attack.", said)


def test_a_date_of_publication_alone_is_no_weekday() -> None:
    published = [Cited("The bridge was closed.", published=date(2022, 1, 10))]
    assert check_dates("It was closed in January 2022.", published) is None
    assert check_dates("It was closed on Monday.", published)
