// A reason from a list, with a note that some reasons need.
import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { Hint } from './Hint.tsx'
import { unsent } from './review/unsent.ts'
import { isFinishKey, WORK_KEYS } from './work-keys.ts'

/** `needsNote`: it says nothing by itself. */
export type Reason<R extends string> = { value: R; label: string; description?: string | undefined; needsNote: boolean }

type Props<R extends string> = {
  title: string
  text: string
  /** Besides the text. */
  children?: ReactNode
  question: string
  reasons: readonly Reason<R>[]
  usual: R
  noteMax: number
  /** Said where a note is needed and missing. */
  noteRequired: string
  act: string
  /** Names what is written, so that it is still there after a look elsewhere. */
  place: string
  isSending: boolean
  onClose: () => void
  onAct: (reason: R, note: string) => void
}

export function ReasonDialog<R extends string>(props: Props<R>) {
  const { title, text, question, reasons, usual, noteMax, noteRequired, act, place, isSending, onClose, onAct } = props
  const { t } = useTranslation()
  const [begunReason, ...begunNote] = unsent.of(place).split('\n')
  const [reason, setReason] = useState(() => reasons.find((r) => r.value === begunReason)?.value ?? usual)
  const [note, setNote] = useState(() => begunNote.join('\n'))
  useEffect(() => unsent.keep(place, note.trim() && `${reason}\n${note}`), [place, reason, note])
  const [isTried, setTried] = useState(false)
  const needsNote = reasons.some((r) => r.value === reason && r.needsNote)
  const isMissing = needsNote && note.trim() === ''
  const field = useRef<HTMLTextAreaElement>(null)
  const send = () => {
    setTried(true)
    if (isMissing) field.current?.focus()
    else if (!isSending) onAct(reason, note.trim())
  }
  return (
    <Dialog onClose={onClose} title={title} size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
        onKeyDown={(event) => {
          if (!isFinishKey(event)) return
          event.preventDefault()
          send()
        }}
      >
        <Text c="dimmed" mb={14}>
          {text}
        </Text>
        {props.children}
        <Radio.Group label={question} value={reason} onChange={(value) => setReason(value as R)}>
          <Stack gap={8} mt={6}>
            {reasons.map((r, i) => (
              <Radio
                key={r.value}
                value={r.value}
                label={r.label}
                description={r.description}
                data-autofocus={i === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          ref={field}
          mt={14}
          label={t('label.skip.note')}
          withAsterisk={needsNote}
          maxLength={noteMax}
          maxRows={6}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isTried && isMissing ? noteRequired : undefined}
        />
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
          <Hint label={act} keys={WORK_KEYS.finish} isFixed>
            <Button type="submit" loading={isSending}>
              {act}
            </Button>
          </Hint>
        </Group>
      </form>
    </Dialog>
  )
}
