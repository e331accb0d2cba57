// What cells need besides the task: names and colours behind ids. One stable object per page.
import type { TFunction } from 'i18next'
import type { LabelClass } from '../../../../model/label-schema.ts'
import type { Stage } from '../../../../model/workflow.ts'

export type TableLook = {
  project_id: number
  stage: (id: number) => Stage | undefined
  person: (id: number) => string
  batch: (id: number) => string
  class: (id: number) => LabelClass | undefined
  /** px */
  rowHeight: number
  t: TFunction
}
