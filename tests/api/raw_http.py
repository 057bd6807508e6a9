"""Bytes on a socket, for what no HTTP client would send: half requests, slow ones, many at once."""

import contextlib
import re
import resource
import socket

STATUS_LINE = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def connect(server, timeout=10, receive_buffer_bytes=None):
    connection = socket.socket()
    if receive_buffer_bytes:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer_bytes)
    connection.settimeout(timeout)
    connection.connect(("127.0.0.1", server.port))
    return connection


def read_to_end(connection):
    """What arrives until the server closes; a reset ends it too. TimeoutError when it keeps the connection open."""
    answer = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(1 << 16):
            answer += piece
    return answer


def exchange(server, request, timeout=10):
    """Sends the bytes and the end of them, and returns all that comes back."""
    with connect(server, timeout) as connection:
        with contextlib.suppress(ConnectionError):  # refused before it was all sent: the answer says why
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        return read_to_end(connection)


def statuses(answer):
    return [int(status) for status in STATUS_LINE.findall(answer)]


def head(method, path, *headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path, body, *headers):
    return head("POST", path, "Content-Type: application/json", f"Content-Length: {len(body)}", *headers) + body


def allow_descriptors(count):
    """For tests with many sockets: this process's own limit may be lower."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == resource.RLIM_INFINITY or hard >= count, f"this machine allows only {hard} open files; the test needs {count}"
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
