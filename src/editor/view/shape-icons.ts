// One icon per geometry, the same in toolbar and list.
import {
  IconBrush,
  IconCircleDot,
  IconLine,
  IconOvalVertical,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconScissors,
  IconSlice,
  IconStretching,
  IconWand,
} from '@tabler/icons-react'
import type { ToolName } from '../state.ts'

export const TOOL_ICONS: Record<ToolName, typeof IconPolygon> = {
  select: IconPointer,
  split: IconSlice,
  box: IconRectangle,
  polygon: IconPolygon,
  polyline: IconLine,
  point: IconCircleDot,
  ellipse: IconOvalVertical,
  mask: IconBrush,
  skeleton: IconStretching,
  smart_box: IconWand,
  scissors: IconScissors,
}
