// The last minutes of the server's figures, in the columns that uPlot draws.

/** Of the lines in one plot, in this order. */
export const COLOURS = ['accent', 'soft', 'good', 'ink'] as const;
export type Colour = (typeof COLOURS)[number];

export interface LoadedModel {
  name: string;
  resident_bytes: number;
  /** On top of those. */
  gpu_bytes: number;
  running: number;
  waiting: number;
}

export interface Gpu {
  name: string;
  use_percent: number;
  temperature_c: number;
  memory_used_bytes: number;
  memory_total_bytes: number;
}

export interface Snapshot {
  at: string;
  uptime_s: number;
  requests_active: number;
  requests_waiting: number;
  requests_total: number;
  errors_total: number;
  tokens_per_second: number;
  first_token_ms: number | null;
  cached_token_share: number | null;
  server_bytes: number;
  cpu_percent: number;
  memory_total_bytes: number;
  memory_available_bytes: number;
  models: LoadedModel[];
  gpus: Gpu[];
  recent_errors: { at: string; request_id: string; path: string; status: number; model: string; message: string }[];
}

export type Value = number | null;
export type Pick<V extends Value = Value> = (snapshot: Snapshot) => V;

/** Of the whole machine. */
export const used: Pick<number> = (snapshot) => snapshot.memory_total_bytes - snapshot.memory_available_bytes;

/** The server and the models that it keeps in memory. */
export const ofFragua: Pick<number> = (snapshot) => snapshot.models.reduce((sum, model) => sum + model.resident_bytes, snapshot.server_bytes);

/** The machine's memory and the GPUs'. */
export const sizeOf = (model: LoadedModel): number => model.resident_bytes + model.gpu_bytes;

/** What a model takes; nothing while it is not loaded. */
export const ofModel = (name: string): Pick => (snapshot) => {
  const model = snapshot.models.find((one) => one.name === name);
  return model ? sizeOf(model) : null;
};

export const gpuMemoryPercent = (gpu: Gpu): number => (gpu.memory_total_bytes > 0 ? (100 * gpu.memory_used_bytes) / gpu.memory_total_bytes : 0);

/** Ten minutes of the server's own points and an hour of what is asked for afterwards. */
const KEPT = 1_920;

export class History {
  private times: number[] = [];
  private snapshots: Snapshot[] = [];

  add(snapshot: Snapshot): void {
    const time = new Date(snapshot.at).getTime() / 1000;
    // uPlot needs growing times; a clock that was set back begins anew.
    if (this.times.length > 0 && time <= this.times.at(-1)!) {
      if (time === this.times.at(-1)) return;
      this.times = [];
      this.snapshots = [];
    }
    this.times.push(time);
    this.snapshots.push(snapshot);
    if (this.times.length > KEPT) {
      this.times.shift();
      this.snapshots.shift();
    }
  }

  columns(picks: Pick[]): [number[], ...Value[][]] {
    return [this.times, ...picks.map((pick) => this.snapshots.map(pick))];
  }
}
