"""A small run: two suites, two systems, every outcome, and texts that try to be markup."""

from collections.abc import Mapping

from evals.summary import summarize
from evals.types import Evidence, Quote, Run, Sample, Scored
from index.types import Document

OURS, OTHER = "article-qa", "plain LlamaIndex"
NEWS, ODD = "news", "odd <i>names</i> & more"
SCRIPT = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'><!--"

FERRY = (
    "Ferry 🚢🚢 stops\n"
    "The ferry 🚢 stopped on Friday, its owner said. It starts again in May 👩‍🚀 at noon.\n"
    "A ticket costs 4 crowns. Dogs 🐕 travel free, Ms Orr said."
)
_FILLER = "Nothing of note happened on this day either. 🚢\n" * 200
BRIDGE = f"Bridge opens\n{_FILLER}It cost 3 crowns.\n{_FILLER}It is red."
MAYOR = f"Mayor resigns\nThe mayor said {SCRIPT} and left. She {{{{ 7 * 7 }}}} waved."


def _document(key: str, text: str) -> Document:
    return Document(key=key, source=key, text=text, title=text.partition("\n")[0])


ARTICLES = {
    "ferry": _document("ferry", FERRY),
    "bridge": _document("bridge", BRIDGE),
    "mayor": _document("mayor", MAYOR),
}
DOCUMENTS: Mapping[str, Mapping[str, Document]] = {NEWS: ARTICLES, ODD: ARTICLES}


def quote(words: str, key: str = "ferry", speaker: str | None = None) -> Quote:
    """A quote of these words, from their place."""
    start = ARTICLES[key].text.index(words)
    return Quote(key, start, start + len(words), words, speaker)


def evidence(words: str, key: str = "ferry") -> Evidence:
    """Evidence at these words."""
    start = ARTICLES[key].text.index(words)
    return Evidence(key, start, start + len(words))


START = Sample(
    id="start",
    question="When does the ferry 🚢 start again?",
    kind="date",
    answerable=True,
    alternatives=((evidence("It starts again in May"),), (evidence("in May 👩‍🚀 at noon"),)),
    answers=("in May",),
    speaker=("the owner",),
)
PRICE = Sample("price", "Ticket price?", "number", True, ((evidence("A ticket costs"),),))
BRIDGE_COST = Sample(
    "bridge", "What did it cost?", "number", True, ((evidence("It cost 3 crowns.", "bridge"),),)
)
WEATHER = Sample("weather", "Will it rain?", "absent", False, within="ferry")
MAYOR_SAID = Sample(
    id=SCRIPT,
    question=f"What did the mayor say about {SCRIPT}?",
    kind="<b>hostile</b>",
    answerable=True,
    alternatives=((evidence(SCRIPT, "mayor"),),),
    answers=(SCRIPT,),
)
FOLLOW_UP = Sample(
    id="follow-up",
    question="And dogs?",
    kind="follow-up",
    answerable=True,
    alternatives=((evidence("Dogs 🐕 travel free"),),),
    history=("What does a ticket cost?", "For children?"),
    standalone="What does a ticket cost for dogs?",
)


def scored(
    sample: Sample,
    *cited: Quote,
    answered: bool = True,
    right: bool = False,
    system: str = OURS,
    confidence: float = 0.5,
) -> Scored:
    """What a system made of a sample; the answer is its quotes."""
    outcome = right and answered if sample.answerable else not answered
    refused = "wrongly refused" if sample.answerable else "refused"
    return Scored(
        suite=NEWS,
        system=system,
        sample=sample,
        answered=answered,
        confidence=confidence,
        right=right,
        answer=" ".join(each.text for each in cited),
        cited=cited,
        scores={"right outcome": float(outcome), refused: float(not answered), "hit@1": 1.0},
    )


def searched(name: str, rank: float) -> Scored:
    """A sample of which only the finding was measured."""
    sample = Sample(name, f"Found {name}?", "query", True, ((evidence("at noon"),),))
    return Scored(ODD, OURS, sample, answered=True, scores={"MRR@10": rank, "hit@1": rank // 1})


RIGHT = scored(
    START, quote("again in May 👩‍🚀 at noon.", speaker="the owner"), right=True, confidence=0.9
)
WRONG = scored(PRICE, quote("Dogs 🐕 travel free"))
REFUSED = scored(FOLLOW_UP, quote("Dogs 🐕 travel free"), answered=False, right=True)
RIGHTLY_REFUSED = scored(WEATHER, answered=False, confidence=0.1)
HOSTILE = scored(MAYOR_SAID, quote(SCRIPT, "mayor"), right=True, confidence=0.8)
FAILED = Scored(NEWS, OURS, PRICE, error=f"ValueError: {SCRIPT}")

SCORED = (
    RIGHT,
    WRONG,
    REFUSED,
    RIGHTLY_REFUSED,
    HOSTILE,
    scored(BRIDGE_COST, quote("It is red.", "bridge")),
    scored(START, Quote(None, None, None, "from nowhere"), system=OTHER),
    scored(PRICE, Quote("ferry", None, None, "from anywhere"), system=OTHER),
    scored(FOLLOW_UP, Quote("ferry", 0, 5, "Fairy"), Quote("gone", 0, 4, "lost"), system=OTHER),
    scored(WEATHER, quote("at noon"), system=OTHER),
    Scored(NEWS, OTHER, MAYOR_SAID, error=f"ValueError: {SCRIPT}"),
    searched("second", 0.5),
    searched("first", 1.0),
)


def made_run() -> Run:
    """All of it, summed up."""
    places = dict.fromkeys((each.suite, each.system) for each in SCORED)
    summaries = [
        summarize(suite, system, [s for s in SCORED if (s.suite, s.system) == (suite, system)])
        for suite, system in places
    ]
    return Run(summaries, SCORED, DOCUMENTS)
