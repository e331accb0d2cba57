// Keeps elements over the image at their places while it is panned and zoomed, without drawing React anew.
import { useCallback, useEffect, useRef } from 'react'
import type { Editor } from '../../../../editor/editor.ts'
import type { EditorState } from '../../../../editor/state.ts'

/** @param draw  once per frame in which the editor changed, and once after each render */
export function useEachFrame(editor: Editor, draw: (state: EditorState) => void): void {
  const latest = useRef(draw)
  latest.current = draw
  const now = useCallback(() => {
    latest.current(editor.state())
  }, [editor])
  useEffect(() => {
    let frame = 0
    const stop = editor.subscribe(() => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0
          now()
        })
    })
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [editor, now])
  useEffect(now)
}
