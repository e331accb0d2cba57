// The classes as rows that are edited in place. Order by dragging the handle, or by the arrow keys on it.
import { ActionIcon, ColorInput, Group, Table, TextInput, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import {
  IconBrush,
  IconLine,
  IconOvalVertical,
  IconPoint,
  IconPolygon,
  IconSquare,
  IconStretching,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CLASS_COLORS, type LabelClass, type LabelSchema } from '../../../model/label-schema.ts'
import { SHAPE_TYPES, type ShapeType } from '../../../model/shapes/index.ts'
import { useProjectId } from '../../session.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { changeAttributes, changeClass, moveClass, removeClass, shiftClass, typedColor, typedHotkey } from './draft.ts'
import { havingClass, useTasksOf } from './in-use.ts'
import { AttributeList, InUseDialog, SkeletonEditor } from './lazy-parts.ts'
import { RowHandle } from './RowHandle.tsx'
import classes from './schema.module.css'
import { addPoint } from './skeleton-draft.ts'
import { useRowDrag } from './use-row-drag.ts'

const SHAPE_ICONS: Record<ShapeType, typeof IconSquare> = {
  box: IconSquare,
  polygon: IconPolygon,
  polyline: IconLine,
  point: IconPoint,
  ellipse: IconOvalVertical,
  mask: IconBrush,
  skeleton: IconStretching,
}

type Props = {
  schema: LabelSchema
  saved: LabelSchema
  onChange: (change: (schema: LabelSchema) => LabelSchema) => void
}

export function ClassTable({ schema, saved, onChange }: Props) {
  const { t } = useTranslation()
  const drag = useRowDrag({
    onMove: (id, side, over) => onChange((s) => moveClass(s, id, side, over)),
    onShift: (id, by) => onChange((s) => shiftClass(s, id, by)),
  })
  const [attributesOf, setAttributesOf] = useState<number | null>(null)
  const [skeletonOf, setSkeletonOf] = useState<number | null>(null)
  const live = schema.classes.filter((c) => !c.is_removed)
  const opened = live.find((c) => c.id === attributesOf)
  const drawn = live.find((c) => c.id === skeletonOf)
  const savedOf = (id: number) => saved.classes.find((c) => c.id === id)
  const project_id = useProjectId()
  const [inUse, setInUse] = useState<{ labelClass: LabelClass; tasks: number } | null>(null)
  const remove = (id: number) => onChange((s) => removeClass(s, id, savedOf(id) !== undefined))
  const { isAsking, askTasks } = useTasksOf(project_id)
  const askToRemove = (labelClass: LabelClass) => {
    if (!savedOf(labelClass.id)) return remove(labelClass.id)
    void askTasks(havingClass(labelClass.id), (tasks) => {
      if (tasks > 0) setInUse({ labelClass, tasks })
      else remove(labelClass.id)
    })
  }
  return (
    <>
      <Table verticalSpacing={5} className={classes.asking} aria-busy={isAsking}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={30}>
              <VisuallyHidden>{t('schema.order')}</VisuallyHidden>
            </Table.Th>
            <Table.Th w={124}>{t('schema.color')}</Table.Th>
            <Table.Th>{t('field.name')}</Table.Th>
            <Table.Th w={70}>{t('schema.hotkey')}</Table.Th>
            <Table.Th w={260}>{t('schema.geometries')}</Table.Th>
            <Table.Th w={140}>{t('schema.attributes')}</Table.Th>
            <Table.Th w={44}>
              <VisuallyHidden>{t('action.remove')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {live.map((c) => (
            <ClassRow
              key={c.id}
              labelClass={c}
              drag={drag}
              onChange={(change) => onChange((s) => changeClass(s, c.id, change))}
              onRemove={() => askToRemove(c)}
              onAttributes={() => setAttributesOf(c.id)}
              onSkeleton={() => setSkeletonOf(c.id)}
            />
          ))}
        </Table.Tbody>
      </Table>
      {opened && (
        <Dialog
          onClose={() => setAttributesOf(null)}
          title={t('schema.attributes_of', { name: opened.name })}
          size={1120}
        >
          <AttributeList
            attributes={opened.attributes}
            saved={savedOf(opened.id)?.attributes ?? []}
            class_id={opened.id}
            onChange={(change) => onChange((s) => changeAttributes(s, opened.id, change))}
          />
        </Dialog>
      )}
      {drawn?.skeleton && (
        <Dialog onClose={() => setSkeletonOf(null)} title={t('schema.skeleton_of', { name: drawn.name })} size={760}>
          <SkeletonEditor
            class_id={drawn.id}
            template={drawn.skeleton}
            saved={savedOf(drawn.id)?.skeleton}
            color={drawn.color}
            onChange={(skeleton) => onChange((s) => changeClass(s, drawn.id, { skeleton }))}
          />
        </Dialog>
      )}
      {inUse && (
        <InUseDialog
          title={t('schema.remove', { name: inUse.labelClass.name })}
          use={t('schema.in_use', { count: inUse.tasks })}
          text={t('schema.in_use_text')}
          filter={havingClass(inUse.labelClass.id)}
          onDo={() => remove(inUse.labelClass.id)}
          onClose={() => setInUse(null)}
        />
      )}
    </>
  )
}

/** What is typed stands there until the field is left; it is the class's colour once it is whole. */
function ColorField(props: { label: string; color: string; onChange: (color: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <ColorInput
      aria-label={props.label}
      format="hex"
      swatches={[...CLASS_COLORS]}
      swatchesPerRow={6}
      withEyeDropper={false}
      value={typed ?? props.color}
      onChange={(text) => {
        setTyped(text)
        const color = typedColor(text)
        if (color) props.onChange(color)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

type RowProps = {
  labelClass: LabelClass
  drag: ReturnType<typeof useRowDrag>
  onChange: (change: Partial<LabelClass>) => void
  onRemove: () => void
  onAttributes: () => void
  onSkeleton: () => void
}

function ClassRow({ labelClass: c, drag, onChange, onRemove, onAttributes, onSkeleton }: RowProps) {
  const { t } = useTranslation()
  const attributes = c.attributes.filter((a) => !a.is_removed).length
  return (
    <Table.Tr {...drag.row(c.id)} className={classes.row}>
      <Table.Td>
        <RowHandle name={c.name} handle={drag.handle(c.id)} />
      </Table.Td>
      <Table.Td>
        <ColorField
          label={`${t('schema.color')}: ${c.name}`}
          color={c.color}
          onChange={(color) => onChange({ color })}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          aria-label={t('field.name')}
          value={c.name}
          maxLength={100}
          error={c.name.trim() === ''}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          aria-label={`${t('schema.hotkey')}: ${c.name}`}
          title={t('schema.hotkey_hint')}
          value={c.hotkey ?? ''}
          styles={{ input: { textAlign: 'center' } }}
          onChange={(event) => onChange({ hotkey: typedHotkey(event.currentTarget.value, c.hotkey) })}
        />
      </Table.Td>
      <Table.Td>
        <Shapes
          labelClass={c}
          onChange={(geometries) => {
            const isNew = geometries.includes('skeleton') && !c.skeleton
            const first = isNew
              ? addPoint(undefined, t('schema.skeleton_point'), [0.5, 0.5], null).template
              : c.skeleton
            onChange({ geometries, ...(first ? { skeleton: first } : {}) })
            if (isNew) onSkeleton()
          }}
        />
        {c.skeleton && c.geometries.includes('skeleton') && (
          <UnstyledButton
            className={classes.attributes}
            onClick={onSkeleton}
            aria-label={`${t('schema.points', { count: c.skeleton.points.length })}: ${c.name}`}
          >
            {t('schema.points', { count: c.skeleton.points.length })}
          </UnstyledButton>
        )}
      </Table.Td>
      <Table.Td>
        <UnstyledButton
          className={classes.attributes}
          onClick={onAttributes}
          aria-label={`${t('schema.attribute', { count: attributes })}: ${c.name}`}
        >
          {t('schema.attribute', { count: attributes })}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <ActionIcon aria-label={t('schema.remove', { name: c.name })} onClick={onRemove}>
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  )
}

/** At least one shape stays chosen. */
function Shapes({ labelClass: c, onChange }: { labelClass: LabelClass; onChange: (geometries: ShapeType[]) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap={2} wrap="nowrap" role="group" aria-label={`${t('schema.geometries')}: ${c.name}`}>
      {SHAPE_TYPES.map((shape) => {
        const Icon = SHAPE_ICONS[shape]
        const isOn = c.geometries.includes(shape)
        const next = SHAPE_TYPES.filter((s) => (s === shape ? !isOn : c.geometries.includes(s)))
        return (
          <Tooltip key={shape} label={t(`schema.${shape}`)}>
            <ActionIcon
              variant={isOn ? 'light' : 'subtle'}
              color={isOn ? 'accent' : 'gray'}
              aria-label={t(`schema.${shape}`)}
              aria-pressed={isOn}
              onClick={() => next.length > 0 && onChange(next)}
            >
              <Icon size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </Group>
  )
}
