// What can be done with an operation: cancel it while it runs, undo it afterwards.
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import type { ReplyOf } from '../../queries.ts'
import { useProjectId } from '../../session.tsx'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { useAct } from '../../use-act.ts'
import { showOperation } from './run/OperationToast.tsx'

type Props = { operation: ReplyOf<'get_operation'>; onOpen: (id: number) => void }

export function OperationActs({ operation: o, onOpen }: Props) {
  const { t } = useTranslation()
  const project_id = useProjectId()
  const refreshes = [['project', project_id, 'operations']]
  const undo = useAct(() => api.undo_operation({ project_id, operation_id: o.id }), {
    refreshes,
    onDone: (undoing) => showOperation(project_id, undoing, onOpen),
  })
  const cancel = useAct(() => api.cancel_operation({ project_id, operation_id: o.id }), { refreshes })
  if (o.state === 'running')
    return (
      <ConfirmButton
        variant="default"
        color="gray"
        question={t('operations.list.cancel_question')}
        act={t('operations.list.cancel_act')}
        onConfirm={() => cancel.mutate()}
        disabled={o.cancel_requested}
      >
        {t('operations.list.cancel')}
      </ConfirmButton>
    )
  if (!o.is_undoable) return null
  return (
    <ConfirmButton
      variant="default"
      color="gray"
      question={t('operations.list.undo_question', { count: o.applied })}
      act={t('operations.list.undo_act', { count: o.applied })}
      onConfirm={() => undo.mutate()}
      aria-label={`${t('operations.list.undo')} ${o.title} #${o.id}`}
    >
      {t('operations.list.undo')}
    </ConfirmButton>
  )
}
