// What should be changed. The comment is required: it is all that the labeller has to go by.
import { Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Thread } from '../../../model/comment.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Hint } from './Hint.tsx'
import { openCommentsText } from './review/pins.ts'
import { isFinishKey, WORK_KEYS } from './work-keys.ts'

export default function RejectDialog({
  threads,
  onClose,
  onReject,
}: {
  threads: readonly Thread[]
  onClose: () => void
  onReject: (comment: string) => void
}) {
  const { t } = useTranslation()
  const open = openCommentsText(threads)
  const [comment, setComment] = useState(open)
  const text = comment.trim()
  const reject = () => {
    if (text === '') return
    onClose()
    onReject(text)
  }
  return (
    <Dialog onClose={onClose} title={t('label.reject.title')} size={460}>
      <Text c="dimmed" mb={12}>
        {t('label.reject.text')}
      </Text>
      <Textarea
        data-autofocus
        withAsterisk
        label={t('label.reject.comment')}
        description={open !== '' && comment === open ? t('label.reject.from_comments') : null}
        // Typing writes over it.
        onFocus={(event) => comment === open && event.currentTarget.select()}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={5000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        onKeyDown={(event) => isFinishKey(event) && reject()}
      />
      {open !== '' && comment !== open && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => setComment(open)}>
          {t('label.reject.take_comments')}
        </Button>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Hint label={t('label.reject.act')} keys={WORK_KEYS.finish} isFixed>
          <Button color="red" disabled={text === ''} onClick={reject}>
            {t('label.reject.act')}
          </Button>
        </Hint>
      </Group>
    </Dialog>
  )
}
