"""A build that is killed, or whose disk fills up, leaves an index that answers: the old one or the new one, whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpora import CITEWISE, CORPUS, write

from indexer.index.generations import open_index

CHILDREN = Path(__file__).with_name("children.py")


def children(*arguments: object) -> list[dict]:
    done = subprocess.run([sys.executable, CHILDREN, *map(str, arguments)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_killed_at_any_step_of_writing(tmp_path: Path) -> None:
    lines = children("kill", tmp_path, 9)

    assert len(lines) > 20
    assert [line["died"] for line in lines] == [signal.SIGKILL] * (len(lines) - 1) + [0]
    outcomes = set()
    for line in lines:
        seen = line["seen"]
        assert isinstance(seen, dict), seen
        assert seen["text"] in (line["old"], line["new"]), line
        assert seen["matching"] == 1
        assert seen["nearest"] == seen["windows"]
        assert seen["drafts"] <= 1
        outcomes.add(seen["text"] == line["new"])
    assert outcomes == {False, True}
    # The last, which nothing stopped, tidied up after all the others.
    assert (lines[-1]["seen"]["drafts"], lines[-1]["seen"]["generations"]) == (0, 2)
    assert lines[-1]["seen"]["text"] == lines[-1]["new"]


def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    *lines, last = children("fill", tmp_path)

    assert len(lines) == 7
    for line in lines:
        assert line["told"].startswith(f"IndexWriteError: the index folder {tmp_path / 'index'} cannot be written"), (
            line
        )
        assert "\n" not in line["told"]
        assert "free some space there" in line["told"]
        assert line["seen"]["text"] == "This is edition 0."
        assert (line["seen"]["drafts"], line["seen"]["generations"]) == (0, 1)
    assert last["told"] is None
    assert last["seen"]["text"] == "This is edition 1."


@pytest.mark.parametrize("seed", range(2))
def test_the_command_killed_at_a_random_moment(tmp_path: Path, packaged: object, seed: int) -> None:
    corpus, index = write(tmp_path / "corpus", CORPUS), tmp_path / "index"
    command = [*CITEWISE, "index", str(corpus), "--index", str(index), "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    chance = random.Random(seed)
    texts = ["zebra"]
    for number in range(6):
        write(corpus, {"changing.md": f"# Changing\n\nThis is edition {number}.\n"})
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Mostly while it writes, which is a small part of the time that it runs.
        while number and child.poll() is None and not list(index.glob("generations/.draft-*")):
            time.sleep(0.002)
        time.sleep(chance.random() * (0.4 if number else 1.5))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        texts.append(f"This is edition {number}.")

        opened = open_index(index)
        found = [p.paragraph.text for p in opened.catalogue.paragraphs("changing")] or ["zebra"]
        assert found[0] in texts
        assert opened.store.matching({"zebra": 1.0}, limit=1)
        opened.close()
        texts = [found[0]]
