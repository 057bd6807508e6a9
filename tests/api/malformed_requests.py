"""Requests that are wrong in some way, the same ones for the same seed: broken heads, lengths, chunks, JSON and fields."""

import json
import random

from raw_http import head, post

# Not pull and push: a mutant could name a registry that exists.
JSON_PATHS = ["/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/api/show", "/api/copy", "/api/create",
              "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/messages", "/v1/messages/count_tokens",
              "/api/v1/tokenize", "/api/v1/detokenize", "/api/v1/rerank"]
FIELDS = ["model", "prompt", "messages", "stream", "options", "format", "tools", "input", "images", "keep_alive", "think", "suffix", "name",
          "source", "destination", "from", "files", "temperature", "max_tokens", "stop", "logit_bias", "n", "response_format", "texts",
          "tokens", "documents", "query", "context", "template", "raw", "truncate", "dimensions", "system", "license", "parameters"]
ODD_VALUES = [None, True, -1, 1e308, -0.0, 2**63, 2**64, "", "x", "\x00", "\ud800", "../../etc/passwd", "x" * 5000, [], {}, [[]], [None], [{}],
              {"": ""}, {"role": 5}, [{"role": "user"}], [{"role": "user", "content": [{"type": "image_url", "image_url": 5}]}],
              [{"role": "tool", "tool_calls": "no"}], [1, "2", None], {"type": "object", "properties": []}, {"$ref": "#"},
              {"temperature": "hot", "num_ctx": -5, "seed": 1.5, "stop": 3}]
ODD_JSON = [b"", b" ", b"{", b"[", b"}", b'"', b"nul", b"NaN", b"{\"model\":}", b'{"model":"x",}', b"{'model':'x'}", b"\xff\xfe{\x00}\x00",
            b"\xef\xbb\xbf{}", b'{"model":"\xc3\x28"}', b'{"model":"\\ud800"}', b'{"model":1e99999}', b"[" * 100_000, b'{"a":' * 50_000,
            b'{"model":"x","model":5}', b"1" * 10_000, b'{"model":"' + b"y" * 100_000 + b'"}', b"{}" * 1000, b"\x00" * 100, b"// no\n{}"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "get", "G\x00T", "", " ", "\t", "PRI", "\u00c9", "A" * 9000]
TARGETS = ["/", "/api/generate", "*", "", "//", "/%", "/%zz", "/%00", "/\x7f", "/a b", "http://localhost/api/tags", "http://evil.example/api/tags",
           "/../../etc/passwd", "/api/blobs/../../x", "/api/blobs/sha256:" + "0" * 64, "/v1/models/%2e%2e", "/?" + "a=b&" * 2000, "/" + "x" * 40_000,
           "/api/tags#x", "\\api\\tags", "localhost:80"]
VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.11", "http/1.1", "HTTP/", "", "HTTQ/1.1", "HTTP/1.1 "]
HEADERS = ["Host: localhost", "Host: localhost", "Host:", "Host: a b", "Host : localhost", ": x", "NoColon", "X: \x00", "X: \x01", " folded: x", "\tfolded",
           "X: " + "y" * 40_000, "Y" * 9000 + ": x", "\u00e9: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
           "Transfer-Encoding:\x0bchunked", "Content-Length: 5", "Content-Length: -5", "Content-Length: 5, 5", "Content-Length: +5",
           "Content-Length: 99999999999999999999999", "Content-Length: 0x5", "Content-Length:", "Expect: 100-continue", "Expect: wonders",
           "Connection: upgrade, x", "Upgrade: h2c", "Range: bytes=0-", "Origin: null", "Content-Encoding: gzip", "Cookie: " + "c" * 3000]


def broken_head(chance):
    lines = [" ".join((chance.choice(METHODS), chance.choice(TARGETS), chance.choice(VERSIONS)))]
    lines += chance.choices(HEADERS, k=chance.choice((0, 1, 2, 3, 8, 150)))
    end = chance.choice(["\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", "\n\r"])
    return (end.join(lines) + end * chance.choice((0, 1, 2, 2, 2))).encode("utf-8", "surrogatepass") + chance.randbytes(chance.choice((0, 0, 5, 500)))


