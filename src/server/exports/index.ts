// The list of export formats. A new one is a file beside this one and a line here.
import type { EXPORT_FORMATS } from '../../contract/assets.ts'
import { coco } from './coco.ts'
import type { ExportFormat } from './format.ts'
import { yolo, yoloObb, yoloPose, yoloSegment } from './yolo.ts'

export const EXPORTS: Record<(typeof EXPORT_FORMATS)[number], ExportFormat> = {
  coco,
  yolo,
  yolo_segment: yoloSegment,
  yolo_obb: yoloObb,
  yolo_pose: yoloPose,
}
