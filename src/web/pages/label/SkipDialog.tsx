// Why the task is set aside.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SKIP_REASONS, type SkipReason } from '../../../model/task.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { placeOf } from './review/unsent.ts'

const NOTE_MAX = 2000

type Props = {
  task_id: number
  onClose: () => void
  /** Resolves when it is done or has failed. */
  onSkip: (reason: SkipReason, note: string) => Promise<void>
}

export default function SkipDialog({ task_id, onClose, onSkip }: Props) {
  const { t } = useTranslation()
  const [isSending, setSending] = useState(false)
  return (
    <ReasonDialog
      title={t('label.skip.title')}
      text={t('label.skip.text')}
      question={t('label.skip.reason')}
      reasons={SKIP_REASONS.map((value) => ({
        value,
        label: t(`label.skip.${value}`),
        description: value === 'other' ? undefined : t(`label.skip.${value}_text`),
        needsNote: value === 'other',
      }))}
      usual="ambiguous"
      noteMax={NOTE_MAX}
      noteRequired={t('label.skip.note_required')}
      act={t('label.skip.act')}
      place={placeOf(task_id, 'skip')}
      isSending={isSending}
      onClose={onClose}
      onAct={(reason, note) => {
        setSending(true)
        void onSkip(reason, note).then(() => setSending(false))
      }}
    />
  )
}
