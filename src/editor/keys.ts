// The one list of keys. The keyboard obeys it; the `?` sheet and the tooltips are drawn from it.
import type { KeyInput } from './input.ts'
import { texts } from './texts.ts'

export type KeyGroup = keyof typeof texts.groups
export type KeyEntry = {
  readonly id: keyof typeof texts.actions
  readonly group: KeyGroup
  readonly title: string
  /** Chords such as `v` or `ctrl+shift+z`, the first one is shown in tooltips. Ctrl is Command on a Mac. */
  readonly chords: readonly string[]
  /** How to say it where it is not only keys, e.g. “Space + drag”. */
  readonly gesture?: string
}

const entry = (id: KeyEntry['id'], group: KeyGroup, chords: string[], gesture?: string): KeyEntry => ({
  id,
  group,
  title: texts.actions[id],
  chords,
  ...(gesture ? { gesture } : {}),
})

export const KEYS: readonly KeyEntry[] = [
  entry('select_tool', 'tools', ['v']),
  entry('box_tool', 'tools', ['b']),
  entry('polygon_tool', 'tools', ['p']),
  entry('polyline_tool', 'tools', ['l']),
  entry('point_tool', 'tools', ['o']),
  entry('ellipse_tool', 'tools', ['e']),
  entry('skeleton_tool', 'tools', ['s']),
  entry('mask_tool', 'tools', ['m']),
  entry('brush_erase', 'tools', ['x']),
  entry('brush_fill', 'tools', ['g']),
  entry('snap', 'drawing', ['n']),
  entry('brush_smaller', 'drawing', ['[']),
  entry('brush_larger', 'drawing', [']']),
  entry('split_tool', 'tools', ['k']),
  entry('smart_box_tool', 'tools', ['c']),
  entry('scissors_tool', 'tools', ['i']),
  entry('paint_object', 'drawing', [], texts.gestures.drag_inside),
  entry('paint_background', 'drawing', [], texts.gestures.alt_drag_inside),
  entry('choose_class', 'drawing', [], texts.gestures.class_key),
  entry('close_shape', 'drawing', ['enter']),
  entry('cancel', 'drawing', ['escape']),
  entry('delete', 'editing', ['delete', 'backspace']),
  entry('undo', 'editing', ['ctrl+z']),
  entry('redo', 'editing', ['ctrl+shift+z', 'ctrl+y']),
  entry('copy', 'editing', ['ctrl+c']),
  entry('paste', 'editing', ['ctrl+v']),
  entry('duplicate', 'editing', ['ctrl+d']),
  entry('carry', 'editing', ['d']),
  entry('merge', 'editing', ['j']),
  entry('subtract', 'editing', ['shift+j']),
  entry('bring_forward', 'editing', ['ctrl+]', 'pageup']),
  entry('send_back', 'editing', ['ctrl+[', 'pagedown']),
  entry('bring_to_front', 'editing', ['ctrl+}', 'home']),
  entry('send_to_bottom', 'editing', ['ctrl+{', 'end']),
  entry('lock', 'editing', ['shift+l']),
  entry('nudge', 'editing', ['arrowleft', 'arrowright', 'arrowup', 'arrowdown'], texts.gestures.arrows),
  entry(
    'nudge_far',
    'editing',
    ['shift+arrowleft', 'shift+arrowright', 'shift+arrowup', 'shift+arrowdown'],
    texts.gestures.shift_arrows,
  ),
  entry('turn_left', 'editing', [',']),
  entry('turn_right', 'editing', ['.']),
  entry('visibility', 'editing', [], texts.gestures.keypoint_alt_click),
  entry('rotate', 'editing', [], texts.gestures.rotate_drag),
  entry('insert_vertex', 'editing', [], texts.gestures.edge_drag),
  entry('remove_vertex', 'editing', [], texts.gestures.vertex_alt_click),
  entry('select_all', 'selecting', ['ctrl+a']),
  entry('select_next', 'selecting', ['tab']),
  entry('select_previous', 'selecting', ['shift+tab']),
  entry('add_to_selection', 'selecting', [], texts.gestures.shift_click),
  entry('select_below', 'selecting', [], texts.gestures.alt_click),
  entry('accept_suggestion', 'predictions', ['a']),
  entry('reject_suggestion', 'predictions', ['r']),
  entry('next_suggestion', 'predictions', ['z']),
  entry('previous_suggestion', 'predictions', ['q']),
  entry('accept_all', 'predictions', ['y']),
  entry('suggestions', 'predictions', ['t']),
  entry('more_predictions', 'predictions', ['<']),
  entry('fewer_predictions', 'predictions', ['>']),
  entry('hide', 'view', ['h']),
  entry('fit', 'view', ['f']),
  entry('actual_size', 'view', ['ctrl+0']),
  entry('zoom_in', 'view', ['+', '=']),
  entry('zoom_out', 'view', ['-', '_']),
  entry('brighter', 'view', ['shift+e']),
  entry('darker', 'view', ['shift+w']),
  entry('more_contrast', 'view', ['shift+v']),
  entry('less_contrast', 'view', ['shift+z']),
  entry('more_gamma', 'view', ['shift+y']),
  entry('less_gamma', 'view', ['shift+u']),
  entry('more_opacity', 'view', ['shift+o']),
  entry('less_opacity', 'view', ['shift+i']),
  entry('reset_tones', 'view', ['shift+k']),
  entry('grid', 'view', ['#']),
  entry('crosshair', 'view', ['shift+x']),
  entry('labels', 'view', ['shift+t']),
  entry('minimap', 'view', ['shift+m']),
  entry('coordinates', 'view', [';']),
  entry('zoom', 'view', [], texts.gestures.wheel),
  entry('pan', 'view', [], texts.gestures.space_drag),
]

