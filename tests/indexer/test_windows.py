from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from corpora import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from indexer.encoders.port import Encoder
from indexer.index.store import LocalStore
from indexer.index.terms import TermsDraft
from indexer.index.vectors import VectorDraft
from indexer.model import BlockKind, Metadata, Paragraph, Report, Role, Section
from indexer.sentences import sentence_spans
from indexer.text import clean, digest
from indexer.windows import Windower, join, window_digest

WORDS = st.sampled_from(["Staff", "met.", "People", "waited", "12.5%", "“why”", "often.", "É", "👩‍👧", "x" * 40, "No."])
TEXTS = st.one_of(st.text(min_size=1, max_size=300).map(clean), st.lists(WORDS, min_size=1, max_size=120).map(" ".join))
SECTION = Section(id="s", path=("Leadership", "Learning from complaints"), level=2)
# A sentence that stands for none of the others, at the very end of a paragraph far beyond what the encoder reads.
LAST = "Only the lighthouse keeper at Saltersea kept spare insulin in a biscuit tin."


def paragraph(text: str, columns: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph(
        id="r:s:1",
        section="s",
        number=1,
        text=text,
        digest=digest(text),
        kind=BlockKind.PARAGRAPH,
        role=Role.FINDING,
        columns=columns,
    )


def report(title: str | None) -> Report:
    return Report(
        id="r", file="r.md", profile="generic", metadata=Metadata(title=title), sections=(SECTION,), paragraphs=()
    )


@given(TEXTS, st.text(max_size=120).map(clean), st.integers(8, 40))
def test_windows_cover_the_paragraph_and_fit_the_encoder(text: str, title: str, most: int) -> None:
    encoder = FakeEncoder(max_tokens=most)
    windower = Windower(encoder)
    context = windower.context(report(title), SECTION, paragraph(text))
    windows = list(windower.windows(paragraph(text), context))

    spans = [(w.start, w.end) for w in windows]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    for start, end in spans:
        assert len(encoder.token_offsets(join(context, text[start:end]))) <= most


@given(TEXTS, st.integers(1, 30))
def test_a_window_is_of_whole_sentences_unless_one_is_longer_than_the_room(text: str, room: int) -> None:
    encoder = FakeEncoder(max_tokens=room + 2)  # two are kept to spare
    windows = list(Windower(encoder).windows(paragraph(text), ""))
    sentences = sentence_spans(text)
    starts = {start for start, _ in sentences}
    ends = {end for _, end in sentences}

    def too_long(place: int) -> bool:
        start, end = next(s for s in sentences if s[0] <= place <= s[1])
        return len(encoder.token_offsets(text[start:end])) > room

    for window in windows:
        assert window.start in starts or too_long(window.start)
        assert window.end in ends or too_long(window.end)
        assert len(encoder.token_offsets(text[window.start : window.end])) <= room
    # None could take in the sentence after it.
    for before, after in pairwise(windows):
        following = next((s for s in sentences if s[0] == after.start), None)
        if following and before.end in ends:
            assert len(encoder.token_offsets(text[before.start : following[1]])) > room


def test_the_context_keeps_the_words_nearest_to_the_paragraph() -> None:
    encoder = FakeEncoder(max_tokens=32)
    context = Windower(encoder).context(report("A title of so many words that it is cut"), SECTION, paragraph("x"))

    assert context.endswith("Leadership. Learning from complaints")
    assert len(encoder.token_offsets(context)) == 8
    of_row = Windower(encoder).context(report(None), SECTION, paragraph("31\t290", ("Open", "Closed")))
    assert of_row == "Leadership. Learning from complaints. Open Closed"


def test_text_that_the_tokenizer_does_not_know_still_has_windows() -> None:
    class Blind(FakeEncoder):
        def token_offsets(self, text: str):
            return []

    windows = Windower(Blind()).windows(paragraph("One came. Two went."), "")

    assert [(w.start, w.end) for w in windows] == [(0, 9), (10, 19)]


def test_the_digest_tells_what_was_embedded() -> None:
    assert window_digest(join("a", "b")) == window_digest("a. b") != window_digest(join("", "b"))
    assert len(window_digest("")) == 16


def test_the_last_sentence_of_the_longest_paragraph_is_found(packaged: Encoder, tmp_path: Path) -> None:
    filler = (
        "Staff in team {n} told us that their caseload had risen to {m} people and that supervision, which the "
        "council’s policy promises every month, had been put off {n} times."
    )
    text = " ".join([*(filler.format(n=n, m=n + 20) for n in range(2, 33)), LAST])
    assert len(text.split()) > 900
    long = paragraph(text)
    windower = Windower(packaged)
    context = windower.context(report("Saltersea Council: local authority assessment"), SECTION, long)
    windows = list(windower.windows(long, context))
    assert len(windows) > 3
    for window in windows:
        joined = join(context, text[window.start : window.end])
        assert len(packaged.token_offsets(joined)) <= packaged.max_tokens
    # Beside it, the first windows of other paragraphs about the same things.
    others = [filler.format(n=n, m=n) for n in range(40, 60)]
    texts = [*(join(context, text[w.start : w.end]) for w in windows), *(join(context, other) for other in others)]
    draft = VectorDraft.empty(packaged.dimension)
    draft.add(range(len(texts)), packaged.encode_documents(texts))
    draft.write(tmp_path)
    TermsDraft(tmp_path).commit()

    (best,) = LocalStore(tmp_path).nearest(packaged.encode_query(LAST), limit=1)

    assert best.key == len(windows) - 1
    assert text[windows[best.key].start : windows[best.key].end].endswith(LAST)
