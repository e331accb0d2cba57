// Pushes the image about: space and drag, or the middle button, in every tool. It takes over from a press to its release.
import type { XY } from '../../model/shapes/geometry.ts'
import type { View } from '../coordinates.ts'

export type Pan = { to(screen: XY): View }

/** The point of the image that was grabbed stays under the pointer. */
export function startPan(view: View, from: XY): Pan {
  return { to: ([x, y]) => ({ scale: view.scale, x: view.x + x - from[0], y: view.y + y - from[1] }) }
}
