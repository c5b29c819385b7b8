from __future__ import annotations

from pathlib import Path

import pytest
from conftest import use
from corpora import ALDERMERE, BORROW, CORPUS, FakeEncoder, Heard, built, dump, write

import indexer.build
from indexer.errors import CorpusError, EncoderError
from indexer.index.generations import current_generation, open_index
from indexer.text import clean

TITLED = '[[report]]\nfile = "colne.txt"\ntitle = "Colne in 2024"\nsubject = "Colne"\npublished = 2024-05-01\n'


@pytest.fixture
def made(corpus: Path, index: Path, fake: FakeEncoder) -> Path:
    built(corpus, index)
    fake.embedded.clear()
    return index


def texts(index: Path) -> str:
    opened = open_index(index)
    found = [p.paragraph.text for r in opened.catalogue.reports() for p in opened.catalogue.paragraphs(r.id)]
    opened.close()
    return "\n".join(found)


def test_a_first_build(corpus: Path, index: Path, fake: FakeEncoder) -> None:
    heard = Heard()

    result = built(corpus, index, heard)

    assert result.ok
    assert result.changed
    assert result.generation == current_generation(index)
    assert [f.file for f in result.files] == heard.read == list(CORPUS)
    assert [(f.report, f.paragraphs, f.ratings) for f in result.files][:2] == [("aldermere", 4, 2), ("borrow", 4, 0)]
    assert result.counts["paragraphs"] == sum(f.paragraphs for f in result.files)
    assert result.counts["ratings"] == 2
    assert result.windows_embedded == result.counts["windows"] == len(fake.embedded)
    assert (result.windows_reused, result.unchanged, result.removed) == (0, 0, ())
    assert heard.models == ["fake"]
    assert heard.shares[0] == 0.0
    assert heard.shares[-1] == 1.0
    assert heard.shares == sorted(heard.shares)
    assert heard.notes == []
    assert "zebra" in texts(index)


def test_what_is_embedded_is_the_paragraph_with_its_context(made: Path, corpus: Path, fake: FakeEncoder) -> None:
    write(corpus, {"wharf.md": "# Wharf report\n\n## Tides\n\nThe tide came in twice.\n"})
    built(corpus, made)

    assert fake.embedded == ["Wharf report. Tides. The tide came in twice."]


def test_nothing_changed_needs_no_encoder(made: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*args: object, **options: object) -> None:
        raise AssertionError("the encoder was loaded")

    monkeypatch.setattr(indexer.build, "load_encoder", none)
    before, heard = current_generation(made), Heard()

    result = built(corpus, made, heard)

    assert not result.changed
    assert result.ok
    assert (result.generation, result.unchanged) == (before, 4)
    assert result.counts["reports"] == 4
    assert current_generation(made) == before
    assert (heard.read, heard.models) == ([], [])


def test_touching_a_file_changes_nothing(made: Path, corpus: Path) -> None:
    (corpus / "borrow.md").write_text(BORROW)

    assert not built(corpus, made).changed


def test_only_a_changed_file_is_read_and_only_its_changed_windows_are_embedded(
    made: Path, corpus: Path, fake: FakeEncoder
) -> None:
    write(corpus, {"aldermere.md": ALDERMERE.replace("two days", "nine days")})
    heard = Heard()

    result = built(corpus, made, heard)

    assert heard.read == ["aldermere.md"]
    assert len(fake.embedded) == result.windows_embedded == 1
    assert "nine days" in fake.embedded[0]
    assert result.unchanged == 3
    assert result.windows_reused > 0
    assert "two days" not in texts(made)


def test_a_renamed_file_keeps_its_vectors(made: Path, corpus: Path, fake: FakeEncoder) -> None:
    before = dump(made)
    (corpus / "borrow.md").rename(corpus / "moved.md")

    result = built(corpus, made)

    assert fake.embedded == []
    assert result.windows_reused == result.files[0].paragraphs == 4
    assert result.removed == ("borrow",)
    assert dump(made)["vectors"] == before["vectors"]
    opened = open_index(made)
    assert opened.catalogue.report("borrow") is None
    assert opened.catalogue.paragraphs("moved")[0].paragraph.id.startswith("moved:")
    opened.close()


def test_a_removed_file_vanishes_from_every_part(made: Path, corpus: Path, fake: FakeEncoder) -> None:
    (corpus / "aldermere.md").unlink()

    result = built(corpus, made)

    assert result.removed == ("aldermere",)
    assert (fake.embedded, result.windows_embedded, result.windows_reused) == ([], 0, 0)
    assert "zebra" not in texts(made)
    opened = open_index(made)
    assert opened.catalogue.ratings() == ()
    assert opened.store.matching({"zebra": 1.0}, limit=9) == []
    windows = opened.catalogue.counts()["windows"]
    found = opened.store.nearest(fake.encode_query("x"), limit=1000)
    assert len(found) == windows == len(opened.catalogue.windows_at([m.key for m in found]))
    opened.close()
    for part in (made / "generations" / result.generation).iterdir():
        if part.is_file():
            assert b"zebra" not in part.read_bytes()


