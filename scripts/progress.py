"""A progress bar with rate and time left. On a terminal one line that moves; elsewhere a line every ten seconds."""

import shutil
import sys
import time

TERMINAL_SECONDS = 0.2
LOG_SECONDS = 10.0


def human(count):
    return "%.2f GB" % (count / 1e9) if count >= 1e9 else "%.0f MB" % (count / 1e6)


class Progress:
    def __init__(self, title, total, start=0):
        self.title = title
        self.total = max(total, 1)
        self.start = self.done = start
        self.began = time.monotonic()
        self.drawn = self.began
        self.terminal = sys.stderr.isatty()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.done = self.total
        self.draw("\n")

    def add(self, count):
        self.at(self.done + count)

    def at(self, done):
        self.done = min(done, self.total)
        now = time.monotonic()
        if now - self.drawn >= (TERMINAL_SECONDS if self.terminal else LOG_SECONDS):
            self.drawn = now
            self.draw("" if self.terminal else "\n")

    def draw(self, end):
        elapsed = max(time.monotonic() - self.began, 0.001)
        rate = max(self.done - self.start, 0) / elapsed
        left = (self.total - self.done) / rate if rate > 0 else None
        figures = "%s of %s  %.1f MB/s" % (human(self.done), human(self.total), rate / 1e6)
        if left is not None and self.total // 100 < self.done < self.total:
            figures += "  %d:%02d left" % divmod(int(left + 0.5), 60)
        line = "%-44s %3d %%  %s" % (self.title[:44], 100 * self.done // self.total, figures)
        if self.terminal:
            width = shutil.get_terminal_size().columns - 1
            room = width - len(line) - 3
            if room >= 10:
                filled = room * self.done // self.total
                line += "  " + "█" * filled + "░" * (room - filled)
            line = "\r\033[K" + line[:width + 4]
        sys.stderr.write(line + end)
        sys.stderr.flush()
