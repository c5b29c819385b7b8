"""Ratings put into sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from indexer.index.catalogue import StoredRating, StoredReport


class RatingWords:
    """Says ratings in the words of their family's scale. `dated` and `told_apart` are ids of reports whose date, or
    whose family, has to be told as well."""

    def __init__(self, families: Collection[Mapping[str, Any]]) -> None:
        self._titles = {family["name"]: str(family.get("title") or "report") for family in families}
        self._articles = {
            (family["name"], step["label"]): str(wording)
            for family in families
            for step in (*family.get("scale", ()), *family.get("overall", ()))
            for wording in step["aliases"]
            if wording.casefold() in {f"{article} {step['label']}".casefold() for article in ("a", "an", "the")}
        }

    def sentence(self, stored: StoredRating, *, dated: bool = False, told_apart: bool = False) -> str:
        """As in "Aldermere scored 3 (a good standard) for safeguarding."."""
        return f"{self.clause(stored, dated=dated, told_apart=told_apart)}."

    def clause(self, stored: StoredRating, *, dated: bool = False, told_apart: bool = False) -> str:
        """A sentence without its full stop."""
        rating = stored.rating
        parts = [subject_of(stored.report)]
        if rating.score is not None:
            parts.append(f"scored {rating.score}")
            parts.extend([f"({self.grade(stored)})"] if rating.judgement else [])
        elif rating.judgement:
            parts.append(f"was rated {self.grade(stored)}")
            parts.extend([f"({rating.percent}%)"] if rating.percent is not None else [])
        else:
            parts.append(f"scored {rating.percent}%")
        parts.append("overall" if stored.section is None else f"for {spoken(rating.name)}")
        parts.extend(self._when(stored.report, dated=dated, told_apart=told_apart))
        return " ".join(parts)

    def value(self, stored: StoredRating) -> str:
        """As in "3", "good" or "75%"."""
        rating = stored.rating
        if rating.score is not None:
            return str(rating.score)
        return self.grade(stored) if rating.judgement else f"{rating.percent}%"

    def grade(self, stored: StoredRating) -> str:
        label = stored.rating.judgement or ""
        with_article = self._articles.get((stored.report.profile, label))
        if with_article is not None:
            return with_article.lower()
        return label.lower()

    def _when(self, report: StoredReport, *, dated: bool, told_apart: bool) -> list[str]:
        kind = spoken(self._titles.get(report.profile, "report")) if told_apart else "report"
        known = report.metadata
        if dated and known.published:
            return [f"in the {kind} published on {known.published:%-d %B %Y}"]
        if dated and known.inspected:
            return [f"in the {kind} of the inspection on {known.inspected}"]
        return [f"in the {kind}"] if told_apart else []


def subject_of(report: StoredReport) -> str:
    return report.metadata.subject or report.title


def spoken(name: str) -> str:
    """A name as it stands within a sentence."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
