// Where a comment, a reply or another text of a comment is written.
import { Button, Group, Textarea } from '@mantine/core'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { focusCanvas } from '../../../../editor/view/bind-input.ts'
import { COMMENT_LENGTH_MAX } from '../../../../model/comment.ts'
import { Hint } from '../Hint.tsx'
import { isFinishKey, WORK_KEYS } from '../work-keys.ts'
import { unsent } from './unsent.ts'

type Props = {
  /** Names what is written, so that it is still there after a look elsewhere. */
  place: string
  label: string
  act: string
  text?: string
  /** Rejects if it did not get there: the text stays, as it does by Escape. `key`: the same for the same text, so that it is written once. */
  onSend: (text: string, key: string) => Promise<unknown>
  onCancel: () => void
}

export function Composer({ place, label, act, text: begun = '', onSend, onCancel }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => unsent.of(place) || begun)
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  // What was typed while this was on its way belongs here too, and the next letter follows it.
  useLayoutEffect(() => {
    const now = unsent.of(place) || begun
    setText(now)
    field.current?.setSelectionRange(now.length, now.length)
  }, [place, begun])
  const change = (next: string) => {
    setText(next)
    unsent.keep(place, next === begun ? '' : next)
  }
  /** The keyboard goes back to the image, unless it is elsewhere by now. */
  const leave = () => {
    if (field.current?.closest('[data-composer]')?.contains(document.activeElement)) focusCanvas()
    onCancel()
  }
  const cancel = () => {
    unsent.keep(place, '')
    leave()
  }
  const send = () => {
    if (text.trim() === '' || isSending) return
    setSending(true)
    const sent = unsent.of(place)
    onSend(text.trim(), unsent.keyOf(place)).then(
      // What was written meanwhile is not sent.
      () => (unsent.sent(place, sent) ? leave() : setSending(false)),
      () => setSending(false),
    )
  }
  return (
    <div data-composer={place}>
      <Textarea
        ref={field}
        autoFocus
        aria-label={label}
        placeholder={label}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={COMMENT_LENGTH_MAX}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!isFinishKey(event) && event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Escape') leave()
          else send()
        }}
      />
      <Group justify="flex-end" gap={6} mt={6}>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={cancel}>
          {t('action.cancel')}
        </Button>
        <Hint label={act} keys={WORK_KEYS.finish} isFixed>
          <Button size="compact-xs" loading={isSending} disabled={text.trim() === ''} onClick={send}>
            {act}
          </Button>
        </Hint>
      </Group>
    </div>
  )
}
