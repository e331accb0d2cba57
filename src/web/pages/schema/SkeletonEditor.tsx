// The skeleton of a class: drawn on the left as it will be placed, its points by name on the right.
import { ActionIcon, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SkeletonTemplate } from '../../../model/shapes/skeleton.ts'
import { SkeletonDrawing } from './SkeletonDrawing.tsx'
import classes from './schema.module.css'
import { addPoint, changePoint, movePoint, removePoint, shiftPoint, toggleEdge } from './skeleton-draft.ts'

type Props = {
  template: SkeletonTemplate
  /** As it was saved last. */
  saved: SkeletonTemplate | undefined
  color: string
  onChange: (template: SkeletonTemplate) => void
}

export default function SkeletonEditor({ template, saved, color, onChange }: Props) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<number | null>(null)
  const add = (at: [number, number]) => {
    const added = addPoint(template, t('schema.skeleton_point'), at, chosen, saved)
    onChange(added.template)
    setChosen(added.id)
  }
  const choose = (id: number) => {
    if (chosen !== null && chosen !== id) onChange(toggleEdge(template, chosen, id))
    setChosen(chosen === id ? null : id)
  }
  const remove = (id: number) => {
    onChange(removePoint(template, id))
    setChosen(null)
  }
  return (
    <Group align="flex-start" wrap="nowrap" gap={20}>
      <div>
        <SkeletonDrawing
          template={template}
          color={color}
          chosen={chosen}
          onAdd={add}
          onChoose={choose}
          onMove={(id, at) => onChange(movePoint(template, id, at))}
          onRemove={remove}
        />
        <Text size="xs" c="dimmed" mt={8} maw={340}>
          {t('schema.skeleton_hint')}
        </Text>
      </div>
      <Stack gap={6} className={classes.points}>
        {template.points.map((p, i) => (
          <Group key={p.id} gap={4} wrap="nowrap" data-chosen={p.id === chosen || undefined} className={classes.point}>
            <TextInput
              aria-label={`${t('field.name')} ${i + 1}`}
              value={p.name}
              maxLength={60}
              error={p.name.trim() === ''}
              onFocus={() => setChosen(p.id)}
              onChange={(event) => onChange(changePoint(template, p.id, { name: event.currentTarget.value }))}
              style={{ flex: 1 }}
            />
            <ActionIcon
              aria-label={t('schema.up', { name: p.name })}
              disabled={i === 0}
              onClick={() => onChange(shiftPoint(template, p.id, -1))}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('schema.down', { name: p.name })}
              disabled={i === template.points.length - 1}
              onClick={() => onChange(shiftPoint(template, p.id, 1))}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('schema.remove', { name: p.name })}
              disabled={template.points.length === 1}
              onClick={() => remove(p.id)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Group>
  )
}
