"""What a list item is read under: by itself "plans are issued in time" says the opposite of the list of what is to
improve that it stands in."""

from __future__ import annotations

from indexer.model import BlockKind
from indexer.sentences import sentence_spans
from service.answers.section_kinds import ACTIONS, IMPROVEMENT, words_of
from service.answers.told import Extract

_ENDS = (".", "!", "?", "”", '"', "’")
_TO_IMPROVE = IMPROVEMENT.words | ACTIONS.words


def lead_of(extracts: tuple[Extract, ...]) -> str | None:
    """The heading above words that need it to be understood: of an item that is no whole sentence, or that is one
    point of what is to improve or to be done. None where they stand by themselves."""
    return next((heading for one in extracts if (heading := _lead(one)) is not None), None)


def _lead(one: Extract) -> str | None:
    path, text = one.found.section.path, one.found.paragraph.text
    if one.found.paragraph.kind is not BlockKind.LIST_ITEM or not path:
        return None
    begun = one.text[:1].islower() or not one.text.endswith(_ENDS)
    point = len(list(sentence_spans(text))) == 1 and bool(_TO_IMPROVE.intersection(words_of(path[-1])))
    return path[-1] if begun or point else None
