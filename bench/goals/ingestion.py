"""E18: from the upload until a document is indexed: pages a second by format, embedding beside llama-bench, and one file among a thousand."""

import time
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from figures import ratios, spread
from goals.requests import filler
from goals.retrieval import xquad
from goals.throughput import llama_bench
from goals.uploading import call, new_collection, upload
from peers import ROOT, fragua

DOCUMENTS = ROOT.parent / "shared/data/documents"
TEXT_PDF = DOCUMENTS / "pdf/failure-after-repair.pdf"    # 76 pages with a text layer
SCAN_PDF = DOCUMENTS / "pdf/loremipsum-flat.pdf"         # one page that is a picture
SCANS = 4
PAGE_CHARACTERS = 1_800                                  # of a DOCX, which has no pages of its own: a typed page
DOCX_PAGES = 40
OTHERS = 1_000                                           # documents that are there already
FILES = 5                                                # of which each is timed alone
TOKENS = 256                                             # of llama-bench's prompt: about a chunk's


def indexed(server, ids):
    """The documents once all of them are there."""
    documents = []
    for document in ids:
        while (found := call(server, "GET", f"/api/v1/documents/{document}"))["state"] != "indexed":
            if found["state"] == "failed":
                raise RuntimeError(f"{found['name']}: {found['error']}")
            time.sleep(0.01)
        documents.append(found)
    return documents


def ingest(server, where, files):
    """Seconds from the first upload until the last document can be searched, and the documents."""
    begin = time.monotonic()
    documents = indexed(server, [upload(server, where, name, content) for name, content in files])
    return time.monotonic() - begin, documents


def spanish(characters):
    """Paragraphs of about so many characters together, none twice."""
    texts, left = [], characters
    for _, text in xquad()[0]:
        texts.append(text[:left])
        left -= len(texts[-1])
    return [text for text in texts if text]


def docx(pages):
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in spanish(pages * PAGE_CHARACTERS))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships><Relationship Id="r" Type="urn:office/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", f'<w:document xmlns:w="urn:w"><w:body>{paragraphs}</w:body></w:document>')
    return out.getvalue()


def again(content, number):
    """The same PDF for a reader, and other bytes."""
    return content + f"\n% {number}\n".encode()


def pages_per_second(server, round_):
    text, scan = TEXT_PDF.read_bytes(), SCAN_PDF.read_bytes()
    kinds = {"text PDF": [("text.pdf", text)], "scanned PDF": [(f"scan {i}.pdf", again(scan, i)) for i in range(SCANS)],
             "DOCX": [("a.docx", docx(DOCX_PAGES))]}
    figures = {}
    for kind, files in kinds.items():
        seconds, documents = ingest(server, new_collection(server, f"{kind} {round_}"), files)
        figures[kind] = (DOCX_PAGES if kind == "DOCX" else sum(document["pages"] for document in documents)) / seconds
    return figures


def embedded(server, round_):
    """Chunks a second and tokens a second of a text's whole way, tokens a second of the same chunks that are only embedded, and a chunk's tokens."""
    content = "\n\n".join(spanish(1_000_000)).encode()
    seconds, (document,) = ingest(server, new_collection(server, f"chunks {round_}"), [("text.txt", content)])
    chunks = call(server, "GET", f"/api/v1/documents/{document['id']}/text")["chunks"]
    texts = [f"passage: {document['title']}\n{chunk['content']}" for chunk in chunks]
    begin = time.monotonic()
    tokens = sum(server.ask("/api/embed", {"model": "m", "input": texts[i:i + 32]})["prompt_eval_count"] for i in range(0, len(texts), 32))
    return len(chunks) / seconds, tokens / seconds, tokens / (time.monotonic() - begin), tokens / len(chunks)


def one_file(server, full):
    """Milliseconds until one file is indexed: alone in its collection, and among the others; in turns."""
    alone, among = [], []
    for i in range(FILES):
        for where, times in ((new_collection(server, f"alone {i}"), alone), (full, among)):
            seconds, _ = ingest(server, where, [(f"one {i}.txt", filler(150, 500_000 + 2 * i + (where == full)).encode())])
            times.append(1000 * seconds)
    return alone, among


def with_others(server):
    full = new_collection(server, "others")
    seconds, _ = ingest(server, full, [(f"other {i}.txt", filler(40, 700_000 + i).encode()) for i in range(OTHERS)])
    return full, OTHERS / seconds


def e18(rounds, model):
    pages, chunks, tokens, alone_tokens, bench, lengths = {}, [], [], [], [], []
    for round_ in range(rounds):
        with fragua(model) as server:
            server.post("/api/copy", {"source": "m", "destination": "multilingual-e5-small"})[1].read()
            ingest(server, new_collection(server, "warm"), [("warm.txt", b"El primero carga el modelo.")])
            for kind, rate in pages_per_second(server, round_).items():
                pages.setdefault(kind, []).append(rate)
            per_second, tokens_per_second, alone_per_second, length = embedded(server, round_)
            chunks.append(per_second)
            tokens.append(tokens_per_second)
            alone_tokens.append(alone_per_second)
            lengths.append(length)
            if round_ == rounds - 1:
                full, files_per_second = with_others(server)
                alone, among = one_file(server, full)
        bench += llama_bench(model, "-p", str(TOKENS), "-n", "0", "-r", "3", "-embd", "1")
    return "chunks embedded at ≥ 0.9 of llama-bench's prefill rate; one file among 1,000 costs what it costs alone", {
        **{f"pages/s, {kind}": spread(rates) for kind, rates in pages.items()},
        "chunks/s, whole way of a text": spread(chunks), "tokens of a chunk": spread(lengths), "tokens/s, whole way of a text": spread(tokens),
        "tokens/s, the same chunks through /api/embed": spread(alone_tokens), "ratio, whole way to /api/embed": ratios(tokens, alone_tokens),
        f"tokens/s at {TOKENS} tokens, llama-bench": spread(bench), "ratio to llama-bench": ratios(tokens, bench),
        f"small files/s, {OTHERS} one after the other": files_per_second, "ms of one file, alone": spread(alone), f"ms of one file, among {OTHERS}": spread(among),
        "ratio, among to alone": ratios(among, alone)}
