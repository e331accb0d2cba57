// Everything a view needs to draw the editor, as one immutable value.
import type { AnnotationObject } from '../model/annotation.ts'
import type { LabelSchema } from '../model/label-schema.ts'
import type { XY } from '../model/shapes/geometry.ts'
import type { Shape, ShapeType } from '../model/shapes/index.ts'
import type { Size, View } from './coordinates.ts'
import { type Display, INITIAL_DISPLAY } from './display.ts'
import { type EditorDocument, EMPTY_DOCUMENT, objectsOf } from './document.ts'
import { type Suggestion, USUAL_THRESHOLD } from './suggestions.ts'
import type { Draft } from './tools/tool.ts'

/** The tools a person chooses. Every shape has one of its own name. Only `select` and `split` work with a selection. */
export type ToolName = 'select' | 'split' | 'smart_box' | 'scissors' | ShapeType

/** How masks are painted. `size` is the brush's diameter, image pixels. */
export type Brush = { readonly size: number; readonly mode: 'add' | 'erase' | 'fill' }

export type EditorState = {
  readonly document: EditorDocument
  readonly schema: LabelSchema
  readonly image: Size
  readonly isReadOnly: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean

  readonly tool: ToolName
  readonly activeClassId: number | null
  /** Object ids in the order they were chosen. */
  readonly selection: readonly string[]
  readonly hidden: ReadonlySet<string>
  /** Cannot be changed, nor picked up on the canvas. Of this visit only, like `hidden`. */
  readonly locked: ReadonlySet<string>
  /** Points that are drawn or pulled go to what is near. */
  readonly isSnapping: boolean
  /** The object under the cursor that a click would select. */
  readonly hovered: string | null
  /**
   * What was drawn last: its attributes can be filled in without leaving the drawing tool. In the mask tool, what the
   * brush goes on painting.
   */
  readonly lastAdded: string | null

  readonly brush: Brush

  /** What models say about the image, best first, whatever became of it. */
  readonly predictions: readonly Suggestion[]
  /** Predictions with a lower score are not offered. */
  readonly threshold: number
  readonly hasSuggestions: boolean
  /** The key of the one that a person looks at. */
  readonly suggestion: string | null

  /** Shapes of objects under a running gesture; the document has them only after the release. */
  readonly preview: ReadonlyMap<string, Shape>
  /** What a tool is drawing and has not finished. */
  readonly draft: Draft | null
  /** CSS cursor. */
  readonly cursor: string
  /** Where the pointer is, screen; null when it is outside. */
  readonly pointer: XY | null

  readonly screen: Size
  readonly view: View
  /** The image follows the size of the screen until a person zooms or pans. */
  readonly isFitted: boolean
  readonly display: Display

  /** Why the last act did nothing, for a short message. `number` grows, so that the same text can come twice. */
  readonly notice: { readonly text: string; readonly number: number } | null
}

export const NO_PREVIEW: ReadonlyMap<string, Shape> = new Map()

export const INITIAL_STATE: EditorState = {
  document: EMPTY_DOCUMENT,
  schema: { classes: [], global_attributes: [] },
  image: { width: 1, height: 1 },
  isReadOnly: true,
  canUndo: false,
  canRedo: false,
  tool: 'select',
  activeClassId: null,
  selection: [],
  hidden: new Set(),
  locked: new Set(),
  isSnapping: false,
  hovered: null,
  lastAdded: null,
  brush: { size: 40, mode: 'add' },
  predictions: [],
  threshold: USUAL_THRESHOLD,
  hasSuggestions: true,
  suggestion: null,
  preview: NO_PREVIEW,
  draft: null,
  cursor: 'default',
  pointer: null,
  screen: { width: 0, height: 0 },
  view: { scale: 1, x: 0, y: 0 },
  isFitted: true,
  display: INITIAL_DISPLAY,
  notice: null,
}

/** The mask under the brush, which is drawn from its bitmap and not from the document. */
export const paintedId = ({ draft }: EditorState): string | null => (draft?.kind === 'mask' ? draft.target : null)

/** How many clicks an unfinished outline or line took. */
export const clicksOf = (draft: Draft | null): number =>
  draft?.kind === 'path' ? draft.points.length : draft?.kind === 'wire' ? draft.clicks.length : 0

/** A shape that took some clicks and is not finished: it is not thrown away by the way. */
export const isStarted = ({ draft }: Pick<EditorState, 'draft'>): boolean =>
  clicksOf(draft) > 1 || draft?.kind === 'cutout'

export const selectedObjects = (state: EditorState): AnnotationObject[] => objectsOf(state.document, state.selection)

/** Those of them that are seen. Handles are those of the only one. */
export const seenSelected = (state: EditorState): AnnotationObject[] =>
  selectedObjects(state).filter((o) => !state.hidden.has(o.id))

export function visibleObjects(state: EditorState): EditorDocument['objects'] {
  return shown(state.document.objects, state.hidden)
}

/** The objects that the pointer can pick up. */
export function reachableObjects(state: EditorState): EditorDocument['objects'] {
  return reachable(visibleObjects(state), state.locked)
}

export const unlocked = (state: EditorState, ids: readonly string[]): readonly string[] =>
  state.locked.size === 0 ? ids : ids.filter((id) => !state.locked.has(id))

/** The ids of those that may be changed: what nobody sees stays as it is, selected or not. */
export const changeable = (state: EditorState, ids: readonly string[]): readonly string[] =>
  unlocked(state, ids).filter((id) => !state.hidden.has(id))

const shown = remembering()
const reachable = remembering()

/** The list without some ids; the same one for the same question, so that the hit test keeps its tree. */
function remembering() {
  let last: { all: EditorDocument['objects']; without: ReadonlySet<string>; rest: EditorDocument['objects'] } | null =
    null
  return (all: EditorDocument['objects'], without: ReadonlySet<string>): EditorDocument['objects'] => {
    if (without.size === 0) return all
    if (last?.all !== all || last.without !== without)
      last = { all, without, rest: all.filter((o) => !without.has(o.id)) }
    return last.rest
  }
}
