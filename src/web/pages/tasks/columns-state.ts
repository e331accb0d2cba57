// Which columns are shown, in which order, how wide, and how tall the rows are. Pure; kept in the browser per project.
import { TASK_FIELD_NAMES, TASK_FIELDS, type TaskFieldName } from '../../../model/task-fields.ts'
import { DENSITIES, type Density } from '../../../model/task-view.ts'

export { DENSITIES, type Density }
export const ROW_HEIGHTS: Record<Density, number> = { compact: 28, normal: 38, tall: 64 }

export type ColumnsState = {
  order: readonly TaskFieldName[]
  hidden: readonly TaskFieldName[]
  /** They stay at the left while the rest scrolls. */
  pinned: readonly TaskFieldName[]
  widths: Partial<Record<TaskFieldName, number>>
  density: Density
}
export type ShownColumn = { name: TaskFieldName; width: number; isFrozen: boolean }

/** The name is always shown and pinned: it is what a row is. */
export const isAlwaysThere = (name: TaskFieldName): boolean => name === 'name'
/** Pinned columns never take more of the grid than this: the rest has to be seen too. */
const PINNED_SHARE = 0.6
export const MIN_WIDTH = 56
export const MAX_WIDTH = 900

export const DEFAULT_COLUMNS: ColumnsState = {
  order: TASK_FIELD_NAMES,
  hidden: TASK_FIELD_NAMES.filter((name) => !TASK_FIELDS[name].shown),
  pinned: ['thumbnail', 'name'],
  widths: {},
  density: 'normal',
}

export const isPinned = (state: ColumnsState, name: TaskFieldName): boolean =>
  isAlwaysThere(name) || state.pinned.includes(name)
/** Tall rows have room for a larger image. */
const TALL_IMAGE_WIDTH = 108
export function widthOf(state: ColumnsState, name: TaskFieldName): number {
  return (
    state.widths[name] ??
    (name === 'thumbnail' && state.density === 'tall' ? TALL_IMAGE_WIDTH : TASK_FIELDS[name].width)
  )
}

/** All columns, shown or not, pinned ones first. */
export function columnsInOrder(state: ColumnsState): TaskFieldName[] {
  const isFirst = (name: TaskFieldName) => isPinned(state, name)
  return [...state.order.filter(isFirst), ...state.order.filter((name) => !isFirst(name))]
}

/** The columns of the grid, pinned ones first. */
export function shownColumns(state: ColumnsState): ShownColumn[] {
  return columnsInOrder(state)
    .filter((name) => !state.hidden.includes(name) || isAlwaysThere(name))
    .map((name) => ({ name, width: widthOf(state, name), isFrozen: isPinned(state, name) }))
}

/** On a narrow screen fewer of the pinned columns stay. @param width px of the grid; 0 while it is not measured */
export function fitFrozen(columns: readonly ShownColumn[], width: number): readonly ShownColumn[] {
  let left = 0
  const fitting = columns.map((c) => {
    left += c.width
    return c.isFrozen && width > 0 && left > width * PINNED_SHARE ? { ...c, isFrozen: false } : c
  })
  return fitting.every((c, i) => c === columns[i]) ? columns : fitting
}

export function withShown(state: ColumnsState, name: TaskFieldName, isShown: boolean): ColumnsState {
  const others = state.hidden.filter((n) => n !== name)
  return { ...state, hidden: isShown || isAlwaysThere(name) ? others : [...others, name] }
}

export function withPinned(state: ColumnsState, name: TaskFieldName, isOn: boolean): ColumnsState {
  return {
    ...state,
    pinned: TASK_FIELD_NAMES.filter((n) => (n === name ? isOn || isAlwaysThere(n) : isPinned(state, n))),
  }
}

export function withWidth(state: ColumnsState, name: TaskFieldName, width: number | null): ColumnsState {
  const { [name]: _, ...others } = state.widths
  return { ...state, widths: width === null ? others : { ...others, [name]: clampWidth(width) } }
}

export const clampWidth = (width: number): number => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))

export type Side = 'before' | 'after'

/** Puts a column beside another one; it is pinned where that one is. */
export function moved(state: ColumnsState, name: TaskFieldName, side: Side, over: TaskFieldName): ColumnsState {
  if (name === over) return state
  const others = state.order.filter((n) => n !== name)
  const at = others.indexOf(over) + (side === 'after' ? 1 : 0)
  return withPinned(
    { ...state, order: [...others.slice(0, at), name, ...others.slice(at)] },
    name,
    isPinned(state, over),
  )
}

/** One place to the left or right among these columns; it stays pinned, or not. @param names in the order shown */
export function nudged(
  state: ColumnsState,
  name: TaskFieldName,
  by: -1 | 1,
  names: readonly TaskFieldName[] = shownColumns(state).map((c) => c.name),
): ColumnsState {
  const over = names[names.indexOf(name) + by]
  if (!names.includes(name) || !over || isPinned(state, over) !== isPinned(state, name)) return state
  return moved(state, name, by < 0 ? 'before' : 'after', over)
}

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
      pinned: Array.isArray(kept.pinned)
        ? TASK_FIELD_NAMES.filter((n) => kept.pinned?.includes(n) || isAlwaysThere(n))
        : DEFAULT_COLUMNS.pinned,
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
