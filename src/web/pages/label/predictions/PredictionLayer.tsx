// Predictions over the image, and the two buttons beside the one that is looked at.
import { IconCheck, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { toScreen } from '../../../../editor/coordinates.ts'
import type { Editor } from '../../../../editor/editor.ts'
import type { EditorState } from '../../../../editor/state.ts'
import { offered } from '../../../../editor/suggestions.ts'
import { texts } from '../../../../editor/texts.ts'
import { clearedOverlay } from '../../../../editor/view/cleared-canvas.ts'
import { drawSuggestions } from '../../../../editor/view/draw-suggestions.ts'
import { Hinted } from '../../../../editor/view/ToolButton.tsx'
import { keepFocus, useEditor } from '../../../../editor/view/use-editor.ts'
import { shapeBounds } from '../../../../model/shapes/index.ts'
import { useEachFrame } from '../review/use-placed.ts'
import classes from './predictions.module.css'

/** The buttons' own size and their distance from the shape, CSS pixels. */
const BUTTONS = { width: 60, height: 30, gap: 6 }

export default function PredictionLayer({ editor }: { editor: Editor }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const buttons = useRef<HTMLDivElement>(null)
  const mayDecide = useEditor(editor, (s) => !s.isReadOnly && s.suggestion !== null && s.hasSuggestions)
  useEachFrame(editor, (state) => {
    if (canvas.current) drawSuggestions(clearedOverlay(canvas.current, state), state)
    if (buttons.current) place(buttons.current, state)
  })
  return (
    <>
      <canvas ref={canvas} className={classes.layer} data-layer="predictions" />
      {mayDecide && (
        <div ref={buttons} className={classes.buttons}>
          {(
            [
              ['accept_suggestion', IconCheck, () => editor.acceptSuggestions()],
              ['reject_suggestion', IconX, () => editor.rejectSuggestions()],
            ] as const
          ).map(([action, Icon, act]) => (
            <Hinted key={action} action={action}>
              <button
                type="button"
                className={classes.button}
                data-act={action}
                aria-label={texts.actions[action]}
                onMouseDown={keepFocus}
                onClick={act}
              >
                <Icon size={16} stroke={2.2} />
              </button>
            </Hinted>
          ))}
        </div>
      )}
    </>
  )
}

/** Under the lower right corner; above it where the screen ends. */
function place(element: HTMLElement, state: EditorState): void {
  const looked = offered(state).find((s) => s.id === state.suggestion)
  element.hidden = !looked
  if (!looked) return
  const b = shapeBounds(looked.shape)
  const [, top] = toScreen(state.view, [b.x, b.y])
  const [right, bottom] = toScreen(state.view, [b.x + b.width, b.y + b.height])
  const { width, height, gap } = BUTTONS
  const below = bottom + gap
  const y = below + height <= state.screen.height ? below : Math.max(top - gap - height, 0)
  const x = Math.min(Math.max(right - width, 0), state.screen.width - width)
  element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
}
