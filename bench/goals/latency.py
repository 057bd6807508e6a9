"""E3, E4, E5 and E11: who waits for whom, how soon a leaver's compute is free, and what the server itself adds."""

import http.client
import json
import pathlib
import resource
import socket
import statistics
import threading
import time

from figures import jain, percentile, ratios, spread
from goals.requests import CHAT, LONG, Seen, chat_body, filler, long_for, together, warmed
from peers import fragua, llama_server, resident_bytes

PEERS = (fragua, lambda m: llama_server(m, "-kvu"))


def beside_a_long_prompt(server, words, seed):
    """3 chats decode while a long prompt is prefilled: the gaps between their tokens meanwhile, its own TTFT, and all tokens a second."""
    chats = [chat_body(f"Count from {i} upwards in words.", max_tokens=220, logit_bias=LONG) for i in range(3)]
    begin = time.monotonic()
    seen = together(server, chats + [chat_body(filler(words, seed), max_tokens=2)], delays=[0, 0, 0, 3])
    long = seen[-1]
    gaps = [gap for chat in seen[:-1] for gap in chat.gaps(long.started, long.started + long.first)]
    tokens = sum(s.prefilled + s.answer_tokens for s in seen)
    return percentile(gaps, 99), long.first, tokens / (time.monotonic() - begin)


def e3(rounds, model):
    gap, first, rate = ({"fragua": [], "llama-server": []} for _ in range(3))
    for round_ in range(rounds):
        for start in PEERS:
            with start(model) as server:
                measured = beside_a_long_prompt(warmed(server), 980, round_)
            for figures, value in zip((gap, first, rate), measured):
                figures[server.name].append(value)
    return "p99 gap ≤ 1/10 of llama-server's while a 4k prompt prefills; its TTFT ≤ 1.5×; throughput ≥ 0.95×", {
        "p99 gap s, fragua": spread(gap["fragua"]), "p99 gap s, llama-server": spread(gap["llama-server"]),
        "ratio of gaps": ratios(gap["llama-server"], gap["fragua"]),
        "long prompt's TTFT s, fragua": spread(first["fragua"]), "long prompt's TTFT s, llama-server": spread(first["llama-server"]),
        "ratio of long TTFT": ratios(first["fragua"], first["llama-server"]),
        "all tokens/s, fragua": spread(rate["fragua"]), "all tokens/s, llama-server": spread(rate["llama-server"]),
        "ratio of throughput": ratios(rate["fragua"], rate["llama-server"])}


def e4(rounds, model):
    """Four short requests, one after the other, of somebody else than who sent an 8k prompt a second before."""
    short = {"fragua": [], "llama-server": []}
    for round_ in range(rounds):
        for start in PEERS:
            with start(model) as server:
                warmed(server)
                long = threading.Thread(target=Seen, args=(server, chat_body(filler(1950, round_), max_tokens=1)))
                long.start()
                time.sleep(1)
                short[server.name] += [Seen(server, chat_body(filler(11, 70 + 10 * round_ + i), max_tokens=2)).first for i in range(4)]
                long.join()
    p95 = {name: percentile(values, 95) for name, values in short.items()}
    return "TTFT p95 of a 50-token request behind an 8k prefill ≤ 1/20 of llama-server's; Jain fairness ≥ 0.95", {
        "TTFT s, fragua": spread(short["fragua"]), "TTFT s, llama-server": spread(short["llama-server"]),
        "TTFT p95 s, fragua": p95["fragua"], "TTFT p95 s, llama-server": p95["llama-server"],
        "ratio of TTFT p95": p95["llama-server"] / p95["fragua"], "Jain fairness over 4 users, fragua": fairness(model)}


