// What is wrong with the image itself. The work goes on: it can still be labelled, or skipped.
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { needsNote, PROBLEM_NOTE_MAX, PROBLEM_REASONS, type ProblemReason } from '../../../model/problem.ts'
import { api } from '../../api.ts'
import { problemsQuery } from '../../queries.ts'
import { useAct } from '../../use-act.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { placeOf, unsent } from './review/unsent.ts'

type Props = { project_id: number; task_id: number; onClose: () => void }

export default function ReportDialog({ project_id, task_id, onClose }: Props) {
  const { t } = useTranslation()
  const known = useQuery(problemsQuery(project_id, task_id)).data?.problems.filter((p) => !p.resolved_at) ?? []
  const place = placeOf(task_id, 'report')
  const onDone = () => {
    unsent.keep(place, '')
    onClose()
  }
  const report = useAct(
    (problem: { reason: ProblemReason; note: string }) => api.report_problem({ project_id, task_id, ...problem }),
    { refreshes: [['project', project_id]], done: t('label.report.done'), onDone },
  )
  return (
    <ReasonDialog
      title={t('label.report.title')}
      text={t('label.report.text')}
      question={t('label.report.what')}
      reasons={PROBLEM_REASONS.map((value) => ({
        value,
        label: t(`problem.${value}`),
        description: value === 'other' ? undefined : t(`label.report.${value}_text`),
        needsNote: needsNote(value, ''),
      }))}
      usual="broken_image"
      noteMax={PROBLEM_NOTE_MAX}
      noteRequired={t('label.report.note_required')}
      act={t('label.report.act')}
      place={place}
      isSending={report.isPending}
      onClose={onClose}
      onAct={(reason, note) => report.mutate({ reason, note })}
    >
      {known.length > 0 && (
        <Text mb={14}>
          {t('label.report.known', { problems: known.map((p) => t(`problem.${p.reason}`)).join(', ') })}
        </Text>
      )}
    </ReasonDialog>
  )
}
