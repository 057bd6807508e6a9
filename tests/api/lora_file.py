"""A small LoRA adapter as a GGUF file: random by seed, or all zeros. For SmolLM2-135M unless told otherwise."""

import array
import random
import struct

STRING, UINT32, FLOAT32 = 8, 4, 6
ALIGNMENT = 32
LAYERS, WIDTH = 30, 576  # of SmolLM2-135M


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key, kind, value):
    packed = text(value) if kind == STRING else struct.pack("<f" if kind == FLOAT32 else "<I", value)
    return text(key) + struct.pack("<I", kind) + packed


def padded(data):
    return data + b"\0" * (-len(data) % ALIGNMENT)


def write_lora(path, seed=1, size=0.5, width=WIDTH, rank=4, architecture="llama"):
    """Changes attn_q of every layer. `size` 0 writes zeros; another `width` makes an adapter that does not fit."""
    chance = random.Random(seed)
    tensors = []
    for layer in range(LAYERS):
        for half, shape in (("a", (width, rank)), ("b", (rank, width))):
            values = array.array("f", (chance.uniform(-size, size) for _ in range(shape[0] * shape[1])))
            tensors.append((f"blk.{layer}.attn_q.weight.lora_{half}", shape, values.tobytes()))
    pairs = [pair("general.architecture", STRING, architecture), pair("general.type", STRING, "adapter"),
             pair("adapter.type", STRING, "lora"), pair("adapter.lora.alpha", FLOAT32, float(rank)),
             pair("general.alignment", UINT32, ALIGNMENT)]
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs)
    offset = 0
    for name, shape, data in tensors:
        head += text(name) + struct.pack("<IQQIQ", len(shape), *shape, 0, offset)
        offset += len(padded(data))
    path.write_bytes(padded(head) + b"".join(padded(data) for _, _, data in tensors))
    return path
