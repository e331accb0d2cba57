// What is wrong with the image itself. The work goes on: it can still be labelled, or skipped.
import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { needsNote, PROBLEM_NOTE_MAX, PROBLEM_REASONS, type ProblemReason } from '../../../model/problem.ts'
import { api } from '../../api.ts'
import { problemsQuery } from '../../queries.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Hint } from './Hint.tsx'
import { isFinishKey, WORK_KEYS } from './work-keys.ts'

type Props = { project_id: number; task_id: number; onClose: () => void }

export default function ReportDialog({ project_id, task_id, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<ProblemReason>('broken_image')
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const queries = useQueryClient()
  const known = useQuery(problemsQuery(project_id, task_id)).data?.problems.filter((p) => !p.resolved_at) ?? []
  const sending = useMutation({
    mutationFn: () => api.report_problem({ project_id, task_id, reason, note: note.trim() }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['project', project_id] })
      notifyDone(t('label.report.done'))
      onClose()
    },
    onError: notifyFailed,
  })
  const isMissing = needsNote(reason, note)
  const report = () => {
    setTried(true)
    if (!isMissing && !sending.isPending) sending.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={t('label.report.title')} size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          report()
        }}
        onKeyDown={(event) => isFinishKey(event) && report()}
      >
        <Text c="dimmed" mb={14}>
          {t('label.report.text')}
        </Text>
        {known.length > 0 && (
          <Text mb={14}>
            {t('label.report.known', { problems: known.map((p) => t(`problem.${p.reason}`)).join(', ') })}
          </Text>
        )}
        <Radio.Group
          label={t('label.report.what')}
          value={reason}
          onChange={(value) => setReason(value as ProblemReason)}
        >
          <Stack gap={8} mt={6}>
            {PROBLEM_REASONS.map((r, i) => (
              <Radio
                key={r}
                value={r}
                label={t(`problem.${r}`)}
                description={r === 'other' ? undefined : t(`label.report.${r}_text`)}
                data-autofocus={i === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          mt={14}
          label={t('label.skip.note')}
          withAsterisk={reason === 'other'}
          maxLength={PROBLEM_NOTE_MAX}
          maxRows={6}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isTried && isMissing ? t('label.report.note_required') : undefined}
        />
        <Group justify="flex-end" gap={8} mt={18}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Hint label={t('label.report.act')} keys={WORK_KEYS.finish} isFixed>
            <Button type="submit" loading={sending.isPending}>
              {t('label.report.act')}
            </Button>
          </Hint>
        </Group>
      </form>
    </Modal>
  )
}
