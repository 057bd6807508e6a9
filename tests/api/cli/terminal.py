"""A program under a pseudo-terminal, driven like a person would: type, wait for text, press keys."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    def __init__(self, argv, env, columns=100, rows=30):
        self.text = ""
        self.status = None
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execve(argv[0], argv, env)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Whatever arrives within that time; False at the end of the program."""
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            data = b""
        self.text += data.decode("utf-8", "replace")
        return bool(data)

    def expect(self, wanted, seconds=10.0):
        """Waits for the text (escape codes left out) and forgets everything up to its end. Returns what came before."""
        until = time.monotonic() + seconds
        while True:
            plain = ESCAPES.sub("", self.text).replace("\r\n", "\n")
            at = plain.find(wanted)
            if at >= 0:
                self.text = plain[at + len(wanted):]
                return plain[:at]
            alive = self.read(0.1)
            if time.monotonic() > until or not alive:
                raise AssertionError(f"{wanted!r} did not come; the terminal shows {plain!r}")

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def line(self, text):
        self.type(text + "\r")

    def wait(self, seconds=10.0):
        """The exit status."""
        until = time.monotonic() + seconds
        while self.status is None:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                raise AssertionError(f"the program goes on; the terminal shows {self.text!r}")
        return self.status

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.descriptor)