def test_another_model_embeds_everything_anew(
    made: Path, corpus: Path, fake: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, heard = FakeEncoder("other"), Heard()
    use(monkeypatch, other)

    result = built(corpus, made, heard)

    assert heard.notes == ["the index was made with fake; everything is embedded anew with other"]
    assert len(other.embedded) == result.counts["windows"] == result.windows_embedded
    assert result.windows_reused == 0
    opened = open_index(made)
    assert (opened.manifest.model_name, opened.manifest.model_digest) == ("other", other.model.digest)
    opened.close()


def test_a_changed_recipe_reads_everything_and_keeps_the_vectors(
    made: Path, corpus: Path, fake: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, heard = dump(made), Heard()
    monkeypatch.setattr(indexer.build, "recipe_digest", lambda profiles: "another")

    result = built(corpus, made, heard)

    assert heard.read == list(CORPUS)
    assert fake.embedded == []
    assert result.windows_reused == result.counts["windows"]
    assert dump(made) == before


def test_a_profile_of_ones_own_changes_the_recipe(made: Path, corpus: Path, tmp_path: Path) -> None:
    profile = 'name = "ours"\ntitle = "Our own reports"\n[detect]\nthreshold = 1\n'
    mine = write(tmp_path / "mine", {"ours.toml": profile})

    result = built(corpus, made, profiles=mine)

    assert result.changed
    assert len(result.files) == 4


def test_what_reports_toml_says_is_used_and_its_change_is_a_change(made: Path, corpus: Path) -> None:
    write(corpus, {"reports.toml": TITLED})
    heard = Heard()

    result = built(corpus, made, heard)

    assert result.ok
    assert heard.read == ["colne.txt"]
    opened = open_index(made)
    known = opened.catalogue.report("colne").metadata
    assert (known.title, known.subject, str(known.published)) == ("Colne in 2024", "Colne", "2024-05-01")
    assert known.origins["title"] == "reports.toml"
    opened.close()


def test_a_stated_id_is_kept_when_the_file_moves(made: Path, corpus: Path, fake: FakeEncoder) -> None:
    entry = '[[report]]\nfile = "{}"\nid = "colne-2024"\n'
    write(corpus, {"reports.toml": entry.format("colne.txt")})
    built(corpus, made)
    fake.embedded.clear()
    (corpus / "colne.txt").rename(corpus / "later.txt")
    write(corpus, {"reports.toml": entry.format("later.txt")})

    result = built(corpus, made)

    assert result.ok
    assert (result.removed, fake.embedded) == ((), [])
    opened = open_index(made)
    assert opened.catalogue.report("colne-2024").file == "later.txt"
    opened.close()


@pytest.mark.parametrize("first", ["a.md", "b.md"])
def test_of_two_files_with_the_same_words_the_first_by_name_is_indexed(
    tmp_path: Path, index: Path, fake: FakeEncoder, first: str
) -> None:
    corpus = write(tmp_path / "twins", {first: BORROW})
    built(corpus, index)

    result = built(write(corpus, {"a.md": BORROW, "b.md": BORROW}), index)

    assert [(s.file, s.reason) for s in result.skipped] == [("b.md", "holds the same words as a.md")]
    assert result.counts["reports"] == 1
    (corpus / "a.md").unlink()
    assert built(corpus, index).ok
    opened = open_index(index)
    assert [r.file for r in opened.catalogue.reports()] == ["b.md"]
    opened.close()


def test_markdown_and_plain_text_of_the_same_words(tmp_path: Path, index: Path, fake: FakeEncoder) -> None:
    text = "Colne report\n\nThe partnership met every month.\n\nIts “wharf” office closed in 2024, and no other opened."
    straight = text.replace("“", '"').replace("”", '"').replace("Colne report", "# Colne report")

    result = built(write(tmp_path / "twins", {"a.md": straight, "b.txt": text}), index)

    assert [(s.file, s.reason, s.fix) for s in result.skipped] == [
        ("b.txt", "holds the same words as a.md", "remove one of the two")
    ]


def test_files_of_one_name_have_ids_of_their_own(tmp_path: Path, index: Path, fake: FakeEncoder) -> None:
    files = ["x/Report 1.md", "y/report-1.md", "y/report-1.txt", "report_1.html", "日本.md"]
    corpus = write(tmp_path / "alike", {name: f"# R\n\nThe text of {name}." for name in files})
    built(corpus, index)

    opened = open_index(index)
    ids = {r.file: r.id for r in opened.catalogue.reports()}
    opened.close()

    assert len(set(ids.values())) == 5
    assert ids["report_1.html"] == "report-1"
    assert all(i.isascii() and clean(i) == i for i in ids.values())


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (None, "is not a folder; name the folder that holds the reports"),
        ({}, "holds no reports; put files ending"),
        (
            {"notes.css": "x", "README.md": "x", "_draft.md": "x", ".hidden.md": "x", "_old/a.md": "x"},
            "holds no reports",
        ),
    ],
)
def test_a_corpus_without_reports(
    tmp_path: Path, index: Path, fake: FakeEncoder, files: dict[str, str] | None, told: str
) -> None:
    corpus = tmp_path / "none"
    if files is not None:
        corpus.mkdir()
        write(corpus, files)

    with pytest.raises(CorpusError, match=told) as caught:
        built(corpus, index)

    assert str(corpus) in str(caught.value)
    assert current_generation(index) is None


def test_an_encoder_that_fails_leaves_the_old_generation(
    made: Path, corpus: Path, fake: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(made)
    write(corpus, {"more.md": "# More\n\nOne more report."})

    def broken(texts: object) -> None:
        raise EncoderError("no more memory")

    monkeypatch.setattr(fake, "encode_documents", broken)
    with pytest.raises(EncoderError):
        built(corpus, made)

    assert dump(made) == before
    assert [p.name for p in (made / "generations").iterdir()] == [current_generation(made)]
