// Which columns are shown, in which order, how wide, and how tall the rows are. Pure; kept in the browser per project.
import { TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../../model/task-fields.ts'

export const DENSITIES = ['compact', 'normal', 'tall'] as const
export type Density = (typeof DENSITIES)[number]
export const ROW_HEIGHTS: Record<Density, number> = { compact: 28, normal: 38, tall: 64 }

export type ColumnsState = {
  order: readonly TaskFieldName[]
  hidden: readonly TaskFieldName[]
  widths: Partial<Record<TaskFieldName, number>>
  density: Density
}
export type ShownColumn = { name: TaskFieldName; width: number; isFrozen: boolean }

/** They stay at the left while the rest scrolls. The name is always shown: it is what a row is. */
export const FROZEN: readonly TaskFieldName[] = ['thumbnail', 'name']
export const MIN_WIDTH = 56
export const MAX_WIDTH = 900

export const DEFAULT_COLUMNS: ColumnsState = {
  order: TASK_FIELD_NAMES,
  hidden: TASK_FIELD_NAMES.filter((name) => !TASK_FIELDS[name].shown),
  widths: {},
  density: 'normal',
}

export const isMovable = (name: TaskFieldName): boolean => !FROZEN.includes(name)
export const isHideable = (name: TaskFieldName): boolean => name !== 'name'
/** Tall rows have room for a larger image. */
const TALL_IMAGE_WIDTH = 108
export function widthOf(state: ColumnsState, name: TaskFieldName): number {
  return (
    state.widths[name] ??
    (name === 'thumbnail' && state.density === 'tall' ? TALL_IMAGE_WIDTH : TASK_FIELDS[name].width)
  )
}

/** The columns of the grid, frozen ones first. */
export function shownColumns(state: ColumnsState): ShownColumn[] {
  const shown = [...FROZEN, ...state.order.filter(isMovable)].filter(
    (name) => !state.hidden.includes(name) || !isHideable(name),
  )
  return shown.map((name) => ({ name, width: widthOf(state, name), isFrozen: FROZEN.includes(name) }))
}

export function withShown(state: ColumnsState, name: TaskFieldName, isShown: boolean): ColumnsState {
  const others = state.hidden.filter((n) => n !== name)
  return { ...state, hidden: isShown || !isHideable(name) ? others : [...others, name] }
}

export function withWidth(state: ColumnsState, name: TaskFieldName, width: number | null): ColumnsState {
  const { [name]: _, ...others } = state.widths
  return { ...state, widths: width === null ? others : { ...others, [name]: clampWidth(width) } }
}

export const clampWidth = (width: number): number => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))

/** Puts a column before another one; at the end when `before` is null. Frozen columns stay where they are. */
export function moved(state: ColumnsState, name: TaskFieldName, before: TaskFieldName | null): ColumnsState {
  if (!isMovable(name) || name === before) return state
  const others = state.order.filter((n) => n !== name)
  const wanted =
    before === null ? others.length : before && FROZEN.includes(before) ? firstMovable(others) : others.indexOf(before)
  return { ...state, order: [...others.slice(0, wanted), name, ...others.slice(wanted)] }
}

/** One place to the left or right among the shown columns. */
export function nudged(state: ColumnsState, name: TaskFieldName, by: -1 | 1): ColumnsState {
  const shown = shownColumns(state)
    .map((c) => c.name)
    .filter(isMovable)
  const at = shown.indexOf(name)
  const target = at + by
  if (at < 0 || target < 0 || target >= shown.length) return state
  return by < 0 ? moved(state, name, shown[target] as TaskFieldName) : moved(state, name, shown[target + 1] ?? null)
}

const firstMovable = (order: readonly TaskFieldName[]) => order.findIndex(isMovable)

/** What was kept in the browser, made fit: unknown columns go, new ones come at their usual place. */
export function parseColumns(text: string | null | undefined): ColumnsState {
  try {
    const kept = JSON.parse(text ?? '') as Partial<ColumnsState>
    if (!Array.isArray(kept.order) || !Array.isArray(kept.hidden) || typeof kept.widths !== 'object')
      return DEFAULT_COLUMNS
    const known = kept.order.filter((n) => TASK_FIELD_NAMES.includes(n))
    const missing = TASK_FIELD_NAMES.filter((n) => !known.includes(n))
    const widths = Object.entries(kept.widths ?? {}).filter(([n, w]) => n in TASK_FIELDS && Number.isFinite(w))
    return {
      order: missing.reduce<TaskFieldName[]>((order, name) => insertAfterNeighbour(order, name), [...new Set(known)]),
      hidden: [
        ...kept.hidden.filter((n) => TASK_FIELD_NAMES.includes(n)),
        ...missing.filter((n) => !TASK_FIELDS[n].shown),
      ],
      widths: Object.fromEntries(widths.map(([n, w]) => [n, clampWidth(w as number)])),
      density: DENSITIES.includes(kept.density as Density) ? (kept.density as Density) : 'normal',
    }
  } catch {
    return DEFAULT_COLUMNS
  }
}

function insertAfterNeighbour(order: TaskFieldName[], name: TaskFieldName): TaskFieldName[] {
  const before = TASK_FIELD_NAMES.slice(0, TASK_FIELD_NAMES.indexOf(name)).findLast((n) => order.includes(n))
  const at = before ? order.indexOf(before) + 1 : 0
  return [...order.slice(0, at), name, ...order.slice(at)]
}
