// The form of one condition. Which fields it has follows from the column's type.
import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../model/filter.ts'
import { type FieldType, TASK_FIELDS } from '../../../../model/task-fields.ts'
import { ChoiceEditor } from './editors/ChoiceEditor.tsx'
import { ClassesEditor } from './editors/ClassesEditor.tsx'
import type { EditorProps } from './editors/editor.ts'
import { FlagEditor, IdsEditor, TextEditor } from './editors/plain-editors.tsx'
import { DurationEditor, MomentEditor, NumberEditor } from './editors/range-editors.tsx'
import type { Draft } from './range-draft.ts'

type Props = Omit<EditorProps, 'onDraft'> & { onApply: (condition: Condition) => void }

export default function ConditionEditor({ field, condition, context, onApply }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ condition, problem: null })
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first =
      form.current?.querySelector<HTMLElement>('[data-autofocus]') ?? form.current?.querySelector<HTMLElement>('input')
    first?.focus({ preventScroll: true })
  }, [])
  const Editor = EDITORS[TASK_FIELDS[field].type]
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (draft.condition) onApply(draft.condition)
  }
  return (
    <form ref={form} onSubmit={apply} aria-label={TASK_FIELDS[field].title}>
      <Stack gap={10}>
        <Text fw={500}>{TASK_FIELDS[field].title}</Text>
        <Editor field={field} condition={condition} context={context} onDraft={setDraft} />
        {draft.problem && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {t(`tasks.filter.${draft.problem}`)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!draft.condition}>
            {t('tasks.filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const EDITORS: Record<FieldType, (props: EditorProps) => ReactNode> = {
  stage: ChoiceEditor,
  person: ChoiceEditor,
  split: ChoiceEditor,
  batch: ChoiceEditor,
  reason: ChoiceEditor,
  classes: ClassesEditor,
  number: NumberEditor,
  duration: DurationEditor,
  moment: MomentEditor,
  text: TextEditor,
  flag: FlagEditor,
  id: IdsEditor,
  thumbnail: () => null,
  history: () => null,
  size: () => null,
}
