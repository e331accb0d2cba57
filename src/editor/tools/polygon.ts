// Draws a polygon: click its points; the first point, Enter or a double click closes it.
import { createPathTool } from './path.ts'
import type { Desk, Tool } from './tool.ts'

export const createPolygonTool = (desk: Desk): Tool => createPathTool(desk, 'polygon')
