// jump/: going to a row of the list by its number or by what it is called. This file: what was typed; pure.
import type { Place } from '../grid/row-source.ts'

type Jump = { row: number } | { place: Place }

/**
 * `12,000` is a row, counted from 1; `#47` the task with that id; anything else a name or a part of one.
 * @returns null for nothing
 */
export function readJump(text: string): Jump | null {
  const typed = text.trim()
  if (typed === '') return null
  const id = /^#(\d{1,15})$/.exec(typed)?.[1]
  if (id !== undefined && Number(id) > 0) return { place: { task_id: Number(id) } }
  // Thousands may be separated by a comma, a dot, a space or an apostrophe.
  if (/^\d{1,15}$|^\d{1,3}([,.\s’'][\d]{3})+$/.test(typed)) return { row: Number(typed.replace(/\D/g, '')) - 1 }
  return { place: { name: typed } }
}
