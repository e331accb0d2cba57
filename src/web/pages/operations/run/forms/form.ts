// forms/: the choices of each operation. What an operation does lives on the server.
// This file: what a form is.
import type { TFunction } from 'i18next'
import type { ComponentType } from 'react'
import type { Selection } from '../../../../../model/selection.ts'
import type { ReplyOf } from '../../../../queries.ts'
import type { FilterContext } from '../../../tasks/filter/choices.ts'

export type Preview = ReplyOf<'preview_operation'>
export type Params = Record<string, unknown>
export type Kind = ReplyOf<'list_operation_kinds'>[number]
export type FormProps = {
  params: Params
  onChange: (params: Params) => void
  context: FilterContext
  kind: Kind
  preview: Preview | undefined
  /** Whether another selection than the page's is chosen, and how to choose one; null: the page's again. */
  isElsewhere: boolean
  onSelection: (selection: Selection | null) => void
}
export type OperationForm = {
  initial: (context: FilterContext) => Params
  Form: ComponentType<FormProps>
  /** What is missing or wrong, as a sentence; null when it can be previewed. */
  problem: (params: Params, t: TFunction) => string | null
  /** “Move 40,112 tasks to Label” */
  what: (params: Params, count: number, context: FilterContext, t: TFunction) => string
  /** The button: “Move 40,112 tasks” */
  act: (params: Params, count: number, t: TFunction) => string
  /** Params on which no number of the preview depends. */
  uncounted?: readonly string[]
  /** Whether open tasks can be taken over. */
  canTakeOver: boolean
}
