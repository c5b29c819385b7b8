"""Questions about a person's private life, which are not looked for in any report."""

from __future__ import annotations

import re

from service.question.wordlists import any_of, listed

_WHO = any_of(
    "director chief_executive dass dcs psw (?:principal_)?social_worker (?:lead_)?inspector head_?teacher head "
    "(?:registered_)?manager councillor (?:council_)?leader chair(?:man|woman|person)? portfolio_holder lead_member "
    "governor officer deputy chief_constable nurse doctor teacher carer resident patient service_user prisoner "
    "neighbour colleague boss"
)
_ROLE = rf"(?i:(?:the|this|that|our|your|their|my)\s+(?:\w+\s+){{0,3}}?{_WHO})"
_TITLED = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Cllr|Councillor|Sir|Dame)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)"
_FULL_NAME = r"(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)?\s+(?:[A-Z]\.?\s+)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
_KNOWN = rf"(?:{_TITLED}|{_ROLE})"
_ANYONE = rf"(?:{_TITLED}|{_ROLE}|{_FULL_NAME})"
# Nobody's are found in a public text.
_HIDDEN = (
    "home_address private_address personal_e-?mail mobile(?:_phone)?_number (?:tele)?phone_number bank_details "
    "nhs_number national_insurance_number medical_(?:history|records?|notes) case_(?:file|notes?|records?) "
    "personal_details salary"
)
# Of a person of whom a report may tell something, these are private.
_PRIVATE = (
    f"{_HIDDEN} home_(?:phone|number) house_number postcode e-?mail_address bank_account date_of_birth "
    "medical_condition health_(?:records?|problems?|condition) social_care_(?:file|records?) criminal_record wages? "
    "religion sexuality sexual_orientation immigration_status marital_status political_views diagnosis wife husband "
    "girlfriend boyfriend children's_names"
)
_TRAIT = any_of(
    "gay lesbian straight bisexual trans transgender married divorced single pregnant disabled autistic depressed "
    "an?_alcoholic ill off_sick muslim christian jewish hindu catholic black white asian"
)
_STATE = any_of(
    "on_(?:the|a|any)_(?:\\w+_)?(?:waiting_list|caseload|register|plan) known_to_(?:social|the_police) "
    "in_(?:care|prison) receiving_care getting_care"
)
_HAS = any_of(
    r"have_children\W*$ have_an?_(?:wife|husband|partner|disability|criminal_record|mental) have_cancer have_dementia "
    "have_depression"
)
_SHOWN = any_of("child children resident patient service_user victim complainant whistleblower prisoner pupil detainee")
_DESCRIBED = any_of("man woman boy girl mother father son daughter child couple family person resident patient")

_DETAILS = (
    rf"{_KNOWN}(?:'s|s')\s+(?:\w+\s+)?(?i:{any_of(_PRIVATE)})\b"
    rf"|\b(?i:{any_of(_PRIVATE)})\s+(?:of|for)\s+{_KNOWN}"
    rf"|{_FULL_NAME}(?:'s)?\s+(?i:{any_of(_HIDDEN)})\b"
    rf"|\b(?i:his|her|my\s+\w+'s)\s+(?i:{any_of(_HIDDEN)})\b"
    rf"|\b(?i:{any_of(_HIDDEN)})\s+(?:of|for)\s+{_FULL_NAME}"
)
_LIVES = rf"\b(?i:where\s+(?:does|do|is))\s+{_ANYONE}\s+(?:\w+\s+){{0,3}}?(?:live|living|go\s+to\s+school)\b"
_HOW_OLD = (
    rf"\b(?i:how\s+(?:old\s+is|much\s+(?:is|does|did)))\s+{_KNOWN}(?:\s+(?:of|for|at|in)\s+[\w' ]+?)?"
    r"(?:\s+(?:earn|paid|make|get))?\s*\??$"
)
_NATURE = rf"\b(?i:is|was)\s+{_KNOWN}\s+(?:[\w']+\s+){{0,4}}?(?i:{_TRAIT})\b"
_CASE = (
    rf"\b(?i:is|was)\s+(?:{_TITLED}|{_FULL_NAME})\s+{_STATE}\b"
    rf"|\b(?i:what(?:'s|\s+is)\s+wrong\s+with)\s+(?:{_TITLED}|{_FULL_NAME})"
)
_HOLDS = rf"\b(?i:does|did|do)\s+{_KNOWN}\s+(?:[\w']+\s+){{0,4}}?{_HAS}"
# People whom a report only describes.
_WHO_IT_IS = (
    r"(?i:\b(?:names?|identit(?:y|ies)|addresses|personal\s+details)\s+of\s+(?:the\s+|every\s+|each\s+|all\s+"
    rf"(?:the\s+)?)?(?:\w+\s+){{0,2}}?{_SHOWN}s?\b(?!\s+(?:charity|group|home|hospital|service|commissioner)))"
    rf"|(?i:\b(?:name|identity)\s+of\s+the\s+(?:\w+\s+)?{_DESCRIBED}\s+(?:with|whose)\b)"
)
_DETAIL_WORDS = (
    "address email mail number postcode account birth history record records notes file condition problems details "
    "wage wages salary religion sexuality orientation status views diagnosis wife husband girlfriend boyfriend names"
)
_NATURE_WORDS = (
    "gay lesbian straight bisexual trans transgender married divorced single pregnant disabled autistic depressed "
    "alcoholic ill sick muslim christian jewish hindu catholic black white asian"
)
# Each with words of which it needs one, so that most questions are not searched.
_RULES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (listed(_DETAIL_WORDS), re.compile(_DETAILS)),
    (listed("live lives living school"), re.compile(_LIVES)),
    (listed("old earn paid make get"), re.compile(_HOW_OLD)),
    (listed(_NATURE_WORDS), re.compile(_NATURE)),
    (listed("list caseload register plan known care prison wrong"), re.compile(_CASE)),
    (listed("have"), re.compile(_HOLDS)),
    (listed("name names identity identities addresses details"), re.compile(_WHO_IT_IS)),
)
# What a person types about a person: an e-mail address, an NHS, a National Insurance or a mobile number.
_TYPED = re.compile(
    r"\b[\w.+-]{1,64}@[\w-]+\.[\w.]{2,}\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b"
    r"|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|(?<!\d)(?:\+44|0)7\d{3} ?\d{6}(?!\d)"
)


def is_personal(text: str) -> bool:
    """Whether a question asks for a person's private details, or holds some. Quotes are straight."""
    if ("@" in text or any(c.isdigit() for c in text)) and _TYPED.search(text):
        return True
    found = frozenset(re.findall(r"[a-z]+", text.lower()))
    return any(not words.isdisjoint(found) and rule.search(text) is not None for words, rule in _RULES)
