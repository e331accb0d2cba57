// Why the task is set aside.
import { useTranslation } from 'react-i18next'
import { SKIP_REASONS, type SkipReason } from '../../../model/task.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

const NOTE_MAX = 2000

type Props = { onClose: () => void; onSkip: (reason: SkipReason, note: string) => void }

export default function SkipDialog({ onClose, onSkip }: Props) {
  const { t } = useTranslation()
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
      onClose={onClose}
      onAct={(reason, note) => {
        onClose()
        onSkip(reason, note)
      }}
    />
  )
}
