"""Kills builds at random moments, and looks each time whether the index still opens, verifies and answers.

python -m eval.robustness.crash CORPUS [--times 100] [--seed 7] [--json OUT]
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.arguments import command_parser
from eval.robustness.children import build, citewise
from eval.robustness.made import change, changeable, questions
from indexer.encoders.port import Encoder
from indexer.errors import CitewiseError
from indexer.index.generations import current_generation
from service.answers.assembled import stands
from service.composition import encoder_of, open_generation
from service.model import Question
from service.settings import Settings, load_settings

_QUESTIONS = 5
# Moments drawn evenly over a build would nearly all fall into its start and its embedding, so only some are. Others
# are drawn from when the draft's folder is there, or from when its manifest is, which is when publishing begins.
_PUBLISHING = ".draft-*/manifest.json"
_FROM = (None, ".draft-*", _PUBLISHING, _PUBLISHING)
_PUBLISHING_SECONDS = 0.08


@dataclass(frozen=True, kw_only=True, slots=True)
class Crashed:
    """
    moments  how far builds had come when they were killed, counted.
    broken   a line for each time that the index did not open, verify or answer.
    """

    times: int
    moments: Mapping[str, int]
    broken: tuple[str, ...]
    build_seconds: float
    completed: bool


class Crashes:
    """Builds of a changing copy of a corpus into one index, each killed."""

    def __init__(self, corpus: Path, folder: Path, seed: int) -> None:
        """Makes the first generation. Raises what a build raises."""
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._original = corpus
        self._corpus = folder / "corpus"
        self._index = folder / "index"
        self._generations = self._index / "generations"
        shutil.copytree(corpus, self._corpus)
        self._command = citewise("index", str(self._corpus), "--index", str(self._index), "--quiet")
        build(self._corpus, self._index)
        self._settings: Settings = load_settings(index=self._index)
        self._encoder: Callable[[], Encoder] = encoder_of(self._settings)
        opened = open_generation(self._settings, self._encoder)
        self._asked = questions(opened.catalogue, _QUESTIONS, seed)
        opened.release()
        self._plain = changeable(self._corpus)
        self._round = 0

    def measure_build(self) -> float:
        """Seconds of a whole build after a change."""
        self._change()
        return build(self._corpus, self._index).seconds

    def kill(self, seconds: float) -> str:
        """Begins a build that takes about so long and kills it; says how far it had come."""
        self._change()
        before = current_generation(self._index)
        began = time.perf_counter()
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
        try:
            sign = self._chance.choice(_FROM)
            while sign and process.poll() is None and not any(self._generations.glob(sign)):
                time.sleep(0.0005)
            left = max(0.05, seconds - (time.perf_counter() - began))
            time.sleep(self._chance.uniform(0, _PUBLISHING_SECONDS if sign == _PUBLISHING else left))
            ended = process.poll()
        finally:
            process.kill()
            process.wait()
        published = current_generation(self._index) != before
        if ended is not None:
            return "it had ended" if ended == 0 else f"it had failed with {ended}"
        if published:
            return "after publishing"
        if any(self._generations.glob(_PUBLISHING)):
            return "while publishing"
        return "while writing" if self._drafts() else "before writing"

    def check(self) -> str | None:
        """What is wrong with the index now; None where it opens, every file verifies, and it answers."""
        try:
            opened = open_generation(self._settings, self._encoder)
        except CitewiseError as fault:
            return f"did not open: {fault}"
        try:
            for text in self._asked:
                answer = opened.answering.answer(Question(text=text))
                if not all(map(stands, answer.citations)):
                    return f"gave a citation that does not stand to {text!r}"
                if not opened.retriever.search(text, Question(text=text).filters, 1).evidence:
                    return f"found nothing for {text!r}"
        except Exception as fault:  # noqa: BLE001 - any fault here is what this command looks for
            return f"did not answer: {type(fault).__name__}: {fault}"
        finally:
            opened.release()
        return None

    def complete(self) -> bool:
        """Whether a build that is left alone comes to its end, leaves no draft behind, and its index is right."""
        self._change()
        before = current_generation(self._index)
        build(self._corpus, self._index)
        return current_generation(self._index) != before and not self._drafts() and self.check() is None

    def _change(self) -> None:
        """Gives the next build something to do: some words in a few reports, or a report more."""
        self._round += 1
        if self._plain:
            for path in self._chance.sample(self._plain, min(3, len(self._plain))):
                shutil.copyfile(self._original / path.relative_to(self._corpus), path)
                change(path, None, f"Revised{self._round}")
        else:
            words = f"# Note {self._round}\n\nThis is note number {self._round}, and nothing else stands in it.\n"
            (self._corpus / f"note-{self._round % 7}.md").write_text(words, encoding="utf-8")

    def _drafts(self) -> list[Path]:
        return list(self._generations.glob(".draft-*"))


def crash(corpus: Path, times: int, seed: int, told: Callable[[int, str], None]) -> Crashed:
    """Kills so many builds. `told` hears after each how many are done, and how far it had come."""
    with TemporaryDirectory(prefix="citewise-crash-") as folder:
        crashes = Crashes(corpus, Path(folder), seed)
        seconds = crashes.measure_build()
        moments: Counter[str] = Counter()
        broken: list[str] = []
        for done in range(1, times + 1):
            moment = crashes.kill(seconds)
            moments[moment] += 1
            if wrong := crashes.check():
                broken.append(f"time {done}, killed {moment}: {wrong}")
            told(done, moment)
        return Crashed(
            times=times,
            moments=dict(moments),
            broken=tuple(broken),
            build_seconds=round(seconds, 2),
            completed=crashes.complete(),
        )


def main() -> int:
    parser = command_parser("eval.robustness.crash", __doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write the counts here too")
    asked = parser.parse_args()

    def told(done: int, moment: str) -> None:
        if done % 10 == 0 or done == asked.times:
            print(f"{done} of {asked.times} builds killed, the last {moment}", file=sys.stderr)  # noqa: T201

    try:
        found = crash(asked.corpus, asked.times, asked.seed, told)
    except CitewiseError as fault:
        print(f"eval.robustness.crash: {fault}", file=sys.stderr)  # noqa: T201 - the command's output
        return fault.exit_status
    for moment, count in sorted(found.moments.items()):
        print(f"killed {moment}: {count}")  # noqa: T201 - the command's output
    print(f"the index opened, verified and answered: {found.times - len(found.broken)} of {found.times}")  # noqa: T201
    print(f"a build that was left alone came to its end: {'yes' if found.completed else 'NO'}")  # noqa: T201
    for line in found.broken:
        print(line)  # noqa: T201 - the command's output
    if asked.json:
        asked.json.write_text(json.dumps(asdict(found), indent=1), encoding="utf-8")
    return 0 if found.completed and not found.broken else 1


if __name__ == "__main__":
    sys.exit(main())
