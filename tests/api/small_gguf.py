"""A GGUF file of some kilobytes whose header is good: enough for the store, not for an engine."""

import struct


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def small_gguf(name="small", rows=32):
    """`name` makes its digest another one; `rows` its size, 128 bytes each."""
    keys = {"general.architecture": "llama", "general.name": name}
    header = b"GGUF" + struct.pack("<IQQ", 3, 1, len(keys))
    for key, value in keys.items():
        header += text(key) + struct.pack("<I", 8) + text(value)
    header += text("token_embd.weight") + struct.pack("<IQQIQ", 2, 32, rows, 0, 0)
    return header + bytes(-len(header) % 32 + 128 * rows)
