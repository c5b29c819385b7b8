"""What is quoted from the index stands in the file: through a reader, the catalogue, and back."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from corpora import FakeEncoder, built, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index.generations import open_index
from indexer.text import clean, digest, strip_invisible

# Words as reports print them, with all that costs offsets elsewhere: letters beyond the basic plane, joined
# emoji, combining accents, ligatures, letters that change their length in lower case.
WORDS = st.sampled_from(
    ["The", "council", "spent", "£1.5m", "“we", "were", "told”", "carers’", "co‑production", "–", "naïve", "e\u0301te",
     "𝒳", "👩‍👩‍👧", "ﬁnance", "İstanbul", "½", "S.42", "3\u00a0km", "日本", "Zoë", "…", "98%", "(a)", "and/or", "x" * 60]
)  # fmt: skip
PARAGRAPHS = st.lists(WORDS, min_size=14, max_size=60).map(lambda words: "Staff " + " ".join(words) + ".")


def wrapped(text: str, width: int) -> str:
    """White space is the file's own: lines broken somewhere, two blanks here and there."""
    lines, words = [], text.split(" ")
    for start in range(0, len(words), width):
        lines.append("  ".join(words[start : start + width]))
    return "\n".join(lines)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARAGRAPHS, min_size=1, max_size=5, unique_by=clean), st.integers(3, 12), st.integers(0, 2**32))
@pytest.mark.parametrize("ending", [".html", ".txt"])
def test_a_quote_by_its_offsets_is_the_published_words(
    fake: FakeEncoder, ending: str, paragraphs: list[str], width: int, seed: int
) -> None:
    published = [clean(strip_invisible(text)[0]) for text in paragraphs]
    body = {
        ".html": "<h1>Report</h1>" + "".join(f"<p>{wrapped(text, width)}</p>" for text in paragraphs),
        # In plain text a short line of its own would be a heading.
        ".txt": "Report\n\n" + "\n\n".join(wrapped(text, width).replace("\n", "   ") for text in paragraphs),
    }[ending]
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = write(Path(folder) / "corpus", {f"report{ending}": body}), Path(folder) / "index"
        built(corpus, index)
        opened = open_index(index)
        stored = opened.catalogue.paragraphs("report")
        windows = {p.key: opened.catalogue.windows_of(p.key) for p in stored}
        opened.close()

    assert [p.paragraph.text for p in stored] == published
    for text, item in zip(published, stored, strict=True):
        assert windows[item.key]
        for start, end, _ in windows[item.key]:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
    chance = random.Random(seed)
    for item, text in zip(stored, published, strict=True):
        assert item.paragraph.digest == digest(text)
        start = chance.randrange(len(text))
        quote = text[start : chance.randrange(start, len(text)) + 1]
        place = text.index(quote)
        assert item.paragraph.text[place : place + len(quote)] == quote
