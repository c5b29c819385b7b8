"""What a follow-up wants of the answer before: to have it shorter, again, in another language, set side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from service.question.phrases import Token
from service.question.wordlists import listed
from service.question.words import has_telling


class Wish(StrEnum):
    """NONE: something is asked of the reports. MORE: what was not yet shown. BETTER: all bodies so far, compared."""

    NONE = "none"
    AGAIN = "again"
    SHORTER = "shorter"
    MORE = "more"
    BETTER = "better"
    SURE = "sure"
    TRANSLATED = "translated"


# True whatever the answer beside it is: to the question before, asked again.
NOTES: Mapping[Wish, str] = {
    Wish.SHORTER: "This service quotes the reports' own sentences and cannot shorten them; the likeliest come first.",
    Wish.MORE: "This is what else was found on the question before.",
    Wish.BETTER: "This service does not judge which is better; what each one's reports say is set side by side.",
    Wish.SURE: "Every sentence is quoted from a report: its number leads to the paragraph, to be checked there.",
    Wish.TRANSLATED: "This service quotes the reports in the language that they are written in and cannot translate.",
}
_WORDS: Mapping[str, Wish] = {
    word: wish
    for wish, words in {
        Wish.AGAIN: "again repeat rephrase restate once",
        Wish.SHORTER: "short shorter brief briefer briefly concise concisely sentence sentences line lines simple "
        "simpler simply summarise summarize summary bullet bullets points",
        Wish.MORE: "more further continue elaborate expand detail details detailed additional additionally anything "
        "information go on carry",
        Wish.BETTER: "better best worse worst stronger weaker compare compares compared comparison versus vs "
        "difference differences differ",
        Wish.SURE: "sure certain really true correct right honest honestly source sources proof prove",
        Wish.TRANSLATED: "translate translated translation language welsh english french polish urdu punjabi bengali "
        "gujarati arabic somali spanish german romanian ukrainian",
    }.items()
    for word in words.split()
}
WISHING = frozenset(_WORDS)
ASKING = listed("what which who whom whose when where why how")
# Of a follow-up they are not what it is about, as little as the words that nothing is searched for.
LIGHT = listed(
    "it its this these those that he him his she her hers they them their theirs there here one ones same else other "
    "others another too also again well instead both two each either first second third fourth fifth last latter "
    "former then now ok okay thanks thank hi hello sorry yes no right great any more about mean means meant case "
    "reason reasons exactly council councils area areas authority report reports know find found explain describe "
    "list name long many much often far say says said tell told think"
)


def content(words: Sequence[Token], light: frozenset[str]) -> tuple[Token, ...]:
    """The words that a follow-up is about."""
    return tuple(word for word in words if word.word not in light and has_telling([word.term]))


def wish_of(words: Sequence[Token], *, bodies: bool) -> Wish:
    """Told by what a follow-up consists of, beside bodies' names: words that wish, and nothing that it is about."""
    if not words:
        return Wish.NONE if bodies else Wish.AGAIN
    said = [_WORDS[word.word] for word in words if word.word in _WORDS]
    asks = any(word.word in ASKING for word in words)
    if Wish.BETTER in said and asks and not bodies:
        return Wish.BETTER
    if bodies or not said or content(words, LIGHT | WISHING):
        return Wish.NONE
    return next((wish for wish in said if wish is not Wish.MORE), Wish.MORE)
