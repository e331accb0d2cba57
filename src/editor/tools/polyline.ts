// Draws an open line: click its points; Enter or a double click ends it.
import { createPathTool } from './path.ts'
import type { Desk, Tool } from './tool.ts'

export const createPolylineTool = (desk: Desk): Tool => createPathTool(desk, 'polyline')
