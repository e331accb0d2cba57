// Shapes whose coordinates are parts of the image, 0…1, in pixels: whole hundredths, as the editor keeps them. Pure.
import type { Box } from '../../model/shapes/box.ts'
import { hundredths, type XY } from '../../model/shapes/geometry.ts'
import { type Polygon, polygonOf, polygonRings, ringArea } from '../../model/shapes/polygon.ts'
import { smallestFrame } from '../../model/shapes/smallest-frame.ts'
import type { ParsedObject } from './format.ts'

type Shape = ParsedObject['shape']
type Size = { width: number; height: number }

/** Null if nothing is left of it in hundredths of a pixel. */
export function inPixels({ shape, is_turned_box }: ParsedObject, { width, height }: Size): Shape | null {
  const place = ([x, y]: XY): XY => [x * width, y * height]
  const at = (p: XY): XY => place(p).map(hundredths) as XY
  switch (shape.type) {
    case 'polygon':
      return is_turned_box ? turnedBox(shape, place) : ringsAt(shape, at)
    case 'skeleton':
      return { type: 'skeleton', points: shape.points.map((p) => ({ ...p, ...named(at([p.x, p.y])) })) }
    case 'box': {
      const [x0, y0] = at([shape.x, shape.y])
      const [x1, y1] = at([shape.x + shape.width, shape.y + shape.height])
      return sized({ type: 'box', x: x0, y: y0, width: hundredths(x1 - x0), height: hundredths(y1 - y0) })
    }
    default:
      throw new Error(`${shape.type} has no relative form`)
  }
}

const named = ([x, y]: XY) => ({ x, y })
const sized = (box: Box): Box | null => (box.width > 0 && box.height > 0 ? box : null)

function ringsAt(polygon: Polygon, at: (p: XY) => XY): Polygon | null {
  const rings = polygonRings(polygon).map((ring) => ring.map(at))
  return rings.some((ring) => ringArea(ring) > 0) ? polygonOf(rings) : null
}

/** Corners that are those of no rectangle: the smallest one around them, as Ultralytics takes them. */
function turnedBox(polygon: Polygon, place: (p: XY) => XY): Shape | null {
  const frame = smallestFrame(polygonRings(polygon).flat().map(place))
  if (!frame) return null
  const { x, y, width, height } = frame
  const rounded = { x: hundredths(x), y: hundredths(y), width: hundredths(width), height: hundredths(height) }
  return sized({ type: 'box', ...frame, ...rounded })
}
