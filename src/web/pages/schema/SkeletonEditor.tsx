// The skeleton of a class: drawn on the left as it will be placed, its points by name on the right.
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SkeletonTemplate } from '../../../model/shapes/skeleton.ts'
import { useProjectId } from '../../session.tsx'
import InUseDialog from './InUseDialog.tsx'
import { havingClass, useTasksOf } from './in-use.ts'
import { SkeletonDrawing } from './SkeletonDrawing.tsx'
import classes from './schema.module.css'
import {
  addPoint,
  changePoint,
  freePlace,
  movePoint,
  removedPoints,
  removePoint,
  restorePoint,
  shiftPoint,
  toggleEdge,
} from './skeleton-draft.ts'

type Props = {
  class_id: number
  template: SkeletonTemplate
  /** As it was saved last. */
  saved: SkeletonTemplate | undefined
  color: string
  onChange: (template: SkeletonTemplate) => void
}

export default function SkeletonEditor({ class_id, template, saved, color, onChange }: Props) {
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
  const { isAsking, askTasks } = useTasksOf(useProjectId())
  const [inUse, setInUse] = useState<{ id: number; name: string; tasks: number } | null>(null)
  const remove = (id: number) => {
    onChange(removePoint(template, id))
    setChosen(null)
  }
  // What was drawn while it was asked stays.
  const latest = useRef(remove)
  latest.current = remove
  const askToRemove = (id: number) => {
    const point = template.points.find((p) => p.id === id)
    if (!point || template.points.length === 1) return
    if (!saved?.points.some((p) => p.id === id)) return remove(id)
    void askTasks(havingClass(class_id), (tasks) => {
      if (tasks > 0) setInUse({ id, name: point.name, tasks })
      else latest.current(id)
    })
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
          onRemove={askToRemove}
        />
        <Text size="xs" c="dimmed" mt={8} maw={340}>
          {t('schema.skeleton_hint')}
        </Text>
      </div>
      <Stack gap={10} flex={1}>
        <Stack gap={6} className={classes.points} aria-busy={isAsking}>
          {template.points.map((p, i) => (
            <Group
              key={p.id}
              gap={4}
              wrap="nowrap"
              data-chosen={p.id === chosen || undefined}
              className={classes.point}
            >
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
                onClick={() => askToRemove(p.id)}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
        <Group gap={8}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => add(freePlace(template))}
          >
            {t('schema.add_point')}
          </Button>
          {saved &&
            removedPoints(template, saved).map((p) => (
              <Button
                key={p.id}
                variant="default"
                size="compact-sm"
                onClick={() => onChange(restorePoint(template, saved, p.id))}
              >
                {t('schema.restore')} {p.name}
              </Button>
            ))}
        </Group>
      </Stack>
      {inUse && (
        <InUseDialog
          title={t('schema.remove', { name: inUse.name })}
          use={t('schema.in_use', { count: inUse.tasks })}
          text={t('schema.point_in_use')}
          filter={havingClass(class_id)}
          onDo={() => remove(inUse.id)}
          onClose={() => setInUse(null)}
        />
      )}
    </Group>
  )
}
