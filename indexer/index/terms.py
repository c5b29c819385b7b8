"""The paragraphs' words, in tantivy: BM25 with filters by key. The only module that imports tantivy."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import tantivy

from indexer.errors import IndexOpenError, IndexWriteError
from indexer.text import fold

FOLDER_NAME = "terms"

# A word found in a heading above a paragraph, or in its report's title, counts beside one in its text.
FIELDS: Mapping[str, float] = {"text": 1.0, "heading": 0.6, "title": 0.3}

_WRITER_HEAP = 64 * 1024 * 1024

_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MULTIPLE = re.compile(r"(\d+(?:\.\d+)?)\s?(k|m|bn|thousand|million|billion)\b")
_FACTORS = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
# Not the s of "the council's 42 homes".
_LAW = re.compile(r"(?<!')\b(?:sections?|ss?\.?)\s?(\d+[a-z]?)(?:'s)?\b")
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9]+(?:[.'&/-][a-z0-9]+)*")
_SPLIT = re.compile(r"[.'&/-]")
_DECIMAL = re.compile(r"\d+(?:\.\d+)+[a-z]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class TermsOf:
    """What is indexed of one paragraph: its key, its report's ordinal, and the words of each field."""

    key: int
    report: int
    text: str
    heading: str
    title: str


def analyse(text: str) -> list[str]:
    """The terms of a text, in order: folded, stemmed, with spellings of one thing brought together.

    "Co-production" and "coproduction", "section 42" and "s42", "£1m" and "£1,000,000", "carer's" and "carers'"
    share a term; a word with a hyphen also gives its parts. Accents do not count.
    """
    folded = _THOUSANDS.sub("", _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text))))
    words: list[str] = []
    for match in _WORD.finditer(folded):
        word = match.group().removesuffix("'s")
        parts = [word] if _DECIMAL.fullmatch(word) else _SPLIT.split(word)
        if len(parts) > 1:
            words.append("".join(parts))
        words.extend(p for p in parts if p)
    words.extend(f"s{m.group(1)}" for m in _LAW.finditer(folded))
    words.extend(_plain_number(*m.groups()) for m in _MULTIPLE.finditer(folded))
    return [str(term) for term in _STEMMER.analyze(" ".join(words))]


def _plain_number(digits: str, multiple: str) -> str:
    whole, _, fraction = digits.partition(".")
    zeros = _FACTORS[multiple]
    return (whole + fraction.ljust(zeros, "0")[: max(zeros, len(fraction))]).lstrip("0") or "0"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", fast=True, indexed=True)
    builder.add_integer_field("report", indexed=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class Terms:
    """One generation's terms for searching, memory-mapped. Safe for several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises IndexOpenError."""
        path = folder / FOLDER_NAME
        try:
            if os.access(path, os.W_OK):
                return cls(tantivy.Index.open(str(path)))
            # tantivy writes a lock even to read; where it may not, it does so beside links to the files.
            with tempfile.TemporaryDirectory(prefix="citewise-") as links:
                for file in path.iterdir():
                    if file.suffix != ".lock":
                        (Path(links) / file.name).symlink_to(file.resolve())
                return cls(tantivy.Index.open(links))
        except (ValueError, OSError) as fault:
            raise IndexOpenError(f"{folder / FOLDER_NAME} cannot be opened; build the index again") from fault

    def matching(
        self, terms: Mapping[str, float], limit: int, within: Sequence[range] | None
    ) -> list[tuple[int, float]]:
        """Paragraph keys and scores, best first."""
        if not terms or limit < 1 or (within is not None and not within):
            return []
        return self._found(self._any_of(terms), limit, within)

    def covering(
        self, weights: Mapping[str, float], limit: int, within: Sequence[range] | None
    ) -> list[tuple[int, float]]:
        """Paragraph keys and the summed weights of the terms that stand in any field, the most first."""
        if not weights or limit < 1 or (within is not None and not within):
            return []
        query = tantivy.Query.boolean_query([
            (
                tantivy.Occur.Should,
                tantivy.Query.const_score_query(
                    tantivy.Query.boolean_query([
                        (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term, "basic"))
                        for field in FIELDS
                    ]),
                    weight,
                ),
            )
            for term, weight in weights.items()
        ])  # fmt: skip
        return self._found(query, limit, within)

    def _found(self, query: tantivy.Query, limit: int, within: Sequence[range] | None) -> list[tuple[int, float]]:
        if within is not None:
            query = tantivy.Query.boolean_query([
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(self._in_ranges(within), 0.0)),
            ])  # fmt: skip
        hits = self._searcher.search(query, limit, count=False).hits
        keys: Any = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [(int(key), float(score)) for (score, _), key in zip(hits, keys, strict=True)]

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """BM25's inverse document frequency of each term in the paragraphs' text: the rarer, the higher."""
        total = self._searcher.num_docs
        held = {term: self._searcher.doc_freq("text", term) for term in terms}
        return {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in held.items()}

    def _any_of(self, terms: Mapping[str, float]) -> tantivy.Query:
        return tantivy.Query.boolean_query([
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, term, "freq"), weight * field_weight
                ),
            )
            for term, weight in terms.items()
            for field, field_weight in FIELDS.items()
        ])  # fmt: skip

    def _in_ranges(self, ranges: Sequence[range]) -> tantivy.Query:
        return tantivy.Query.boolean_query([
            (
                tantivy.Occur.Should,
                tantivy.Query.range_query(
                    self._schema, "key", tantivy.FieldType.Integer, keys.start, keys.stop, include_upper=False
                ),
            )
            for keys in ranges
        ])  # fmt: skip


