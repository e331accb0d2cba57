// The page's own keys. Letters belong to the classes and tools, so these carry Ctrl / ⌘ or Shift.
import { isCommand, KEYS, type KeyEntry } from '../../../editor/keys.ts'

export const WORK_KEYS = {
  finish: '$mod+Enter',
  reject: '$mod+Backspace',
  skip: 'Shift+S',
  history: 'Shift+H',
  report: '[Shift]+!',
  comment: 'Shift+C',
  comments: 'Shift+P',
  reply: 'Shift+A',
  resolve: 'Shift+R',
  next_place: 'Shift+N',
  previous_place: 'Shift+B',
  compare: 'Shift+D',
  strip: 'Shift+F',
  guide: 'Shift+G',
  values: 'Shift+Enter',
  classes: '[Shift]+/',
  close: 'Shift+Q',
  save: '$mod+s',
  keys: 'Shift+?',
} as const

const GESTURE_SPACE = '\u00a0'

/** An editor's chord (`ctrl+shift+z`) or gesture (“Space + drag”) in the notation of the command registry. */
export function registryKeys(entry: { chords: readonly string[]; gesture?: string }): string {
  if (entry.gesture)
    return entry.gesture
      .split(' + ')
      .map((part) => part.replaceAll(' ', GESTURE_SPACE))
      .join('+')
  // `+` would read as the sign between two keys.
  const chord = entry.chords.find((c) => c !== '+') ?? ''
  return chord
    .split(/\+(?=.)/)
    .map((key) => SIGNS[key] ?? key)
    .join('+')
}

const SIGNS: Record<string, string> = {
  ctrl: '$mod', shift: 'Shift', enter: 'Enter', escape: 'Escape', delete: 'Delete', backspace: 'Backspace', tab: 'Tab',
  arrowleft: 'ArrowLeft', arrowright: 'ArrowRight', arrowup: 'ArrowUp', arrowdown: 'ArrowDown',
} // biome-ignore format: one list

const CHORDS = new Map(Object.entries(SIGNS).map(([chord, sign]) => [sign, chord]))

/** A person's keys for the editor's acts, as the editor writes them. */
export function editorKeys(own: ReadonlyMap<string, string>): Map<KeyEntry['id'], string> {
  const chordOf = (keys: string) =>
    keys
      .replaceAll('[Shift]+', '')
      .split(/\+(?=.)/)
      .map((key) => CHORDS.get(key) ?? key.toLowerCase())
      .join('+')
  return new Map(
    KEYS.filter(isCommand).flatMap((entry) => {
      const keys = own.get(registryKeys(entry))
      return keys ? [[entry.id, chordOf(keys)] as const] : []
    }),
  )
}

/** Ctrl / ⌘ + Enter, in a dialog. */
export const isFinishKey = (event: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey)
