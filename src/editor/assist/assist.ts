// assist/: tools that look at the pixels. What is computed is pure and runs in a worker (view/assist.worker.ts), with
// OpenCV, loaded when it is first used. This file: what can be asked, free of DOM types.
import type { Bounds, XY } from '../../model/shapes/geometry.ts'
import type { Mask } from '../../model/shapes/mask.ts'
import type { Polygon } from '../../model/shapes/polygon.ts'

/** What a person said about the pixels along a line: they are of the object, or not. Image pixels. */
export type Hint = { readonly isObject: boolean; readonly points: readonly XY[]; readonly size: number }

export type CutRequest = { readonly box: Bounds; readonly hints: readonly Hint[]; readonly as: 'mask' | 'polygon' }
/** null: nothing stands out from its surroundings. */
export type CutResult = Mask | Polygon | null

/** `area`: how far around may be looked, image pixels. */
export type WireRequest = { readonly from: XY; readonly to: XY; readonly area: Bounds }
/** From `from` to `to` along edges of the image, both included. */
export type WireResult = readonly XY[]

/** Rejects when the image or the code cannot be had. */
export type Assist = {
  cut(request: CutRequest): Promise<CutResult>
  wire(request: WireRequest): Promise<WireResult>
}
