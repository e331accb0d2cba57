// How the image and its objects are shown. It is of the person, not of the task: nothing of it is saved with the work.
import { clamp } from './coordinates.ts'

export type Display = {
  /** 1: as it is. */
  readonly brightness: number
  /** 1: as it is. */
  readonly contrast: number
  /** 1: as it is; more lifts the dark parts. */
  readonly gamma: number
  /** Of the objects that are not selected, 0…1. */
  readonly opacity: number
  readonly hasGrid: boolean
  /** Lines through the pointer while something is drawn. */
  readonly hasCrosshair: boolean
  /** Names of classes beside the objects. */
  readonly hasLabels: boolean
  /** While only a part of the image is on the screen. */
  readonly hasMinimap: boolean
  /** The pixel under the pointer. */
  readonly hasCoordinates: boolean
}

export const INITIAL_DISPLAY: Display = {
  brightness: 1,
  contrast: 1,
  gamma: 1,
  opacity: 1,
  hasGrid: false,
  hasCrosshair: true,
  hasLabels: true,
  hasMinimap: true,
  hasCoordinates: true,
}

type Range = { readonly low: number; readonly high: number; readonly step: number }

export const DISPLAY_RANGES = {
  brightness: { low: 0.2, high: 3, step: 0.1 },
  contrast: { low: 0.2, high: 3, step: 0.1 },
  gamma: { low: 0.3, high: 3, step: 0.1 },
  opacity: { low: 0.1, high: 1, step: 0.1 },
} as const satisfies Record<string, Range>

export type DisplayAmount = keyof typeof DISPLAY_RANGES
export const DISPLAY_AMOUNTS = Object.keys(DISPLAY_RANGES) as DisplayAmount[]

export type DisplayToggle = Exclude<keyof Display, DisplayAmount>
export const DISPLAY_TOGGLES: readonly DisplayToggle[] = [
  'hasGrid',
  'hasCrosshair',
  'hasLabels',
  'hasMinimap',
  'hasCoordinates',
]

const CENTS = 100

/** Amounts within their ranges; the rest as it was. The same value if nothing changes. */
export function displayWith(before: Display, patch: Partial<Display>): Display {
  const next: { -readonly [K in keyof Display]: Display[K] } = { ...before }
  for (const name of DISPLAY_AMOUNTS) {
    const { low, high } = DISPLAY_RANGES[name]
    const value = patch[name]
    if (typeof value === 'number' && Number.isFinite(value))
      next[name] = clamp(Math.round(value * CENTS) / CENTS, low, high)
  }
  for (const name of DISPLAY_TOGGLES) if (typeof patch[name] === 'boolean') next[name] = patch[name]
  const isSame = (Object.keys(next) as (keyof Display)[]).every((name) => next[name] === before[name])
  return isSame ? before : next
}

const ENTRIES = 256

/** Whether the image is not shown as it is. */
export const isToned = ({ brightness, contrast, gamma }: Display): boolean =>
  brightness !== 1 || contrast !== 1 || gamma !== 1

/**
 * Brightness, contrast and gamma as one table: what becomes of a channel, 0…1 at even distances. Null: as it is.
 * The browser's compositor looks it up, so that no pixel of the image is computed here.
 */
export function toneTable(display: Display): number[] | null {
  if (!isToned(display)) return null
  const { brightness, contrast, gamma } = display
  return Array.from({ length: ENTRIES }, (_, i) => {
    const lifted = (i / (ENTRIES - 1)) ** (1 / gamma) * brightness
    return clamp((lifted - 0.5) * contrast + 0.5, 0, 1)
  })
}

/** Grid lines are at least this far apart, CSS pixels. */
const GRID_APART = 48
/** From here on the grid is that of the pixels themselves, CSS pixels per image pixel. */
const PIXEL_GRID_FROM = 16

/** Image pixels between two lines of the grid: 1, or 2, 5, 10, 20, 50 … as far as they must be apart on the screen. */
export function gridStep(scale: number): number {
  if (scale >= PIXEL_GRID_FROM) return 1
  const least = GRID_APART / scale
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find((n) => n * power >= least) ?? 10)
}
