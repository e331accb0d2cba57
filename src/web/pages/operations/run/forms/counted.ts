// Params of an operation on which its numbers depend, and those that only go along when it runs, like a comment. Pure.
import type { OperationForm, Params } from './form.ts'

type Form = Pick<OperationForm, 'uncounted'>

/** What the preview is asked with. */
export const countedOf = ({ uncounted = [] }: Form, params: Params): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !uncounted.includes(name)))

/** What runs: what was previewed, with the rest as it stands now. */
export const withUncounted = ({ uncounted = [] }: Form, previewed: unknown, params: Params): Params => ({
  ...(previewed as Params),
  ...Object.fromEntries(uncounted.map((name) => [name, params[name]])),
})
