"""Builds llama.cpp's server from the sources in the package llama-cpp-python, and a tiny model of random weights.

    python tests/llm/build.py FOLDER

What is there already is not built again. Needs a C++ compiler and cmake.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

_SOURCES = "llama-cpp-python==0.3.36"
# Without optimisation it builds three times as fast, and for half a megabyte of weights it is quick enough.
_OPTIONS = (
    "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O0", "-DCMAKE_C_FLAGS_RELEASE=-O1",
    "-DBUILD_SHARED_LIBS=OFF", "-DGGML_OPENMP=OFF", "-DGGML_NATIVE=OFF", "-DLLAMA_CURL=OFF", "-DLLAMA_OPENSSL=OFF",
    "-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_UI=OFF",
)  # fmt: skip
_WIDTH, _LAYERS, _HEADS, _INNER, _CONTEXT = 64, 2, 4, 128, 32768
_SPECIAL = ("<unk>", "<s>", "</s>")
_SEED = 7


def server(folder: Path) -> Path:
    built = folder / "llama-server"
    if built.exists():
        return built
    for tool in ("cmake", "c++"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is needed to build llama.cpp; on Debian: apt-get install -y cmake g++")
    folder.mkdir(parents=True, exist_ok=True)
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "llama-cpp-python"]
    subprocess.run([*fetch, "--dest", str(folder), _SOURCES], check=True)
    with tarfile.open(next(folder.glob("llama_cpp_python-*.tar.gz"))) as archive:
        archive.extractall(folder / "sources", filter="data")
    sources = next((folder / "sources").glob("*/vendor/llama.cpp"))
    making = folder / "build"
    subprocess.run(["cmake", "-S", str(sources), "-B", str(making), *_OPTIONS], check=True)
    jobs = str(min(4, os.cpu_count() or 1))
    subprocess.run(["cmake", "--build", str(making), "--target", "llama-server", "-j", jobs], check=True)
    shutil.copy2(making / "bin" / "llama-server", built)
    return built


def model(path: Path) -> Path:
    """A llama of two layers. One direction of the residual is constant and speaks against control characters and bytes
    outside of ASCII, so that what it writes is text, if nothing else."""
    if path.exists():
        return path
    printable = [chr(c) for c in range(32, 127)]
    tokens = [*_SPECIAL, *(f"<0x{b:02X}>" for b in range(256)), *(c.replace(" ", "\u2581") for c in printable)]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL]
    kinds += [TokenType.BYTE] * 256 + [TokenType.NORMAL] * len(printable)
    chance = np.random.default_rng(_SEED)

    def weights(*shape: int) -> np.ndarray:
        return (chance.standard_normal(shape) * 0.05).astype(np.float32)

    writer = GGUFWriter(str(path), "llama")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    embedded, output = weights(len(tokens), _WIDTH), weights(len(tokens), _WIDTH)
    embedded[:, 0] = 4.0
    output[:, 0] = [1.0 if kind is TokenType.NORMAL else -4.0 for kind in kinds]
    writer.add_tensor("token_embd.weight", embedded)
    writer.add_tensor("output_norm.weight", np.ones(_WIDTH, np.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(_LAYERS):
        for name, shape in (
            ("attn_q", (_WIDTH, _WIDTH)), ("attn_k", (_WIDTH, _WIDTH)), ("attn_v", (_WIDTH, _WIDTH)),
            ("attn_output", (_WIDTH, _WIDTH)), ("ffn_gate", (_INNER, _WIDTH)), ("ffn_up", (_INNER, _WIDTH)),
            ("ffn_down", (_WIDTH, _INNER)),
        ):  # fmt: skip
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights(*shape))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(_WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def main() -> None:
    folder = Path(sys.argv[1])
    server(folder)
    model(folder / "tiny.gguf")


if __name__ == "__main__":
    main()
