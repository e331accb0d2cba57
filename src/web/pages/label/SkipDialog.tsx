// Why the task is set aside.
import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SKIP_REASONS, type SkipReason } from '../../../model/task.ts'
import { Hint } from './Hint.tsx'
import { isFinishKey, WORK_KEYS } from './work-keys.ts'

type Props = { onClose: () => void; onSkip: (reason: SkipReason, note: string) => void }

export default function SkipDialog({ onClose, onSkip }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<SkipReason>('ambiguous')
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const isMissing = reason === 'other' && note.trim() === ''
  const skip = () => {
    setTried(true)
    if (isMissing) return
    onClose()
    onSkip(reason, note.trim())
  }
  return (
    <Modal opened onClose={onClose} title={t('label.skip.title')} size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          skip()
        }}
        onKeyDown={(event) => isFinishKey(event) && skip()}
      >
        <Text c="dimmed" mb={14}>
          {t('label.skip.text')}
        </Text>
        <Radio.Group label={t('label.skip.reason')} value={reason} onChange={(value) => setReason(value as SkipReason)}>
          <Stack gap={8} mt={6}>
            {SKIP_REASONS.map((r, i) => (
              <Radio
                key={r}
                value={r}
                label={t(`label.skip.${r}`)}
                description={r === 'other' ? undefined : t(`label.skip.${r}_text`)}
                data-autofocus={i === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          mt={14}
          label={t('label.skip.note')}
          withAsterisk={reason === 'other'}
          maxLength={2000}
          maxRows={6}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isTried && isMissing ? t('label.skip.note_required') : undefined}
        />
        <Group justify="flex-end" gap={8} mt={18}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Hint label={t('label.skip.act')} keys={WORK_KEYS.finish} isFixed>
            <Button type="submit">{t('label.skip.act')}</Button>
          </Hint>
        </Group>
      </form>
    </Modal>
  )
}
