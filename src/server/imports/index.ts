// The list of annotation formats. A new one is a file beside this one and a line here.
import type { ANNOTATION_FORMATS } from '../../contract/assets.ts'
import { coco } from './coco.ts'
import type { AnnotationFormat } from './format.ts'
import { voc } from './voc.ts'
import { yolo, yoloObb } from './yolo.ts'

export const ANNOTATION_IMPORTS: Record<(typeof ANNOTATION_FORMATS)[number], AnnotationFormat> = {
  voc,
  coco,
  yolo,
  yolo_obb: yoloObb,
}
