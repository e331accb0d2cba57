// Puts a point where the pointer is pressed. A press well beside the image puts nothing.
import { insideImage } from '../shape-edit.ts'
import { type Desk, EDGE_REACH, type Tool } from './tool.ts'

export function createPointTool(desk: Desk): Tool {
  return {
    down(event) {
      // The first press of a double click has put it already.
      if (event.clicks === 2) return
      const { image } = desk.state()
      const nearest = insideImage(event.image, image)
      if (Math.hypot(nearest[0] - event.image[0], nearest[1] - event.image[1]) > desk.reach(EDGE_REACH)) return
      const [x, y] = insideImage(desk.snap(event.image), image)
      if (desk.mayDraw('point')) desk.add({ type: 'point', x, y })
    },
    move() {},
    up() {},
    cancel: () => false,
    draft: () => null,
    cursor: () => 'crosshair',
  }
}
