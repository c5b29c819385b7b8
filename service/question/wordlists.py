"""Lists of words, written as one writes them."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def any_of(words: str) -> str:
    """A pattern for any of the words, which may be patterns themselves; `_` in one stands for white space."""
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + ")"


# After these a place can follow.
PREPOSITIONS = listed("in at for of from about did does has is was across on")
# Words that questions are made of, whatever they are about.
COMMON = listed(
    "a about above according across actually after again against ago agree all almost also although always am among "
    "an and another answer any anybody anyone anything anywhere apart are area areas around as ask asked asking at "
    "away bad badly be because become been before being best better between big both briefly but by came can cannot "
    "change changed changes choose come common compare compared comparing comparison concern concerned concerns "
    "could describe described details did difference differences different difficult do does doing done down during "
    "each early easy either else end enough especially even ever every everybody everyone everything exactly "
    "example examples explain explained fail failed fails failing far few find finding findings first five "
    "following for found four from full gave general get gets getting give given gives giving go goes going good "
    "got great had happen happened happening happens hard has have having he hello help helped her here highest him "
    "kid kids mum mums dad dads teen teens lad lads gran nan bloke folk folks guy guys stuff lots loads bit bits ok "
    "his how however i if important improve improved improvement improvements improves improving in include "
    "included including information instead into is issue issues it its just keep key kind kinds know known large "
    "last late later latest least less let like likely list listed little long longer look looked looking lot "
    "lowest made main mainly make makes making many matter may maybe me mean means mention mentioned mentions might "
    "more most mostly much must my name named names near nearly need needed needs never new next no nobody none nor "
    "not nothing now number of off often old on once one only or other others our out over overall own page "
    "paragraph part particular particularly per perform performance performed performing perhaps person place "
    "places please point points poor poorly possible praise praised probably problem problems progress put question "
    "questions quick quickly quite quote quotes rated rather rating ratings really reason reasons recent recently "
    "regarding related report reported reporting reports right said same saw say saying says score scored scores "
    "second section sections see seem seems seen several shall she short shorter should show showed shows similar "
    "since small so some somebody someone something soon still strength strengths strong such summarise summarised "
    "summary support sure take taken takes tell than thank thanks that the their them then there these they thing "
    "things think this those though thought three through time times to today together told too toward towards true "
    "try two type types under understand until up upon us use used useful using usually various very view views "
    "want wanted was way ways we weak weakness weaknesses well went were what whatever when where whether which "
    "while who whole whom whose why will with within without word words work worked working works worse worst would "
    "wrong year years yes yet you your"
)

# They speak of reports and of answers to them, which no finding repeats: beside other words they count little.
OF_REPORTS = listed(
    "report reports inspection inspections assessment council councils area areas authority authorities mention "
    "mentions mentioned refer refers referred discuss discussed cover covered find finds found finding findings "
    "describe described explain explained exact word words wording quote quotes quotation verbatim name names list say "
    "says said tell told score scores paper committee board question answer know want"
)
