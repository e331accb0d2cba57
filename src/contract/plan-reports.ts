// What a plan comes to, before anything is changed: shown in the preview, and kept with a run of Auto split.
import { type Static, Type } from 'typebox'
import { Count, Fields, Id, Nullable, Words } from '../model/schema.ts'
import { SPLITS } from '../model/task.ts'

export const SplitReportSchema = Fields({
  kind: Type.Literal('split'),
  /** Tasks that are given a split, also those that have it already. */
  planned: Count,
  /** Of these tasks, or of the whole project where the percents are of it. */
  reached: Type.Array(Fields({ split: Words(SPLITS), tasks: Count, wanted: Count, percent: Type.Number() })),
  groups: Nullable(
    Fields({
      total: Count,
      /** Tasks that belong to no group. */
      alone: Count,
      /** Tasks of the largest group: how far percents can be missed. */
      largest: Count,
      /** Groups that follow tasks of theirs whose split stands. */
      following: Count,
      /** Groups whose standing tasks are in several splits already. */
      divided: Count,
    }),
  ),
  /** The rarest first, at most 200; `name` null: without a value. */
  strata: Nullable(
    Fields({
      total: Count,
      shown: Type.Array(
        Fields({ name: Nullable(Type.String()), tasks: Count, train: Count, validation: Count, test: Count }),
      ),
    }),
  ),
})
export type SplitReport = Static<typeof SplitReportSchema>

export const DealReportSchema = Fields({
  kind: Type.Literal('deal'),
  people: Type.Array(Fields({ person_id: Id, tasks: Count })),
  /** Tasks that none of them may have. */
  nobody: Count,
})
export type DealReport = Static<typeof DealReportSchema>

export const PlanReportSchema = Type.Union([SplitReportSchema, DealReportSchema])
export type PlanReport = Static<typeof PlanReportSchema>
