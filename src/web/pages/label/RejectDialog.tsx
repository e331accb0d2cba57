// What should be changed. The comment is required: it is all that the labeller has to go by.
import { Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { Hint } from './Hint.tsx'
import { openCommentsText } from './review/pins.ts'
import { sendBegun } from './review/send-begun.ts'
import { placeOf, placeOfNew, unsent } from './review/unsent.ts'
import type { Review } from './review/use-review.ts'
import { isFinishKey, WORK_KEYS } from './work-keys.ts'

const LENGTH_MAX = 5000

type Props = {
  task_id: number
  review: Review
  onClose: () => void
  /** Resolves when it is done or has failed. */
  onReject: (comment: string) => Promise<void>
}

export default function RejectDialog({ task_id, review, onClose, onReject }: Props) {
  const { t } = useTranslation()
  const begun = unsent.of(placeOfNew(task_id))
  const open = [begun, openCommentsText(review.threads)]
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, LENGTH_MAX)
  const place = placeOf(task_id, 'reject')
  const [comment, setComment] = useState(() => unsent.of(place) || open)
  const [isSending, setSending] = useState(false)
  const text = comment.trim()
  const change = (next: string) => {
    setComment(next)
    unsent.keep(place, next === open ? '' : next)
  }
  const reject = async () => {
    if (text === '' || isSending) return
    setSending(true)
    try {
      await sendBegun(task_id, review.acts.write)
      review.set({ composing: null, isPlacing: false })
      await onReject(text)
    } catch {
      // The comment did not get there, which was said: both are still to be done.
    }
    setSending(false)
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
        maxLength={LENGTH_MAX}
        value={comment}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => isFinishKey(event) && reject()}
      />
      {begun !== '' && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('label.reject.with_begun')}
        </Text>
      )}
      {open !== '' && comment !== open && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => change(open)}>
          {t('label.reject.take_comments')}
        </Button>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button
          variant="default"
          onClick={() => {
            unsent.keep(place, '')
            onClose()
          }}
        >
          {t('action.cancel')}
        </Button>
        <Hint label={t('label.reject.act')} keys={WORK_KEYS.finish} isFixed>
          <Button color="red" disabled={text === ''} loading={isSending} onClick={reject}>
            {t('label.reject.act')}
          </Button>
        </Hint>
      </Group>
    </Dialog>
  )
}
