// Draws a box: see frame.ts.
import { createFrameTool } from './frame.ts'
import type { Desk, Tool } from './tool.ts'

export const createBoxTool = (desk: Desk): Tool => createFrameTool(desk, 'box', (box) => box)
