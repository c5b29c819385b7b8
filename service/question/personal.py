"""Questions about a person's private life, which are not looked for in any report."""

from __future__ import annotations

import re

from service.question.wordlists import any_of

_WHO = any_of(
    "director chief_executive dass dcs psw social_worker inspector head_?teacher head manager councillor leader "
    "chair(?:man|woman|person)? lead_member governor officer deputy chief_constable nurse doctor teacher carer "
    "resident patient service_user prisoner neighbour colleague boss"
)
_ROLE = rf"(?i:(?:the|this|that|our|your|their|my)\s+(?:\w+\s+){{0,3}}?{_WHO})"
_TITLED = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Cllr|Councillor|Sir|Dame)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)"
_FULL_NAME = r"(?:[A-Z][a-z]+(?:-[A-Z][a-z]+)?\s+(?:[A-Z]\.?\s+)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
# Of whom a report may tell something; and of whom it may be a place that looks like a full name.
_KNOWN = rf"(?:{_TITLED}|{_ROLE}|(?i:his|her|my\s+\w+'s))"
_ANYONE = rf"(?:{_TITLED}|{_ROLE}|{_FULL_NAME})"
# Nobody's are found in a public text.
_HIDDEN = any_of(
    "(?:home|private)_address personal_e-?mail (?:mobile|phone|telephone|mobile_phone)_number bank_details nhs_number "
    "national_insurance_number medical_(?:history|records?|notes) case_(?:file|notes?|records?) personal_details salary"
)
# Of a person of whom a report may tell something, these are private.
_PRIVATE = any_of(
    "house_number postcode e-?mail_address bank_account date_of_birth medical_condition health_(?:records?|condition) "
    "criminal_record wages? religion sexuality sexual_orientation immigration_status marital_status political_views "
    "diagnosis wife husband girlfriend boyfriend"
)
_IS = any_of(
    "gay lesbian straight bisexual trans transgender married divorced single pregnant disabled autistic depressed "
    "an?_alcoholic ill off_sick muslim christian jewish hindu catholic black white asian live living earn paid "
    "have_children have_(?:an?_)?(?:wife|husband|partner|disability|cancer|dementia|depression)"
)
_CASE = any_of("on_(?:the|a|any)_(?:\\w+_)?(?:waiting_list|caseload|register|plan) known_to in_care in_prison")
_SHOWN = any_of("child children resident patient service_user victim complainant whistleblower prisoner pupil")
_ASKS = re.compile(
    rf"{_KNOWN}(?:'s|s')?\s+(?:\w+\s+)?(?i:{_PRIVATE}|{_HIDDEN})\b|{_FULL_NAME}(?:'s)?\s+(?i:{_HIDDEN})\b"
    rf"|\b(?i:{_PRIVATE}|{_HIDDEN})\s+(?:of|for)\s+{_ANYONE}"
    rf"|\b(?i:is|was|does|did|do|where\s+is|how\s+much\s+is)\s+(?:{_TITLED}|{_ROLE})\s+(?:[\w']+\s+){{0,4}}?(?i:{_IS})\b\W*$"
    rf"|\b(?i:where\s+(?:does|did|do|is))\s+{_FULL_NAME}\s+(?:live|living)\b|\b(?i:how\s+old\s+is)\s+{_ANYONE}\W*$"
    rf"|\b(?i:is|was)\s+(?:{_TITLED}|{_FULL_NAME})\s+(?i:{_CASE})\b"
    # People whom a report only describes.
    r"|(?i:\b(?:names?|identit(?:y|ies)|addresses|personal\s+details)\s+of\s+(?:the\s+|every\s+|each\s+|all\s+(?:the\s+)?)?"
    rf"(?:\w+\s+){{0,2}}?{_SHOWN}s?\b(?!\s+(?:charity|group|home|hospital|service|commissioner)))"
)
# What a person types about a person: an e-mail address, an NHS, a National Insurance or a mobile number.
_TYPED = re.compile(
    r"\b[\w.+-]{1,64}@[\w-]+\.[\w.]{2,}\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b"
    r"|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|(?<!\d)(?:\+44|0)7\d{3} ?\d{6}(?!\d)"
)


def is_personal(text: str) -> bool:
    """Whether a question asks for a person's private details, or holds some. Quotes are straight."""
    return _TYPED.search(text) is not None or _ASKS.search(text) is not None
