"""Chat: one person's conversations over HTTP, for tests: asking, reading events, the stored messages."""

import json

TIMEOUT_S = 120
# SmolLM2's end tokens are forbidden: whether it comes to an end by itself would hang on the processor's rounding.
ENDLESS = {"temperature": 0.0, "num_predict": 3000, "repeat_penalty": 1.0, "logit_bias": {"0": -100, "2": -100}}
SHORT = {"temperature": 0.0, "num_predict": 12}


def events_of(answer):
    """The events of a stream, one by one, as they come."""
    assert answer.status_code == 200, answer.text
    for line in answer.iter_lines(chunk_size=1):
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def text_of(events):
    """What a reader has at the end: the text of the answer event and what came after it, and the last message."""
    text = ""
    for event in events:
        if event["type"] == "answer":
            text = event["message"]["content"]
        elif event["type"] == "delta":
            text += event.get("content", "")
        elif event["type"] == "done":
            return text, event["message"]
    raise AssertionError(f"the stream ended without done: {text!r}")


class Chat:
    def __init__(self, server, session, **fields):
        self.server, self.session = server, session
        self.id = self.call("post", "", {"model": "smollm2:135m", "parameters": SHORT, **fields}, status=201, base="/api/v1/conversations")["id"]

    def request(self, method, path, body=None, base=None, **options):
        url = self.server.url + (base or f"/api/v1/conversations/{self.id}") + path
        return self.session.request(method, url, json=body, **{"timeout": TIMEOUT_S, **options})

    def call(self, method, path, body=None, status=200, **options):
        answer = self.request(method, path, body, **options)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def about(self):
        return self.call("get", "")

    def stream(self, path="/messages", body=None, method="post"):
        return self.request(method, path, body, stream=True)

    def ask(self, content, parent=None, **fields):
        """Question and answer, as they are stored at the end."""
        events = list(events_of(self.stream(body={"parent_id": parent, "content": content, **fields})))
        assert [event["type"] for event in events[:2]] == ["message", "answer"], events[:3]
        text, message = text_of(events)
        assert text == message["content"]
        return events[0]["message"], message

    def begin(self, content, parent=None):
        """An answer on its way: its stream's events, and the running message after its first piece."""
        events = events_of(self.stream(body={"parent_id": parent, "content": content}))
        next(events)
        message = next(events)["message"]
        assert next(events)["type"] == "delta"
        return events, message

    def messages(self, **query):
        answer = self.request("get", "/messages", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def message(self, id):
        return next(m for m in self.messages(leaf=id) if m["id"] == id)
