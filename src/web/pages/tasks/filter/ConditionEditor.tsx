// The form of one condition. Which fields it has follows from its type.
import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../../model/filter.ts'
import { FILTER_FIELDS, type FilterType } from '../../../../model/task-fields.ts'
import { ChoiceEditor } from './editors/ChoiceEditor.tsx'
import { ClassesEditor } from './editors/ClassesEditor.tsx'
import type { EditorProps } from './editors/editor.ts'
import { MetadataEditor } from './editors/MetadataEditor.tsx'
import { MomentEditor } from './editors/MomentEditor.tsx'
import { OperationEditor } from './editors/OperationEditor.tsx'
import { FlagEditor, IdsEditor, TextEditor } from './editors/plain-editors.tsx'
import { DurationEditor, NumberEditor } from './editors/range-editors.tsx'
import type { Draft } from './range-draft.ts'

type Props = Omit<EditorProps, 'onDraft'> & {
  /** @param goOn whether another condition is to be put beside this one with “or” */
  onApply: (condition: Condition, goOn: boolean) => void
  canGoOn: boolean
  /** null for a condition that is not there yet */
  onRemove: (() => void) | null
}

export default function ConditionEditor({ field, condition, filter, context, onApply, canGoOn, onRemove }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ condition, problem: null })
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first =
      form.current?.querySelector<HTMLElement>('[data-autofocus]') ?? form.current?.querySelector<HTMLElement>('input')
    first?.focus({ preventScroll: true })
  }, [])
  const { title, type } = FILTER_FIELDS[field]
  const Editor = EDITORS[type]
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (draft.condition) onApply(draft.condition, false)
  }
  return (
    <form ref={form} onSubmit={apply} aria-label={title}>
      <Stack gap={10}>
        <Text fw={500}>{title}</Text>
        <Editor field={field} condition={condition} filter={filter} context={context} onDraft={setDraft} />
        {draft.problem && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {t(`tasks.filter.${draft.problem}`)}
          </Text>
        )}
        <Group gap={4}>
          <Button
            variant="subtle"
            color="gray"
            title={t(canGoOn ? 'tasks.filter.or_hint' : 'tasks.filter.full')}
            disabled={!draft.condition || !canGoOn}
            onClick={() => draft.condition && onApply(draft.condition, true)}
          >
            {t('tasks.filter.or_more')}
          </Button>
          {onRemove && (
            <Button variant="subtle" color="gray" onClick={onRemove}>
              {t('tasks.filter.remove_this')}
            </Button>
          )}
          <Button type="submit" ml="auto" disabled={!draft.condition}>
            {t('tasks.filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const EDITORS: Record<FilterType, (props: EditorProps) => ReactNode> = {
  stage: ChoiceEditor,
  person: ChoiceEditor,
  people: ChoiceEditor,
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
  metadata: MetadataEditor,
  operation: OperationEditor,
  thumbnail: () => null,
  history: () => null,
  size: () => null,
}
