"""A generation that is being built: begun from the last one or from nothing, then changed report by report."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib import resources
from pathlib import Path

import numpy as np

from indexer.encoders.port import Vectors
from indexer.errors import IndexWriteError
from indexer.index.catalogue import FILE_NAME as CATALOGUE
from indexer.index.generations import unwritable
from indexer.index.terms import FOLDER_NAME as TERMS
from indexer.index.terms import TermsDraft, TermsOf
from indexer.index.vectors import VectorDraft
from indexer.model import Report, Role
from indexer.windows import Windower, join, window_digest

# Removed paragraphs still count in how rare a term is, until so many are held that the terms are written afresh.
_REMOVED_SHARE = 0.1


class Draft:
    """Not safe for threads. `folder` is complete once `finish` has returned."""

    def __init__(self, folder: Path, *, dimension: int, base: Path | None, known: Path | None) -> None:
        """
        base   a generation of the same model and recipe to go on from.
        known  a generation of the same model, whose vectors are taken for windows that it has too.

        Raises IndexWriteError.
        """
        self.folder = folder
        self._known = known
        with self._writing():
            folder.mkdir()
            if base is not None:
                shutil.copyfile(base / CATALOGUE, folder / CATALOGUE)
                shutil.copytree(base / TERMS, folder / TERMS, ignore=shutil.ignore_patterns("*.lock"))
            self._vectors = VectorDraft.load(base) if base is not None else VectorDraft.empty(dimension)
            self._database = sqlite3.connect(folder / CATALOGUE, isolation_level=None)
            # A draft that is cut short is thrown away, so nothing needs a journal; `publish` syncs it.
            self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;")
            if base is None:
                self._database.executescript(resources.files(__package__).joinpath("schema.sql").read_text("utf-8"))
            self._database.execute("BEGIN")
        self._terms = TermsDraft(folder)

    def close(self) -> None:
        self._database.close()
        self._terms.close()

    def remove(self, report_ids: Collection[str]) -> None:
        for report_id in report_ids:
            with self._writing():
                found = self._database.execute("SELECT ordinal FROM reports WHERE id = ?", (report_id,)).fetchone()
                if found is None:
                    continue
                windows = "SELECT w.key FROM windows w JOIN paragraphs p ON p.key = w.paragraph WHERE p.report = ?"
                keys = [key for (key,) in self._database.execute(windows, found)]
                self._database.execute("DELETE FROM reports WHERE ordinal = ?", found)
            self._vectors.remove(keys)
            self._terms.remove(found[0])

    def add(self, report: Report, windower: Windower) -> None:
        """Writes all of a report but its vectors, which `missing` then names."""
        with self._writing():
            ordinal = self._next_key("reports", "ordinal")
            self._database.execute(
                "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)",
                (ordinal, report.id, report.file, report.profile, _metadata(report), _notices(report)),
            )
            sections = self._add_sections(report, ordinal)
            paragraphs = self._add_paragraphs(report, ordinal, sections)
            self._add_windows(report, paragraphs, windower)
            self._database.executemany(
                "INSERT INTO ratings (report, section, name, score, judgement, percent, paragraph)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (ordinal, sections.get(r.section or ""), r.name, r.score, r.judgement, r.percent,
                     paragraphs[r.paragraph_id])
                    for r in report.ratings
                ],
            )  # fmt: skip
            self._terms.add(self._words("p.report = ?", ordinal))

    def take_known(self) -> int:
        """Gives windows without a vector the one that an earlier generation has for the same words; how many."""
        if self._known is None:
            return 0
        sql = """
            SELECT w.key, (SELECT min(o.key) FROM known.windows o WHERE o.digest = w.digest) AS old
            FROM windows w WHERE w.key IN (SELECT key FROM missing) AND old IS NOT NULL"""
        with self._writing():
            self._mark_missing()
            self._database.execute("COMMIT")
            self._database.execute("ATTACH ? AS known", (f"{(self._known / CATALOGUE).resolve()}",))
            pairs = self._database.execute(sql).fetchall()
            self._database.execute("DETACH known")
            self._database.execute("BEGIN")
        if pairs:
            self.set_vectors(
                [new for new, _ in pairs], VectorDraft.load(self._known).vectors([old for _, old in pairs])
            )
        return len(pairs)

    def missing(self, size: int) -> Iterator[list[tuple[int, str]]]:
        """Windows without a vector in batches: key, and the words to embed. The longest come first, so that
        a batch is of about one length."""
        with self._writing():
            self._mark_missing()
        sql = """
            SELECT w.key, w.context, w.paragraph, w.start, w."end"
            FROM missing m JOIN windows w ON w.key = m.key
            ORDER BY w."end" - w.start + length(w.context) DESC, w.key"""
        cursor = self._database.execute(sql)
        while batch := cursor.fetchmany(size):
            texts = self._texts({paragraph for _, _, paragraph, _, _ in batch})
            yield [(key, join(context, texts[paragraph][start:end])) for key, context, paragraph, start, end in batch]

    def _texts(self, keys: Collection[int]) -> dict[int, str]:
        # Whole, once a batch: cut out in SQL, a paragraph of many windows would be gone through for every one.
        sql = f"SELECT key, text FROM paragraphs WHERE key IN ({','.join('?' * len(keys))})"
        return dict(self._database.execute(sql, tuple(keys)).fetchall())

    def missing_size(self) -> tuple[int, int]:
        """How many windows have no vector, and how many characters are to be embedded for them."""
        with self._writing():
            self._mark_missing()
        sql = """SELECT count(*), coalesce(sum(w."end" - w.start + length(w.context)), 0)
                 FROM missing m JOIN windows w ON w.key = m.key"""
        count, size = self._database.execute(sql).fetchone()
        return count, size

    def set_vectors(self, keys: Sequence[int], vectors: Vectors) -> None:
        self._vectors.add(keys, vectors)

    def finish(self, profiles: Mapping[str, object]) -> dict[str, int]:
        """Writes everything to the folder; gives the counts for the manifest. Raises IndexWriteError."""
        with self._writing():
            self._database.execute("DROP TABLE IF EXISTS temp.missing")
            self._database.execute("DELETE FROM profiles")
            self._database.executemany(
                "INSERT INTO profiles VALUES (?, ?)",
                [(name, json.dumps(description, ensure_ascii=False)) for name, description in profiles.items()],
            )
            self._database.execute("COMMIT")
            counts = {
                name: self._database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in ("reports", "sections", "paragraphs", "windows", "ratings")
            }
            self._finish_terms()
            self._database.close()
            self._vectors.write(self.folder)
        return counts

    def _finish_terms(self) -> None:
        self._terms.commit()
        if self._terms.removed_share() > _REMOVED_SHARE:
            self._terms = TermsDraft.afresh(self.folder)
            self._terms.add(self._words("true"))
            self._terms.commit()

    def _words(self, condition: str, *values: object) -> Iterator[TermsOf]:
        rows = self._database.execute(
            "SELECT p.key, p.report, p.text, p.columns, s.path, r.metadata FROM paragraphs p"
            " JOIN sections s ON s.key = p.section JOIN reports r ON r.ordinal = p.report"
            f" WHERE p.role = '{Role.FINDING}' AND {condition} ORDER BY p.key",
            values,
        )
        for key, report, text, columns, path, metadata in rows:
            known = json.loads(metadata)
            yield TermsOf(
                key=key,
                report=report,
                text=text,
                heading=" ".join((*json.loads(path), *json.loads(columns))),
                title=" ".join(filter(None, (known.get("title"), known.get("subject")))),
            )

    def _add_sections(self, report: Report, ordinal: int) -> dict[str, int]:
        first = self._next_key("sections")
        self._database.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, ordinal, s.id, json.dumps(s.path, ensure_ascii=False), s.level, s.score, s.judgement, s.rated)
                for key, s in enumerate(report.sections, first)
            ],
        )
        return {s.id: key for key, s in enumerate(report.sections, first)}

    def _add_paragraphs(self, report: Report, ordinal: int, sections: Mapping[str, int]) -> dict[str, int]:
        first = self._next_key("paragraphs")
        self._database.executemany(
            "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, p.id, ordinal, sections[p.section], p.number, p.text, p.digest, p.kind, p.role, p.page, p.label,
                 json.dumps(p.columns, ensure_ascii=False))
                for key, p in enumerate(report.paragraphs, first)
            ],
        )  # fmt: skip
        return {p.id: key for key, p in enumerate(report.paragraphs, first)}

    def _add_windows(self, report: Report, paragraphs: Mapping[str, int], windower: Windower) -> None:
        sections = {s.id: s for s in report.sections}
        rows = []
        for paragraph in report.paragraphs:
            if paragraph.role is not Role.FINDING:
                continue
            context = windower.context(report, sections[paragraph.section], paragraph)
            for window in windower.windows(paragraph, context):
                digest = window_digest(join(context, paragraph.text[window.start : window.end]))
                rows.append((paragraphs[paragraph.id], window.start, window.end, context, digest))
        self._database.executemany(
            'INSERT INTO windows (key, paragraph, start, "end", context, digest) VALUES (?, ?, ?, ?, ?, ?)',
            [(key, *row) for key, row in enumerate(rows, self._next_key("windows"))],
        )

    def _next_key(self, table: str, key: str = "key") -> int:
        found: int = self._database.execute(f"SELECT coalesce(max({key}), 0) + 1 FROM {table}").fetchone()[0]
        return found

    def _mark_missing(self) -> None:
        held = self._vectors.keys()
        self._database.execute("DROP TABLE IF EXISTS temp.missing")
        self._database.execute("CREATE TEMP TABLE missing (key INTEGER PRIMARY KEY)")
        every = np.fromiter((key for (key,) in self._database.execute("SELECT key FROM windows")), np.int64)
        rows = [(int(key),) for key in np.setdiff1d(every, held)]
        self._database.executemany("INSERT INTO missing VALUES (?)", rows)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise unwritable(self.folder.parents[1], fault) from fault
        except sqlite3.OperationalError as fault:
            raise IndexWriteError(
                f"the index folder {self.folder.parents[1]} cannot be written ({fault}); free some space there"
            ) from fault


def _metadata(report: Report) -> str:
    values = {k: v for k, v in asdict(report.metadata).items() if v is not None}
    return json.dumps(values, ensure_ascii=False, default=str)


def _notices(report: Report) -> str:
    return json.dumps([asdict(n) for n in report.notices], ensure_ascii=False)
