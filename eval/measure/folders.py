"""Where the documents and the questions of a measurement are."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from eval.errors import QuestionsError

NAME = "questions.jsonl"
_DOCUMENTS = "docs"
_CORPUS = Path("corpus")


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """
    questions  the file of questions.
    corpus     the folder of the documents; None where only an index is named.
    sample     these are the sample questions over the sample corpus.
    """

    questions: Path
    corpus: Path | None
    sample: bool


def places(*, folder: Path | None, questions: Path | None, corpus: Path | None, index: Path | None) -> Places:
    """What is told, else what the folder holds, else the sample; an index is in the place of the sample corpus.

    folder  holds questions.jsonl, and the documents in docs/ or beside it.

    Raises QuestionsError.
    """
    if folder is not None:
        if questions is None and not (folder / NAME).is_file():
            raise QuestionsError(f"{folder} holds no {NAME}; put one there or name a file with --questions")
        within = folder / _DOCUMENTS
        return Places(
            questions=questions or folder / NAME,
            corpus=corpus or (within if within.is_dir() else folder),
            sample=False,
        )
    return Places(
        questions=questions or sample_questions(),
        corpus=corpus or (_CORPUS if index is None else None),
        sample=questions is None and corpus is None and index is None,
    )


def sample_questions() -> Path:
    return Path(str(resources.files("eval") / "questions" / "sample.jsonl"))


def sample_baseline() -> Path:
    return Path(str(resources.files("eval") / "baseline.json"))
