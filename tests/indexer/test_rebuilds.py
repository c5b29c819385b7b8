"""An index that grew by changes holds just what one built from nothing holds."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from conftest import use
from corpora import ALDERMERE, BORROW, COLNE, DUNMOOR, FakeEncoder, built, dump, write
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from indexer.errors import CorpusError
from indexer.index import draft

NAMES = ("a.md", "b.md", "sub/a.md", "sub-a.md", "c.txt", "d.html")
TEXTS = (
    ALDERMERE,
    ALDERMERE.replace("zebra", "wombat").replace("Score: 2", "Score: 4"),
    BORROW,
    BORROW.replace("31", "32"),
    COLNE,
    COLNE.replace("month", "week"),
    DUNMOOR,
    DUNMOOR.replace("quilt", "zebra"),
    "",
    "# Headings\n\n## And nothing under them",
    "\xff\x00\xfe".join("bad"),
)
STATEMENTS = (
    "",
    '[[report]]\nfile = "a.md"\nid = "first"\ntitle = "The first"\n',
    '[[report]]\nfile = "b.md"\nid = "a"\nsubject = "Borrow"\n',
    '[[report]]\nfile = "a.md"\nprofile = "generic"\npublished = 2024\n[[report]]\nfile = "gone.md"\n',
)
CHANGES = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("state"), st.none(), st.sampled_from(STATEMENTS)),
    st.tuples(st.just("swap"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


@pytest.fixture
def exact_rarity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Removed paragraphs are cleared away at once, not only when they have become many."""
    monkeypatch.setattr(draft, "_REMOVED_SHARE", 0.0)


def change(corpus: Path, what: str, name: str | None, value: str | None) -> None:
    path = corpus / (name or "reports.toml")
    if what in ("write", "state"):
        write(corpus, {path.relative_to(corpus).as_posix(): value})
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif path.exists() and value != name:
        other = corpus / value
        other.parent.mkdir(exist_ok=True)
        if what == "swap" and other.exists():
            kept = other.read_bytes()
            other.write_bytes(path.read_bytes())
            path.write_bytes(kept)
        else:
            path.rename(other)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=4), min_size=2, max_size=4))
def test_an_index_that_grew_equals_one_built_from_nothing(
    fake: FakeEncoder, exact_rarity: None, steps: list[list[tuple]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder) / "corpus", {"a.md": ALDERMERE, "c.txt": COLNE})
        grown, cold = Path(folder) / "grown", Path(folder) / "cold"
        built(corpus, grown)
        for changes in steps:
            for one in changes:
                change(corpus, *one)
            try:
                result = built(corpus, grown)
            except CorpusError:
                event("no report was left")
                continue
            event(f"changed: {result.changed}, skipped: {len(result.skipped) > 0}")
            shutil.rmtree(cold, ignore_errors=True)
            afresh = built(corpus, cold)

            assert dump(grown) == dump(cold)
            assert result.problems == afresh.problems
            assert result.skipped == afresh.skipped


def test_removed_words_do_not_make_the_others_look_common(tmp_path: Path, fake: FakeEncoder) -> None:
    corpus = write(tmp_path / "corpus", {"borrow.md": BORROW})
    for number in range(6):
        text = f"# Colne\n\nThe zebra house rose {number} times.\n\nStaff met.\n\nPeople waited.\n\nNo one fell."
        built(write(corpus, {"colne.md": text}), tmp_path / "grown")
    built(corpus, tmp_path / "cold")

    assert dump(tmp_path / "grown")["rarity"] == dump(tmp_path / "cold")["rarity"]


def test_ids_stay_when_other_files_come_and_go(corpus: Path, index: Path, fake: FakeEncoder) -> None:
    built(corpus, index)
    before = {p.id: p.text for paragraphs in dump(index)["paragraphs"] for _, p in paragraphs}
    write(corpus, {"0.md": "# Zero\n\nThe first by name.", "zz.md": "# Zz\n\nThe last by name."})
    (corpus / "borrow.md").unlink()
    built(corpus, index)
    after = {p.id: p.text for paragraphs in dump(index)["paragraphs"] for _, p in paragraphs}

    gone = {i for i in before if i.startswith("borrow:")}
    assert gone
    assert {i: t for i, t in after.items() if i in before} == {i: t for i, t in before.items() if i not in gone}


def test_an_encoder_of_another_length_makes_other_windows(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, FakeEncoder("long", max_tokens=400))
    long = built(corpus, index).counts
    use(monkeypatch, FakeEncoder("short", max_tokens=16))
    short = built(corpus, index).counts

    assert short["windows"] > long["windows"]
    assert short["paragraphs"] == long["paragraphs"]