def broken_length(chance):
    body = json.dumps({"model": "nobody", "prompt": "x"}).encode()
    length = chance.choice([0, 1, len(body) - 1, len(body) + 1, len(body) + 100_000, -1, 2**31, 2**63, 2**64, "", "x", "1e3", "5 5", "\u0665"])
    extra = chance.sample([f"Content-Length: {len(body)}", "Transfer-Encoding: chunked", "Expect: 100-continue"], chance.randint(0, 2))
    return head("POST", chance.choice(JSON_PATHS), f"Content-Length: {length}", *extra) + body + chance.choice([b"", b"", b"GET / HTTP/1.1\r\n\r\n"])


def broken_chunks(chance):
    data = json.dumps({"model": "nobody", "prompt": "x" * chance.randint(0, 200)}).encode()
    pieces = []
    while data:
        size = chance.randint(1, 60)
        pieces.append((b"%x" % len(data[:size]), data[:size]))
        data = data[size:]
    pieces.append((b"0", b""))
    at = chance.randrange(len(pieces))
    size, content = pieces[at]
    size = chance.choice([size, b"", b"-1", b"g", b"0x5", b" 5", b"ffffffffffffffff", b"fffffffffffffffff", b"00000000000000000005", size + b";" + b"e" * 20_000,
                          size + b';a="b', b"%x" % (len(content) + 7), b"%x" % max(len(content) - 2, 0)])
    end = chance.choice([b"\r\n", b"\r\n", b"\n", b"", b"\rX"])
    pieces[at] = (size, content)
    body = b"".join(size + (end if i == at else b"\r\n") + content + b"\r\n" for i, (size, content) in enumerate(pieces))
    trailer = chance.choice([b"", b"", b"Trailer: x\r\n\r\n", b"Host: evil\r\n\r\n", b"x" * 20_000])
    return head("POST", chance.choice(JSON_PATHS), "Transfer-Encoding: chunked", "Content-Type: application/json") + body + trailer


def broken_json(chance):
    return post(chance.choice(JSON_PATHS), chance.choice(ODD_JSON) if chance.random() < 0.5 else chance.randbytes(chance.randint(1, 300)))


def broken_fields(chance):
    body = {chance.choice(FIELDS): chance.choice(ODD_VALUES) for _ in range(chance.randint(1, 5))}
    if chance.random() < 0.7:
        body["model"] = "nobody"
    return post(chance.choice(JSON_PATHS), json.dumps(body).encode())


def mutant(chance):
    request = bytearray(chance.choice([
        head("GET", "/api/tags"), head("GET", "/v1/models/x"), head("HEAD", "/"), head("OPTIONS", "/api/chat", "Origin: http://localhost"),
        post("/api/chat", b'{"model":"nobody","messages":[{"role":"user","content":"hi"}]}'),
        post("/v1/messages", b'{"model":"nobody","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}'),
        post("/api/blobs/sha256:" + "0" * 64, b"not that"), post("/api/show", b'{"model":"nobody"}') * 2]))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(request))
        kind = chance.randrange(4)
        if kind == 0:
            request[at] = chance.randrange(256)
        elif kind == 1:
            del request[at:at + chance.randint(1, 30)]
        elif kind == 2:
            request[at:at] = chance.choice([b"\r\n", b"\n", b"\x00", b" ", b":", b"\xff", bytes(request[:at]), b"0" * 30])
        else:
            request[at:] = request[at:at + chance.randint(0, 40)]
        if not request:
            break
    return bytes(request)


KINDS = [broken_head, broken_length, broken_chunks, broken_json, broken_fields, mutant]


def malformed_requests(count, seed=3):
    chance = random.Random(seed)
    return [KINDS[i % len(KINDS)](chance) for i in range(count)]
