"""Kinds of English words, as far as they show where a noun phrase begins and ends."""

import re
from functools import lru_cache

from index.lexical import FUNCTION_WORDS

_NOT_ADVERBS = frozenset("ally anomaly assembly family monopoly rally reply supply".split())
_ENDS_LIKE_ADJECTIVE = re.compile(r".{3}(ous|ful|less|able|ible|ish|iest|ier)$")
_ENDS_LIKE_PLURAL = re.compile(r".{2,}[^suio]s$")


def _kind(kind: str, listed: str) -> dict[str, str]:
    return dict.fromkeys(listed.split(), kind)


_KINDS = (
    dict.fromkeys(FUNCTION_WORDS, "f")
    # Articles.
    | _kind("D", "a an the")
    # Others that stand before a noun.
    | _kind("P", "its our their these this those")
    # The same, of a person: without the person, such a noun says little.
    | _kind("q", "her his my your")
    # Prepositions: after one, a run of words of no other kind is a noun phrase, most likely.
    | _kind(
        "I",
        "about above across after against along amid among around at before behind below beneath "
        "between beyond by concerning despite down during for from in inside into like near on "
        "onto outside over regarding since through throughout toward towards under until upon via "
        "with within without",
    )
    | _kind("O", "of")
    | _kind("t", "to")
    | _kind("&", "and but nor or")
    | _kind("c", "that")
    # Before these a noun phrase is over.
    | _kind(
        "A",
        "am are arent be been being can cannot cant could couldnt did didnt do does doesnt doing "
        "done dont had hadnt has hasnt have havent having id ill im is isnt ive may might must "
        "shall should shouldnt thats theres theyre theyve was wasnt were werent weve will wont "
        "would wouldnt youre youve",
    )
    | _kind("p", "he i she they we what which who whom whose")
    # A word before these is a verb.
    | _kind("o", "him it me them us you")
    | _kind(
        "f",
        "again ago ahead alone already although always another away back bit either else even "
        "ever every further however indeed instead late later less lot maybe mine neither never "
        "now often ours perhaps quite rather simply sometimes soon sooner still theirs though "
        "today together tomorrow tonight twice unless well whether yesterday yet",
    )
    # Numbers, and what orders like them.
    | _kind(
        "#",
        "billion couple dozen dozens eight eighty eleven fifteen fifth fifty first five forty "
        "four half hundred hundreds last million next nine ninety quarter second seven seventh "
        "seventy several six sixty ten third thirty thousand three twelve twenty two",
    )
    # These say nothing by themselves.
    | _kind(
        "x",
        "amount answer answers anybody anyone anything april area august basis bulk case cases "
        "cause context course date day days december end evening everybody everyone everything "
        "example extent fact february friday good hour hours idea instance issue january july "
        "june kind kinds lack least level lives long majority man march matter men minute minutes "
        "moment monday month months morning name need needs new night nobody nothing november "
        "number numbers october old one ones order others own part parts people percent period "
        "person place point points possible problem problems question questions reason reasons "
        "rest result room same saturday sense september side sides sign situation somebody "
        "someone something sort spring statement subject summer sunday sure term terms thing "
        "things thousands thursday time times tuesday way ways wednesday week weeks whole winter "
        "woman women word words world worth year years",
    )
    # These are said of something else; before a noun, they are part of a phrase.
    | _kind(
        "a",
        "able alive angry available aware best better big bigger clear close closer cold costly "
        "daily dead deadly dirty dry early easy elderly empty enough expensive free friendly full "
        "happy hard heavy high higher hot hungry illegal important impossible large larger latest "
        "legal likely low lower many monthly more most much open poor ready right safe serious "
        "short sick small smaller strong true unsafe weak weekly wet worse worst wrong young",
    )
    # Participles that the ending does not tell.
    | _kind(
        "e",
        "beaten bitten broken chosen drawn driven eaten fallen forgotten frozen given gone grown "
        "hidden known risen seen shown spoken stolen sworn taken thrown torn worn written",
    )
    # Past tenses that are no nouns, too.
    | _kind(
        "v",
        "arose became began bought broke brought built came caught chose dealt drank drew drove "
        "fell felt fled flew forgot fought found froze gave go got grew heard held hid kept knew "
        "laid led left lent lost made meant met paid put ran rang read rose run sank sat saw sent "
        "shook shot shut slept slid sold sought spent spoke stole stood stuck swept swore taught "
        "thought threw told took tore understood went woke won wore wrote",
    )
)
"""Of words that their endings do not tell, in the form of ``words``."""


def is_listed(word: str) -> bool:
    """Tells whether a word, in the form of ``words``, is of a kind even with a capital."""
    return word in _KINDS


@lru_cache(maxsize=1 << 14)
def kind_of(word: str) -> str:
    """Returns the kind of a word, in the form of ``words``, if it is no name: a letter.

    Those that are not listed are ``f`` (adverbs), ``g`` (-ing), ``e`` (-ed), ``a`` (adjectives,
    by some endings), ``s`` (plural nouns, most often) or ``w`` (nouns, adjectives and the rest).
    """
    if kind := _KINDS.get(word):
        return kind
    if _ENDS_LIKE_ADJECTIVE.match(word):
        return "a"
    if word.endswith("ly") and word not in _NOT_ADVERBS:
        return "f"
    if len(word) > 4 and word.endswith("ing"):
        return "g"
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return "e"
    return "s" if _ENDS_LIKE_PLURAL.match(word) else "w"
