// The image with its objects drawn over it; only to look at.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconExternalLink, IconEye, IconEyeOff, IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../contract/client.ts'
import type { Task } from '../../../contract/tasks.ts'
import type { AnnotationDocument, AnnotationObject } from '../../../model/annotation.ts'
import type { LabelClass, LabelSchema } from '../../../model/label-schema.ts'
import { centreOf } from '../../../model/shapes/frame.ts'
import type { XY } from '../../../model/shapes/geometry.ts'
import type { Framed } from '../../../model/shapes/index.ts'
import { type Mask, maskSpans } from '../../../model/shapes/mask.ts'
import { outlineOf } from '../../../model/shapes/outline.ts'
import type { Skeleton, SkeletonTemplate } from '../../../model/shapes/skeleton.ts'
import classes from './history.module.css'

/** More objects than this would make the panel slow; the editor draws them all. */
const DRAWN = 1500

type Props = { project_id: number; task: Task; document: AnnotationDocument; schema: LabelSchema | undefined }

export function TaskImage({ project_id, task, document, schema }: Props) {
  const { t } = useTranslation()
  const [isFailed, setFailed] = useState(false)
  const [isShown, setShown] = useState(true)
  const src = urlOf('get_asset_image', { project_id, asset_id: task.asset_id })
  const classOf = (id: number) => schema?.classes.find((c) => c.id === id)
  const label = t(isShown ? 'tasks.history.objects_shown' : 'tasks.history.objects_hidden')
  return (
    <figure className={classes.image}>
      {isFailed ? (
        <div className={classes.failed} role="status">
          <IconPhotoOff size={22} stroke={1.5} />
          {t('tasks.history.image_failed')}
        </div>
      ) : (
        <svg
          viewBox={`0 0 ${task.width} ${task.height}`}
          role="img"
          aria-label={t('tasks.history.image_of', { name: task.name })}
          preserveAspectRatio="xMidYMid meet"
        >
          <image href={src} width={task.width} height={task.height} onError={() => setFailed(true)} />
          {isShown &&
            document.objects
              .slice(0, DRAWN)
              .map((o) => <ObjectShape key={o.id} object={o} labelClass={classOf(o.class_id)} />)}
        </svg>
      )}
      <div className={classes.imageActs}>
        {document.objects.length > 0 && (
          <Tooltip label={label}>
            <ActionIcon variant="default" onClick={() => setShown(!isShown)} aria-label={label}>
              {isShown ? <IconEye size={15} /> : <IconEyeOff size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('tasks.history.full_image')}>
          <ActionIcon
            variant="default"
            component="a"
            href={src}
            target="_blank"
            rel="noreferrer"
            aria-label={t('tasks.history.full_image')}
          >
            <IconExternalLink size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
    </figure>
  )
}

function ObjectShape({ object, labelClass }: { object: AnnotationObject; labelClass: LabelClass | undefined }) {
  const { shape } = object
  const color = labelClass?.color ?? '#888888'
  const line = {
    stroke: color,
    strokeWidth: 2,
    vectorEffect: 'non-scaling-stroke',
    fill: color,
    fillOpacity: 0.12,
  } as const
  const title = <title>{labelClass?.name ?? `#${object.class_id}`}</title>
  switch (shape.type) {
    case 'box':
    case 'ellipse':
      return (
        <g transform={turnOf(shape)}>
          {shape.type === 'box' ? (
            <rect x={shape.x} y={shape.y} width={shape.width} height={shape.height} {...line} />
          ) : (
            <ellipse
              cx={shape.x + shape.width / 2}
              cy={shape.y + shape.height / 2}
              rx={shape.width / 2}
              ry={shape.height / 2}
              {...line}
            />
          )}
          {title}
        </g>
      )
    case 'polygon':
      return (
        <path d={outlineOf(shape).map(pathOf).join('')} fillRule="evenodd" {...line}>
          {title}
        </path>
      )
    case 'mask':
      return (
        <path d={pixelsOf(shape)} fill={color} fillOpacity={0.5}>
          {title}
        </path>
      )
    case 'skeleton':
      return (
        <g stroke={color}>
          {linesOf(shape, labelClass?.skeleton).map((d) => (
            <path key={d} d={d} strokeWidth={2} vectorEffect="non-scaling-stroke" />
          ))}
          {shape.points
            .filter((p) => p.visibility > 0)
            .map((p) => (
              <path
                key={p.id}
                d={`M${p.x} ${p.y}h0`}
                strokeWidth={7}
                strokeLinecap="round"
                strokeOpacity={p.visibility / 2}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          {title}
        </g>
      )
    case 'polyline':
      return (
        <polyline points={shape.points.map((p) => p.join(',')).join(' ')} {...line} fill="none">
          {title}
        </polyline>
      )
    case 'point':
      // A line of no length with round ends: a dot of the same size at any scale.
      return (
        <path
          d={`M${shape.x} ${shape.y}h0`}
          stroke={color}
          strokeWidth={9}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        >
          {title}
        </path>
      )
  }
}

/** Between labelled points. */
function linesOf({ points }: Skeleton, template: SkeletonTemplate | undefined): string[] {
  const placed = new Map(points.filter((p) => p.visibility > 0).map((p) => [p.id, `${p.x} ${p.y}`]))
  return (template?.edges ?? []).flatMap(([a, b]) =>
    placed.has(a) && placed.has(b) ? [`M${placed.get(a)}L${placed.get(b)}`] : [],
  )
}

const pathOf = (ring: readonly XY[]): string => `M${ring.map((p) => p.join(' ')).join('L')}Z`

/** A small rectangle for each covered part of a column. */
const pixelsOf = (mask: Mask): string =>
  [...maskSpans(mask)].map(({ x, from, to }) => `M${x} ${from}h1V${to}h-1Z`).join('')

function turnOf(frame: Framed): string | undefined {
  const [x, y] = centreOf(frame)
  return frame.angle === undefined ? undefined : `rotate(${frame.angle} ${x} ${y})`
}
