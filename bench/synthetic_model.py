#!/usr/bin/env python3
"""A GGUF of any size with a real model's tokenizer and random weights: bench/synthetic_model.py SOURCE OUT 1b|8b

It answers nonsense at the speed of a real one (Llama's shapes, Q4_K, the output Q6_K): for machines to which no large model can be
brought. Needs the `gguf` package, which lies in llama.cpp's source as gguf-py, and a source whose tokenizer is a Llama model's."""

import sys

import numpy as np
from gguf import GGUFReader, GGUFWriter, GGMLQuantizationType

SHAPES = {"1b": {"layers": 16, "width": 2048, "inner": 8192, "heads": 32, "kv_heads": 8},
          "8b": {"layers": 32, "width": 4096, "inner": 14336, "heads": 32, "kv_heads": 8}}
BLOCK_VALUES = 256
DISTINCT_BLOCKS = 4099  # a prime: no two rows begin alike
SCALE = np.float16(8e-5)  # weights of about 0.02


def blocks(kind, random):
    """Distinct random blocks (ggml-common.h): scales as given, all else random."""
    halves = lambda value: np.tile(np.frombuffer(np.float16(value).tobytes(), np.uint8), (DISTINCT_BLOCKS, 1))
    if kind == GGMLQuantizationType.Q4_K:  # d, dmin, 12 bytes of scales, 128 of numbers: 0 on average
        return np.hstack([halves(SCALE), halves(7.5 * float(SCALE)), random.integers(0, 256, (DISTINCT_BLOCKS, 140), np.uint8)])
    return np.hstack([random.integers(0, 256, (DISTINCT_BLOCKS, 208), np.uint8), halves(SCALE / 8)])  # Q6_K: numbers and scales, d


def weights(kind, rows, columns, pool):
    count = rows * columns // BLOCK_VALUES
    return np.resize(pool[kind], (count, pool[kind].shape[1])).reshape(rows, -1)


def copy_tokenizer(reader, writer):
    for name, field in reader.fields.items():
        if not name.startswith("tokenizer."):
            continue
        value, kind = field.contents(), field.types
        if len(kind) > 1:
            writer.add_array(name, value)
        else:
            writer.add_key_value(name, value, kind[0])


def write(source, out, shape):
    reader, writer = GGUFReader(source), GGUFWriter(out, "llama")
    vocabulary = len(reader.fields["tokenizer.ggml.tokens"].data)
    copy_tokenizer(reader, writer)
    writer.add_name("synthetic"), writer.add_context_length(32768), writer.add_embedding_length(shape["width"])
    writer.add_block_count(shape["layers"]), writer.add_feed_forward_length(shape["inner"]), writer.add_vocab_size(vocabulary)
    writer.add_head_count(shape["heads"]), writer.add_head_count_kv(shape["kv_heads"]), writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(500000.0), writer.add_rope_dimension_count(shape["width"] // shape["heads"])
    random = np.random.default_rng(1)
    q4, q6 = GGMLQuantizationType.Q4_K, GGMLQuantizationType.Q6_K
    pool = {kind: blocks(kind, random) for kind in (q4, q6)}
    add = lambda name, rows, columns, kind=q4: writer.add_tensor(name, weights(kind, rows, columns, pool), raw_dtype=kind)
    norm = lambda name: writer.add_tensor(name, np.ones(shape["width"], np.float32))
    width, kv = shape["width"], shape["width"] // shape["heads"] * shape["kv_heads"]
    add("token_embd.weight", vocabulary, width), norm("output_norm.weight"), add("output.weight", vocabulary, width, q6)
    for i in range(shape["layers"]):
        for name, rows, columns in (("attn_q", width, width), ("attn_k", kv, width), ("attn_v", kv, width), ("attn_output", width, width),
                                    ("ffn_gate", shape["inner"], width), ("ffn_up", shape["inner"], width), ("ffn_down", width, shape["inner"])):
            add(f"blk.{i}.{name}.weight", rows, columns)
        norm(f"blk.{i}.attn_norm.weight"), norm(f"blk.{i}.ffn_norm.weight")
    writer.write_header_to_file(), writer.write_kv_data_to_file(), writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], SHAPES[sys.argv[3]])
