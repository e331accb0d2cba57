// What reaches the editor from outside, free of DOM types. Positions are CSS pixels from the canvas's top left corner.
import type { XY } from '../model/shapes/geometry.ts'

export type Modifiers = {
  readonly shift?: boolean
  readonly alt?: boolean /** Ctrl, or Command. */
  readonly ctrl?: boolean
}

export type PointerInput = Modifiers & {
  readonly x: number
  readonly y: number
  /** 0 main, 1 middle, 2 second. Only read when pressed. */
  readonly button?: number
  /** When it happened, ms; tells a double click from two clicks. */
  readonly time?: number
}

/** Wheel distances in CSS pixels, as in a WheelEvent with deltaMode 0. A pinch arrives with `ctrl`. */
export type WheelInput = Modifiers & {
  readonly x: number
  readonly y: number
  readonly deltaX?: number
  readonly deltaY: number
}

/** `key`, `code` and `repeat` as in a KeyboardEvent. */
export type KeyInput = Modifiers & { readonly key: string; readonly code?: string; readonly repeat?: boolean }

export const isSane = (input: { x: number; y: number }): boolean => Number.isFinite(input.x) && Number.isFinite(input.y)

/** Presses that follow each other within this time and distance are a double click. */
const DOUBLE_MS = 400
const DOUBLE_PX = 5

/** Counts presses: 1, then 2 for a double click. */
export function createClickCounter(): (at: XY, time: number | undefined) => number {
  let last: { at: XY; time: number; clicks: number } | null = null
  return (at, time) => {
    if (time === undefined) return 1
    const isNear = last && Math.hypot(at[0] - last.at[0], at[1] - last.at[1]) <= DOUBLE_PX
    const isSoon = last && time - last.time <= DOUBLE_MS && time >= last.time
    const clicks = last && isNear && isSoon && last.clicks === 1 ? 2 : 1
    last = { at, time, clicks }
    return clicks
  }
}
