// tools/: one small state machine per tool. A tool sees events and a Desk; it never touches the document itself.
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import type { Shape, ShapeType } from '../../model/shapes/index.ts'
import type { Assist, CutResult, Hint } from '../assist/assist.ts'
import type { ChangeSet } from '../document.ts'
import type { MaskBitmap } from '../mask-bitmap.ts'
import type { EditorState } from '../state.ts'

export type ToolEvent = {
  /** CSS pixels. */
  readonly screen: XY
  /** Image pixels; may lie outside the image. */
  readonly image: XY
  /** 2 for the second press of a double click. */
  readonly clicks: number
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
}

/** What is being drawn and not finished, image pixels. */
export type Draft =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | {
      readonly kind: 'path'
      readonly points: readonly XY[]
      /** The end of the rubber band. */
      readonly cursor: XY
      readonly isRing: boolean
      /** A click now closes the ring. */
      readonly isClosing: boolean
    }
  | { readonly kind: 'marquee'; readonly bounds: Bounds }
  /** A mask under the brush. `version` says which state of the bitmap this is; `target`: the object it becomes. */
  | { readonly kind: 'mask'; readonly bitmap: MaskBitmap; readonly target: string | null; readonly version: number }
  /** What was found in a box. */
  | {
      readonly kind: 'cutout'
      readonly box: Bounds
      readonly hints: readonly Hint[]
      readonly shape: CutResult
      readonly isWaiting: boolean
    }
  /** An outline along edges. */
  | {
      readonly kind: 'wire'
      readonly points: readonly XY[]
      /** From the last click to the pointer. */
      readonly live: readonly XY[]
      readonly clicks: readonly XY[]
      readonly isClosing: boolean
    }
  /** The line that would split polygons. */
  | { readonly kind: 'cut'; readonly from: XY; readonly to: XY }

/** What a tool may ask of the editor. */
export type Desk = {
  readonly state: () => EditorState
  /** `css` CSS pixels as image pixels at the present zoom. */
  readonly reach: (css: number) => number
  /** The point, or what it is pulled to while snapping is on. `except`: the object that is being changed. */
  readonly snap: (at: XY, except?: string) => XY
  /** Adds an object of the active class. Says why not, if not. */
  readonly add: (shape: Shape) => boolean
  /** Whether the active class may have this geometry; says why not, if not. */
  readonly mayDraw: (type: ShapeType) => boolean
  readonly allows: (type: ShapeType) => boolean
  /** Asks about the pixels of the image. `then` runs as an event of its own; nothing does once another image is shown. */
  readonly ask: <R>(question: (assist: Assist) => Promise<R>, then: (answer: R) => void, failed: () => void) => void
  readonly commit: (changes: ChangeSet | null) => void
  /** What was drawn last is finished; false if there is nothing. */
  readonly letGo: () => boolean
  /** Splits these polygons by the line through two points. */
  readonly split: (ids: readonly string[], line: readonly [XY, XY]) => void
  /** Shows objects with other shapes for now; null ends it. */
  readonly preview: (shapes: ReadonlyMap<string, Shape> | null) => void
  readonly select: (ids: readonly string[]) => void
  readonly hover: (id: string | null) => void
  /** Looks at a prediction; null: at none. */
  readonly suggest: (key: string | null) => void
  readonly refuse: (text: string) => void
}

/** From a press to a release. */
export type Gesture = {
  move(event: ToolEvent): void
  release(event: ToolEvent): void
  /** Puts everything back as it was at the press. */
  cancel(): void
  draft?(): Draft | null
  readonly cursor: string
}

export type Tool = {
  down(event: ToolEvent): void
  move(event: ToolEvent): void
  up(event: ToolEvent): void
  /** Drops what is unfinished. False if there was nothing. */
  cancel(): boolean
  /** Takes back the last point of what is unfinished. False if there is nothing unfinished. */
  stepBack?(): boolean
  /** Puts back what `stepBack` took last. False if there is nothing. */
  stepForward?(): boolean
  /** Ends what is being painted, as the release would: so much work is not lost by the way. False if there is nothing. */
  keep?(): boolean
  /** Ends what is unfinished, as Enter does. False if there is nothing to end. */
  finish?(): boolean
  draft(): Draft | null
  cursor(): string
}

/** A press that moves less than this is a click, CSS pixels. */
export const CLICK_SLOP = 3
/** How far beside an edge or a point still counts, CSS pixels. */
export const EDGE_REACH = 6
/** How near something pulls a point, CSS pixels. */
export const SNAP_REACH = 8

/** Adds to what is selected, or takes out of it. */
export const isToggling = ({ shift, ctrl }: ToolEvent): boolean => shift || ctrl

export const screenDistance = (a: ToolEvent, b: ToolEvent): number =>
  Math.hypot(a.screen[0] - b.screen[0], a.screen[1] - b.screen[1])
