// What the status lines of a pull or a create add up to.

export interface StatusLine {
  status?: string;
  digest?: string;
  total?: number;
  completed?: number;
  error?: string;
}

const RATE_WINDOW_MS = 4_000;

export class Progress {
  status = '';
  private parts = new Map<string, { total: number; completed: number }>();
  private samples: { at: number; bytes: number }[] = [];

  take(line: StatusLine, now: number): void {
    if (line.status) this.status = line.status;
    if (!line.digest || !line.total) return;
    this.parts.set(line.digest, { total: line.total, completed: line.completed ?? 0 });
    this.samples.push({ at: now, bytes: this.completed });
    while (this.samples.length > 2 && now - this.samples[0]!.at > RATE_WINDOW_MS) this.samples.shift();
  }

  get total(): number {
    return [...this.parts.values()].reduce((sum, part) => sum + part.total, 0);
  }

  get completed(): number {
    return [...this.parts.values()].reduce((sum, part) => sum + part.completed, 0);
  }

  /** Of the last seconds: what was there before a resumed pull counts for nothing. */
  get bytesPerSecond(): number {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    return first && last && last.at > first.at ? ((last.bytes - first.bytes) * 1000) / (last.at - first.at) : 0;
  }

  get secondsLeft(): number | undefined {
    return this.bytesPerSecond > 0 ? (this.total - this.completed) / this.bytesPerSecond : undefined;
  }
}
