// Places the skeleton of the active class by a dragged box: see frame.ts. Its points are then moved one by one.
import { skeletonIn } from '../../model/shapes/skeleton.ts'
import { classOf } from '../class-keys.ts'
import { clipped } from '../shape-edit.ts'
import { createFrameTool } from './frame.ts'
import type { Desk, Tool } from './tool.ts'

export const createSkeletonTool = (desk: Desk): Tool =>
  createFrameTool(desk, 'skeleton', (box) => {
    const { schema, activeClassId, image } = desk.state()
    const template = classOf(schema, activeClassId)?.skeleton
    return template ? clipped(skeletonIn(template, box), image) : null
  })
