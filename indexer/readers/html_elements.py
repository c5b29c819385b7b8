"""Which HTML elements are what."""

# ruff: noqa: SIM905 - a long list of words reads best as words

from __future__ import annotations

HEADINGS = {f"h{level}": level for level in range(1, 7)}

NOT_TEXT = frozenset(
    "audio canvas datalist embed frame frameset head iframe img input link map meta "
    "meter noembed noframes noscript object option optgroup picture progress rp script select style svg "
    "template textarea title track video label output".split()
)

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br button cite code col colgroup data del dfn em font i ins kbd mark math nobr "
    "param q rt ruby s samp slot small source span strike strong sub sup time tt u var wbr".split()
)

KNOWN = BLOCKS | _INLINE | NOT_TEXT
"""Element names; a word in angle brackets that is none of them is a word in angle brackets."""
