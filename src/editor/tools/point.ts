// Puts a point where the pointer is pressed. A press well beside the image puts nothing.
import { insideImage } from '../shape-edit.ts'
import { type Desk, EDGE_REACH, type Tool } from './tool.ts'

export function createPointTool(desk: Desk): Tool {
  return {
    down(event) {
      const [x, y] = insideImage(event.image, desk.state().image)
      if (Math.hypot(x - event.image[0], y - event.image[1]) > desk.reach(EDGE_REACH)) return
      if (desk.mayDraw('point')) desk.add({ type: 'point', x, y })
    },
    move() {},
    up() {},
    cancel: () => false,
    draft: () => null,
    cursor: () => 'crosshair',
  }
}
