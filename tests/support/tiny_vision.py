"""Tiny projectors with random weights, and pictures, so that the real mtmd and a real text model run end to end in seconds.

No small vision model is at hand; what such a model says is nonsense, but everything else is as with a large one: tokens, positions, attention, cache.
The same seed writes the same file.
"""

import array
import pathlib
import random
import shutil
import struct
import zlib

WIDTH, HEADS, FEED_FORWARD, LAYERS, PATCH = 32, 2, 64, 2, 8
ALIGNMENT = 32


def _text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


# GGUF's numbers of types: u32 4, i32 5, f32 6, bool 7, string 8, array 9.
def _value(value):
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    kind = "f" if isinstance(value[0], float) else "i"
    return struct.pack(f"<IIQ{len(value)}{kind}", 9, 6 if kind == "f" else 5, len(value), *value)


def _padding(size):
    return b"\0" * (-size % ALIGNMENT)


def write_gguf(path, metadata, tensors):
    """tensors: {name: (shape, floats)}, the fastest dimension first."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    data = b""
    for name, (shape, floats) in tensors.items():
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += array.array("f", floats).tobytes()
        data += _padding(len(data))
    pathlib.Path(path).write_bytes(head + _padding(len(head)) + data)


def write_projector(path, kind, text_width, seed=1):
    """kind: "mlp" (LLaVA's), "gemma3" (its tokens see each other both ways) or "qwen2vl_merger" (any size, M-RoPE)."""
    weights = random.Random(seed)
    tensors = {}

    def add(name, *shape, scale=None):
        count = 1
        for size in shape:
            count *= size
        scale = scale or (count / shape[-1]) ** -0.5
        tensors[name] = (shape, [weights.gauss(0, scale) for _ in range(count)])

    def norm(name, size):
        tensors[name + ".weight"] = ((size,), [1.0] * size)
        tensors[name + ".bias"] = ((size,), [0.0] * size)

    def linear(name, inputs, outputs):
        add(name + ".weight", inputs, outputs)
        add(name + ".bias", outputs, scale=0.1)

    image = 32
    metadata = {
        "general.architecture": "clip", "general.type": "mmproj", "general.name": f"tiny {kind}", "general.file_type": 0,
        "clip.has_vision_encoder": True, "clip.projector_type": kind, "clip.use_gelu": True,
        "clip.vision.image_size": image, "clip.vision.patch_size": PATCH, "clip.vision.embedding_length": WIDTH,
        "clip.vision.feed_forward_length": FEED_FORWARD, "clip.vision.block_count": LAYERS, "clip.vision.projection_dim": text_width,
        "clip.vision.attention.head_count": HEADS, "clip.vision.attention.layer_norm_epsilon": 1e-5,
        "clip.vision.image_mean": [0.5, 0.5, 0.5], "clip.vision.image_std": [0.5, 0.5, 0.5],
    }
    add("v.patch_embd.weight", PATCH, PATCH, 3, WIDTH)
    if kind == "qwen2vl_merger":
        add("v.patch_embd.weight.1", PATCH, PATCH, 3, WIDTH)
    else:
        add("v.position_embd.weight", WIDTH, (image // PATCH) ** 2, scale=0.5)
    for layer in range(LAYERS):
        block = f"v.blk.{layer}."
        norm(block + "ln1", WIDTH)
        norm(block + "ln2", WIDTH)
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            linear(block + part, WIDTH, WIDTH)
        linear(block + "ffn_up", WIDTH, FEED_FORWARD)
        linear(block + "ffn_down", FEED_FORWARD, WIDTH)
    if kind == "mlp":
        linear("mm.0", WIDTH, FEED_FORWARD)
        linear("mm.2", FEED_FORWARD, text_width)
    elif kind == "gemma3":
        metadata["clip.vision.projector.scale_factor"] = 2
        norm("v.post_ln", WIDTH)
        add("mm.input_projection.weight", text_width, WIDTH)
        tensors["mm.soft_emb_norm.weight"] = ((WIDTH,), [1.0] * WIDTH)
    else:
        norm("v.post_ln", WIDTH)
        linear("mm.0", 4 * WIDTH, 4 * WIDTH)
        linear("mm.2", 4 * WIDTH, text_width)
    write_gguf(path, metadata, tensors)


_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


def _skip_value(file, kind):
    if kind == 8:
        file.seek(struct.unpack("<Q", file.read(8))[0], 1)
    elif kind == 9:
        inner, count = struct.unpack("<IQ", file.read(12))
        if inner in _SIZES:
            file.seek(_SIZES[inner] * count, 1)
        else:
            for _ in range(count):
                _skip_value(file, inner)
    else:
        file.seek(_SIZES[kind], 1)


def write_as_qwen2vl(source, target, rope_sections):
    """A Qwen2 model under the name of Qwen2-VL: the same weights, with M-RoPE positions. That is how Qwen2-VL was made."""
    with open(source, "rb") as file:
        _, version, tensors, pairs = struct.unpack("<4sIQQ", file.read(24))
        kept = b""
        for _ in range(pairs):
            key = file.read(struct.unpack("<Q", file.read(8))[0]).decode()
            start = file.tell()
            _skip_value(file, struct.unpack("<I", file.read(4))[0])
            end = file.tell()
            file.seek(start)
            value = file.read(end - start)
            if key == "general.architecture":
                value = _value("qwen2vl")
            kept += _text(key.replace("qwen2.", "qwen2vl.", 1) if key.startswith("qwen2.") else key) + value
        kept += _text("qwen2vl.rope.dimension_sections") + _value(rope_sections)
        start = file.tell()
        for _ in range(tensors):
            file.seek(struct.unpack("<Q", file.read(8))[0], 1)
            file.seek(8 * struct.unpack("<I", file.read(4))[0] + 12, 1)
        end = file.tell()
        file.seek(start)
        head = struct.pack("<4sIQQ", b"GGUF", version, tensors, pairs + 1) + kept + file.read(end - start)
        file.seek(end + len(_padding(end)))
        with open(target, "wb") as out:
            out.write(head + _padding(len(head)))
            shutil.copyfileobj(file, out, 1 << 24)


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, seed=0, rows=None):
    """A picture of random blocks. `rows`: how many rows it really has."""
    dice = random.Random(seed)
    blocks = [bytes(dice.randrange(256) for _ in range(3)) * 8 for _ in range(64)]
    lines = []
    for y in range(height if rows is None else rows):
        line = b"".join(blocks[(x // 8 + 5 * (y // 8)) % 64] for x in range(0, width, 8))
        lines.append(b"\0" + line[: 3 * width])
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            _chunk(b"IDAT", zlib.compress(b"".join(lines))) + _chunk(b"IEND", b""))


def bmp(width, height, seed=0):
    dice = random.Random(seed)
    row = bytes(dice.randrange(256) for _ in range(3 * width))
    row += b"\0" * (-len(row) % 4)
    data = row * height
    return struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 54 + len(data), 0, 0, 54, 40, width, height, 1, 24, 0, len(data), 0, 0, 0, 0) + data
