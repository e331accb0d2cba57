// view/: what draws the editor, and the plain pieces around it. It reads the state and calls the editor, nothing more.
// This file: a React component's window onto the editor's state.
import { useCallback, useSyncExternalStore } from 'react'
import type { Editor } from '../editor.ts'
import type { EditorState } from '../state.ts'

/** Renders again only when `pick` gives something else; it must give the same value for the same state. */
export function useEditor<T>(editor: Editor, pick: (state: EditorState) => T): T {
  return useSyncExternalStore(editor.subscribe, () => pick(editor.state()))
}

const CALM_MS = 100

/** The same, at most ten times a second. */
export function useEditorCalmly<T>(editor: Editor, pick: (state: EditorState) => T): T {
  const subscribe = useCallback(
    (onChange: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const tell = () => {
        timer = undefined
        onChange()
      }
      const unsubscribe = editor.subscribe(() => {
        timer ??= setTimeout(tell, CALM_MS)
      })
      return () => {
        unsubscribe()
        clearTimeout(timer)
      }
    },
    [editor],
  )
  return useSyncExternalStore(subscribe, () => pick(editor.state()))
}

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** For buttons: a click with the mouse leaves the keyboard with the canvas. */
export const keepFocus = (event: { preventDefault(): void }): void => event.preventDefault()
