// Which form belongs to which operation. One without an entry gets a form drawn from its schema.
import { assignForm } from './assign.tsx'
import { changeStatusForm } from './change-status.tsx'
import { clearSkipForm } from './clear-skip.tsx'
import type { Kind, OperationForm } from './form.ts'
import { setSplitForm } from './set-split.tsx'
import { archiveForm, restoreForm, schemaForm, setBatchForm, setPriorityForm } from './values.tsx'

const FORMS: Record<string, OperationForm> = {
  'change-status': changeStatusForm,
  'set-split': setSplitForm,
  'clear-skip': clearSkipForm,
  assign: assignForm,
  'set-priority': setPriorityForm,
  'set-batch': setBatchForm,
  archive: archiveForm,
  restore: restoreForm,
}

export function formOf(kind: Kind): OperationForm {
  return (Object.hasOwn(FORMS, kind.name) ? FORMS[kind.name] : undefined) ?? schemaForm(kind.title, kind.params)
}
