// The report of npm run bench:editor: a line per work, with what this machine needs to show the image alone.
import { median, percentile } from '../measure.ts'

export type EditorLine = {
  work: string
  objects: number
  /** Between two frames while the work goes on. */
  frame_p50_ms: number | null
  frame_p95_ms: number | null
  /** The editor's own part of a frame: its listeners and what it draws. */
  js_p50_ms: number | null
  /** What is no frame: the 95th percentile of the times from beginning to end. KB for the size of the JavaScript. */
  ms: number | null
  /** The same on a page that is nothing but canvases with the image. */
  floor_p50_ms: number | null
  floor_p95_ms: number | null
  /** Of `frame_p95_ms`, or of `ms`. */
  limit: number | null
  ok: boolean | null
  note: string
}

export type Frames = { frames: number[]; js: number[] }

const EMPTY = {
  frame_p50_ms: null, frame_p95_ms: null, js_p50_ms: null, ms: null, floor_p50_ms: null, floor_p95_ms: null,
} // biome-ignore format: one list

const rounded = (n: number): number => Math.round(n * 10) / 10

export function framesLine(
  about: { work: string; objects: number; limit: number; note: string },
  ours: Frames,
  floor: readonly number[],
): EditorLine {
  const p95 = rounded(percentile(ours.frames, 95))
  return {
    ...EMPTY,
    ...about,
    frame_p50_ms: rounded(median(ours.frames)),
    frame_p95_ms: p95,
    js_p50_ms: rounded(median(ours.js)),
    floor_p50_ms: rounded(median(floor)),
    floor_p95_ms: rounded(percentile(floor, 95)),
    ok: p95 <= about.limit,
  }
}

export function timesLine(
  about: { work: string; objects: number; limit: number | null; note: string },
  times: readonly number[],
  floor: readonly number[] = [],
): EditorLine {
  const ms = rounded(percentile(times, 95))
  const spread = `${times.length} times: p50 ${rounded(median(times))}, longest ${rounded(percentile(times, 100))}`
  return {
    ...EMPTY,
    ...about,
    ms,
    ...(floor.length > 0
      ? { floor_p50_ms: rounded(median(floor)), floor_p95_ms: rounded(percentile(floor, 95)) }
      : null),
    ok: about.limit === null ? null : ms <= about.limit,
    note: [spread, about.note].filter(Boolean).join('; '),
  }
}

/** What failed, or was left out, is said. */
export const failedLine = (work: string, note: string): EditorLine => ({
  ...EMPTY,
  work,
  objects: 0,
  limit: null,
  ok: false,
  note,
})