let bound: readonly KeyEntry[] = KEYS
let byChord = chordsOf(KEYS)
const listeners = new Set<() => void>()

function chordsOf(entries: readonly KeyEntry[]) {
  return new Map(entries.flatMap((e) => e.chords.map((chord) => [chord, e.id] as const)))
}

/** A person's own chords, each in place of all the usual ones of its action. */
export function rebind(own: ReadonlyMap<KeyEntry['id'], string>): void {
  const chords = (e: KeyEntry) => [own.get(e.id) as string]
  bound = KEYS.map((e) => (own.has(e.id) ? { ...e, chords: chords(e) } : e))
  // What a person chose comes before what is usual.
  byChord = chordsOf([...bound.filter((e) => !own.has(e.id)), ...bound.filter((e) => own.has(e.id))])
  for (const tell of [...listeners]) tell()
}

/** The list with the chords that are bound now. */
export const boundKeys = (): readonly KeyEntry[] => bound

export function onRebound(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether an action can be done without its key or gesture, from a palette. */
export const isCommand = ({ id, chords }: KeyEntry): boolean => chords.length > 0 && !/^nudge/.test(id)

export const actionOf = (input: KeyInput): KeyEntry['id'] | null => byChord.get(chordOf(input)) ?? null

/** The single character of a key, a–z and 0–9, also on keyboards that write other letters there; else null. */
export function plainKey(input: KeyInput): string | null {
  const key = input.key.toLowerCase()
  if (/^[a-z0-9]$/.test(key)) return key
  // Cyrillic, Greek and others: the place of the key says which Latin letter it is.
  const placed = /^[^\x20-\x7f]$/u.test(key) ? input.code?.match(/^Key([A-Z])$/)?.[1] : undefined
  return placed?.toLowerCase() ?? null
}

/** The digit of a key that writes another sign without Shift, as the upper row does in France; else null. */
export function placedDigit(input: KeyInput): string | null {
  if (!/^[^a-z0-9]$/iu.test(input.key)) return null
  return input.code?.match(/^Digit([1-9])$/)?.[1] ?? null
}

function chordOf(input: KeyInput): string {
  const plain = plainKey(input)
  const key = plain ?? input.key.toLowerCase()
  // `+` needs Shift on some keyboards and not on others.
  const hasShift = input.shift && (plain !== null || key.length > 1)
  return `${input.ctrl ? 'ctrl+' : ''}${hasShift ? 'shift+' : ''}${key}`
}

const NAMES: Record<string, string> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  delete: 'Delete',
  backspace: 'Backspace',
  enter: 'Enter',
  tab: 'Tab',
  ctrl: 'Ctrl',
  shift: 'Shift',
}

/** The keys of a chord as they are printed on them, e.g. `['Ctrl', 'Z']`, or `['⌘', 'Z']` on a Mac. */
export function keyCaps(chord: string, isMac: boolean): string[] {
  return chord.split(/\+(?=.)/).map((k) => {
    if (isMac && k === 'ctrl') return '⌘'
    if (isMac && k === 'shift') return '⇧'
    return NAMES[k] ?? k.toUpperCase()
  })
}

/** The keys of an action for a tooltip, e.g. `Ctrl+Z`; empty if it has none. */
export function keyHint(id: KeyEntry['id'], isMac: boolean): string {
  const chord = bound.find((e) => e.id === id)?.chords[0]
  return chord ? keyCaps(chord, isMac).join(isMac ? '' : '+') : ''
}
