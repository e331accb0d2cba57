// Moves what a canvas shows by whole device pixels.

export function shiftCanvas(context: CanvasRenderingContext2D, dx: number, dy: number): void {
  const { canvas } = context
  const copy = spare(canvas)
  copy.globalCompositeOperation = 'copy'
  copy.drawImage(canvas, 0, 0)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalCompositeOperation = 'copy'
  context.drawImage(copy.canvas, dx, dy)
  context.globalCompositeOperation = 'source-over'
}

let spared: CanvasRenderingContext2D | null = null

/** A canvas of the same size. Drawing a canvas upon itself takes eight times as long as there and back (5.6 ms and 0.7 at 1400 × 920). */
function spare({ width, height }: HTMLCanvasElement): CanvasRenderingContext2D {
  spared ??= document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
  if (spared.canvas.width !== width || spared.canvas.height !== height) Object.assign(spared.canvas, { width, height })
  return spared
}