def fairness(model):
    """4 users with 1, 2, 4 and 8 requests at once each: the tokens that each was served in the same 20 seconds."""
    served = [0] * 4
    with fragua(model) as server:
        warmed(server)
        end = time.monotonic() + 20

        def ask(user):
            while time.monotonic() < end:
                body = chat_body(filler(40, int(time.monotonic() * 1e6) % 99991), max_tokens=16, logit_bias=LONG, user=f"user-{user}")
                seen = Seen(server, body)
                if time.monotonic() < end:
                    served[user] += seen.prefilled + 2 * seen.answer_tokens

        threads = [threading.Thread(target=ask, args=(user,)) for user in range(4) for _ in range(2**user)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return jain(served)


def compute_ns(process):
    """CPU time of the process and its children so far, in nanoseconds."""
    total = 0
    for pid in [process.pid, *children(process.pid)]:
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                pass
    return total


def children(pid):
    return [int(child) for file in pathlib.Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()]


def freed_after_ms(server, body, wait):
    """Closes the connection `wait` seconds after the request, and watches until the server has stopped computing."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", CHAT, json.dumps(body), {"Content-Type": "application/json"})
    time.sleep(wait)
    connection.sock.shutdown(socket.SHUT_RDWR)
    connection.close()
    left = time.monotonic()
    last_busy, used = left, compute_ns(server.process)
    while time.monotonic() - left < 10 and time.monotonic() - last_busy < 0.15:
        time.sleep(0.002)
        now = compute_ns(server.process)
        if now - used > 200_000:  # more than the housekeeping of an idle server
            last_busy = time.monotonic()
        used = now
    return (last_busy - left) * 1000


def e5(rounds, model):
    """A client leaves while its answer is decoded, and while its prompt is computed."""
    freed = {(name, what): [] for name in ("fragua", "llama-server") for what in ("decode", "prefill")}
    for round_ in range(rounds):
        for start in PEERS:
            with start(model) as server:
                warmed(server)
                for i in range(10):
                    decode = chat_body(f"Count from {round_ * 100 + i} upwards.", max_tokens=2000, logit_bias=LONG)
                    prefill = chat_body(filler(700, 1000 * round_ + i), max_tokens=1)
                    freed[server.name, "decode"].append(freed_after_ms(server, decode, 1.0))
                    freed[server.name, "prefill"].append(freed_after_ms(server, prefill, 1.0))
    figures = {}
    for (name, what), values in freed.items():
        figures[f"ms until free, {what}, {name}"] = spread(values)
        figures[f"p99 ms, {what}, {name}"] = percentile(values, 99)
    return "client disconnect → its compute free, p99 ≤ 50 ms", figures


def idle_bytes(server, connections):
    """Resident bytes that each idle kept-alive connection costs the server."""
    before, held = resident_bytes(server.process.pid), []
    for _ in range(connections):
        held.append(socket.create_connection(("127.0.0.1", server.port)))
        held[-1].sendall(b"GET /api/version HTTP/1.1\r\nHost: localhost\r\n\r\n")
        held[-1].recv(4096)
    cost = (resident_bytes(server.process.pid) - before) / connections
    begin = time.monotonic()
    server.ask("/api/show", {"model": "m"})
    answered = time.monotonic() - begin
    for one in held:
        one.close()
    return cost, answered * 1000


def waiting_bytes(server, model, streams):
    """Resident bytes that each streaming request costs the server while it waits for its turn."""
    body = json.dumps(chat_body("Count upwards.", max_tokens=1500, logit_bias=long_for(model))).encode()
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    before, held = resident_bytes(server.process.pid), []
    for _ in range(streams):
        held.append(socket.create_connection(("127.0.0.1", server.port)))
        held[-1].sendall(head + body)
    time.sleep(3)
    cost = (resident_bytes(server.process.pid) - before) / streams
    for one in held:
        one.close()
    return cost


def e11(rounds, model):
    """What the client waits beyond what the engine says it took, for a prompt that is cached."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    added, bytes_per_token = [], []
    with fragua(model) as server:
        body = {"model": "m", "prompt": "Count upwards from one.", "options": {"num_predict": 1, "temperature": 0}}
        for i in range(20 + 50 * rounds):
            begin = time.monotonic()
            _, answer = server.post("/api/generate", body)
            lines = [json.loads(line) for line in answer]
            waited_ms = (time.monotonic() - begin) * 1000
            if i >= 20:
                added.append(waited_ms - lines[-1]["prompt_eval_duration"] / 1e6)
        _, answer = server.post(CHAT, chat_body("Count upwards.", max_tokens=1000, logit_bias=long_for(model)))
        raw = answer.read()
        bytes_per_token.append(len(raw) / raw.count(b"data: "))
    with fragua(model, settings=["queue_max_requests=4000", "connections_max=20000"]) as server:
        warmed(server)
        idle, show_ms = idle_bytes(server, 10_000)
        waiting = waiting_bytes(server, model, 2_000)
    return "added to the first token ≤ 0.5 ms; 10,000 idle streams ≤ 16 KiB each; answers streamed as deltas", {
        "added ms (client, connection and engine's queue included)": spread(added), "added ms p95": percentile(added, 95),
        "bytes of an idle connection, 10,000 open": idle, "ms for /api/show beside them": show_ms,
        "bytes of a waiting stream, 2,000 open": waiting, "bytes an event of a 1,000-token answer": statistics.median(bytes_per_token)}
