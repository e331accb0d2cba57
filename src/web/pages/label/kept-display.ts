// How a person wants images shown, kept in this browser.
import { type Display, displayWith, INITIAL_DISPLAY } from '../../../editor/display.ts'
import type { Editor } from '../../../editor/editor.ts'
import { remember, remembered } from '../../browser-storage.ts'

/** A slider that is dragged passes many values; the last one is kept. */
const KEEP_MS = 300

const keyOf = (person_id: number) => `pixlhub-editor-display-${person_id}`

/** Shows images as this person had them last, and keeps what they change. @returns how to stop */
export function keepDisplay(editor: Editor, person_id: number): () => void {
  editor.setDisplay(parseDisplay(remembered(keyOf(person_id))))
  let known = editor.state().display
  let timer: ReturnType<typeof setTimeout> | undefined
  const keepKnown = () => {
    timer = undefined
    remember(keyOf(person_id), JSON.stringify(known))
  }
  const unsubscribe = editor.subscribe(() => {
    const { display } = editor.state()
    if (display === known) return
    known = display
    clearTimeout(timer)
    timer = setTimeout(keepKnown, KEEP_MS)
  })
  return () => {
    unsubscribe()
    if (timer === undefined) return
    clearTimeout(timer)
    keepKnown()
  }
}

/** What was kept, perhaps by an older version; nonsense is as if nothing was. */
export function parseDisplay(text: string | null): Display {
  try {
    const kept: unknown = JSON.parse(text ?? '{}')
    return kept && typeof kept === 'object' ? displayWith(INITIAL_DISPLAY, kept) : INITIAL_DISPLAY
  } catch {
    return INITIAL_DISPLAY
  }
}