class TermsDraft:
    """The terms of a generation that is being built. Nothing is on disk before `commit`."""

    def __init__(self, folder: Path) -> None:
        """Goes on from the terms that lie in the folder, if any. Raises IndexWriteError."""
        path = folder / FOLDER_NAME
        try:
            path.mkdir(exist_ok=True)
            self._index = tantivy.Index(_schema(), path=str(path))
            self._writer = self._index.writer(heap_size=_WRITER_HEAP, num_threads=1)
        except (ValueError, OSError) as fault:
            raise _unwritable(folder) from fault
        self._folder = folder

    @classmethod
    def afresh(cls, folder: Path) -> Self:
        """Instead of the terms that lie in the folder."""
        shutil.rmtree(folder / FOLDER_NAME)
        return cls(folder)

    def add(self, paragraphs: Iterable[TermsOf]) -> None:
        for one in paragraphs:
            document = tantivy.Document()
            document.add_integer("key", one.key)
            document.add_integer("report", one.report)
            for name in FIELDS:
                document.add_text(name, " ".join(analyse(getattr(one, name))))
            with self._writing():
                self._writer.add_document(document)

    def remove(self, report: int) -> None:
        """Takes out all paragraphs of a report, by its ordinal."""
        with self._writing():
            self._writer.delete_documents_by_term("report", report)

    def commit(self) -> None:
        """Raises IndexWriteError."""
        with self._writing():
            self._writer.commit()
            self._writer.wait_merging_threads()

    def close(self) -> None:
        """Ends the writer's threads: from then on nothing more is written, whatever became of the draft."""
        with suppress(Exception):  # it was committed, or has failed already and said so
            self._writer.wait_merging_threads()

    def removed_share(self) -> float:
        """Of all paragraphs that the committed files hold, those that were removed and not yet cleared away."""
        segments = json.loads((self._folder / FOLDER_NAME / "meta.json").read_text("utf-8"))["segments"]
        removed: int = sum(s["deletes"]["num_deleted_docs"] for s in segments if s["deletes"])
        held: int = sum(s["max_doc"] for s in segments)
        return removed / max(1, held)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        # A full disk is told at any of the writer's calls: it writes as its memory fills.
        try:
            yield
        except (ValueError, OSError) as fault:
            raise _unwritable(self._folder) from fault


def _unwritable(folder: Path) -> IndexWriteError:
    return IndexWriteError(
        f"the index folder {folder.parents[1]} cannot be written or is full; free some space there and index again"
    )
