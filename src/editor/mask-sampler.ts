// Reads pixels of a stored mask for drawing: only the columns that are asked for are looked at.
import { type Mask, maskSpans } from '../model/shapes/mask.ts'
import type { Sampler } from './mask-bitmap.ts'

export function createMaskSampler(mask: Mask): Sampler {
  const ends: number[] = []
  /** Of each column: where its spans begin in `ends`; one more for the end of the last. */
  const first = new Uint32Array(mask.width + 1)
  let column = 0
  for (const { x, from, to } of maskSpans(mask)) {
    while (column < x - mask.x) first[++column] = ends.length
    ends.push(from, to)
  }
  while (column < mask.width) first[++column] = ends.length

  return ({ x0, y0, columns, rows, step }, out) => {
    for (let i = 0; i < columns; i++) {
      const x = x0 + i * step - mask.x
      if (x < 0 || x >= mask.width) continue
      for (let at = first[x] as number; at < (first[x + 1] as number); at += 2) {
        const top = Math.max(0, Math.ceil(((ends[at] as number) - y0) / step))
        const bottom = Math.min(rows, Math.ceil(((ends[at + 1] as number) - y0) / step))
        if (top < bottom) out.fill(1, i * rows + top, i * rows + bottom)
      }
    }
  }
}
