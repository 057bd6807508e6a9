"""A server that speaks just enough of Ollama's API to exercise the command line, and notes what it was asked."""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODELS = {
    "tiny:latest": {"capabilities": ["completion"], "digest": "ab" * 32, "size": 91_000_000},
    "eyes:latest": {"capabilities": ["completion", "vision"], "digest": "cd" * 32, "size": 1_200_000_000},
    "thinker:latest": {"capabilities": ["completion", "thinking"], "digest": "ef" * 32, "size": 4_000_000_000},
    "vectors:latest": {"capabilities": ["embedding"], "digest": "01" * 32, "size": 90_000},
}
TIMINGS = {
    "done": True,
    "done_reason": "stop",
    "total_duration": 1_234_567_891,
    "load_duration": 130_079_000,
    "prompt_eval_count": 26,
    "prompt_eval_duration": 130_000_000,
    "eval_count": 298,
    "eval_duration": 4_967_000_000,
}


def full_name(name):
    return name if ":" in name else name + ":latest"


class FakeOllama:
    def __init__(self):
        self.models = dict(MODELS)
        self.requests = []  # (method, path, body)
        self.blobs = {}
        self.disconnected = threading.Event()
        self.answer = ["Hello", " there", "."]
        self.piece_seconds = 0.0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_HEAD(self):
                owner.requests.append(("HEAD", self.path, None))
                found = self.path.removeprefix("/api/blobs/") in owner.blobs
                self.send_response(200 if found else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_GET(self):
                owner.requests.append(("GET", self.path, None))
                owner.get(self)

            def do_POST(self):
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path.startswith("/api/blobs/"):
                    owner.requests.append(("POST", self.path, len(data)))
                    digest = "sha256:" + hashlib.sha256(data).hexdigest()
                    ok = digest == self.path.removeprefix("/api/blobs/")
                    owner.blobs[digest] = data
                    return owner.reply(self, 201 if ok else 400, None)
                body = json.loads(data)
                owner.requests.append(("POST", self.path, body))
                owner.post(self, body)

            def do_DELETE(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.requests.append(("DELETE", self.path, body))
                if owner.models.pop(full_name(body["model"]), None) is None:
                    return owner.reply(self, 404, {"error": f"model '{body['model']}' not found"})
                owner.reply(self, 200, None)

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.host = f"127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def close(self):
        self.httpd.shutdown()
        self.httpd.server_close()

    def bodies(self, path):
        return [body for _, asked, body in self.requests if asked == path]

    def reply(self, handler, status, body):
        data = b"" if body is None else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def stream(self, handler, lines, pause=0.0):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/x-ndjson")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            for line in lines:
                data = json.dumps(line).encode() + b"\n"
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                handler.wfile.flush()
                time.sleep(pause)
            handler.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.disconnected.set()
            handler.close_connection = True

    def get(self, handler):
        entries = [
            {"name": name, "model": name, "digest": model["digest"], "size": model["size"], "modified_at": "2024-01-02T03:04:05Z"}
            for name, model in self.models.items()
        ]
        if handler.path == "/api/tags":
            return self.reply(handler, 200, {"models": entries})
        if handler.path == "/api/ps":
            running = dict(entries[0], size_vram=0, context_length=4096, expires_at="2318-01-02T03:04:05Z")
            return self.reply(handler, 200, {"models": [running]})
        if handler.path in ("/health", "/api/version"):
            return self.reply(handler, 200, {"version": "0.0.0"})
        self.reply(handler, 404, {"error": "not found"})

    def post(self, handler, body):
        name = full_name(body.get("model") or "x")
        action = handler.path.removeprefix("/api/")
        if action in ("show", "generate", "chat", "embed") and name not in self.models:
            return self.reply(handler, 404, {"error": f"model '{body['model']}' not found"})
        getattr(self, "post_" + action)(handler, body, name)

    def post_show(self, handler, body, name):
        model = self.models[name]
        self.reply(handler, 200, {
            "modelfile": f"FROM {name}\n", "parameters": "temperature                    0.1", "template": "{{ .Prompt }}",
            "system": "Be brief.", "license": "MIT", "capabilities": model["capabilities"],
            "messages": model.get("messages"),
            "details": {"family": "llama", "parameter_size": "134.5M", "quantization_level": "Q4_1"},
            "model_info": {"general.architecture": "llama", "llama.context_length": 8192, "llama.embedding_length": 576},
        })

    def post_generate(self, handler, body, name):
        if not body.get("prompt"):
            return self.stream(handler, [{"model": name, "response": "", "done": True, "done_reason": "load"}])
        lines = [{"model": name, "response": piece, "done": False} for piece in self.pieces(body)]
        if "thinking" in self.models[name]["capabilities"]:
            lines.insert(0, {"model": name, "response": "", "thinking": "Let me see.", "done": False})
        if "break" in body["prompt"]:
            lines.append({"error": "the engine stopped"})
        self.stream(handler, lines + [{"model": name, "response": "", **TIMINGS}], self.piece_seconds)

    def post_chat(self, handler, body, name):
        asked = body["messages"][-1]["content"]
        if "break" in asked:
            return self.reply(handler, 500, {"error": "the engine stopped"})
        lines = [{"message": {"role": "assistant", "content": piece}, "done": False} for piece in self.pieces({"prompt": asked})]
        pause = 0.05 if "count" in asked else self.piece_seconds
        self.stream(handler, lines + [{"message": {"role": "assistant", "content": ""}, **TIMINGS}], pause)

    def pieces(self, body):
        return [f"{i} " for i in range(400)] if "count" in body["prompt"] else self.answer

    def post_embed(self, handler, body, name):
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        self.reply(handler, 200, {"model": name, "embeddings": [[0.1, -0.25, float(len(text))] for text in texts]})

    def post_pull(self, handler, body, name):
        if "missing" in name:
            return self.stream(handler, [{"status": "pulling manifest"}, {"error": "pull model manifest: file does not exist"}])
        total = 1_000_000
        steps = [{"status": "pulling abababababab", "digest": "sha256:" + "ab" * 32, "total": total, "completed": done}
                 for done in range(0, total + 1, total // 100)]
        self.models[name] = MODELS["tiny:latest"]
        self.stream(handler, [{"status": "pulling manifest"}, *steps, {"status": "verifying sha256 digest"},
                              {"status": "success"}], 0.05 if "slow" in name else 0.002)

    post_push = post_pull

    def post_create(self, handler, body, name):
        self.models[name] = dict(MODELS["tiny:latest"], messages=body.get("messages"))
        self.stream(handler, [{"status": "creating new layer"}, {"status": "writing manifest"}, {"status": "success"}])

    def post_copy(self, handler, body, name):
        if full_name(body["source"]) not in self.models:
            return self.reply(handler, 404, {"error": f"model '{body['source']}' not found"})
        self.models[full_name(body["destination"])] = self.models[full_name(body["source"])]
        self.reply(handler, 200, None)
