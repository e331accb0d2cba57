// Draws an ellipse by its frame: see frame.ts.
import { createFrameTool } from './frame.ts'
import type { Desk, Tool } from './tool.ts'

export const createEllipseTool = (desk: Desk): Tool =>
  createFrameTool(desk, 'ellipse', (box) => ({ ...box, type: 'ellipse' }))
