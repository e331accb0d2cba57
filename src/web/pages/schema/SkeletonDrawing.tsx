// A skeleton as a drawing that is edited in place: click adds a point, drag moves one, clicking two joins or parts them.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SkeletonTemplate } from '../../../model/shapes/skeleton.ts'
import classes from './schema.module.css'

type At = [number, number]
type Props = {
  template: SkeletonTemplate
  color: string
  chosen: number | null
  onAdd: (at: At) => void
  onChoose: (id: number) => void
  onMove: (id: number, at: At) => void
  onRemove: (id: number) => void
}

/** Units of the drawing; a border around the box keeps points at its edge whole. */
const SIDE = 100
const BORDER = 6
/** A press that moves less than this is a click, parts of the box. */
const SLOP = 0.015
const ARROWS: Record<string, At> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

export function SkeletonDrawing({ template, color, chosen, onAdd, onChoose, onMove, onRemove }: Props) {
  const { t } = useTranslation()
  const svg = useRef<SVGSVGElement>(null)
  const press = useRef<{ id: number; from: At; isDrag: boolean } | null>(null)
  const at = (event: PointerEvent): At => {
    const box = (svg.current as SVGSVGElement).getBoundingClientRect()
    const part = (value: number, size: number) => ((value / size) * (SIDE + 2 * BORDER) - BORDER) / SIDE
    return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)]
  }
  const placeOf = new Map(template.points.map((p) => [p.id, p]))
  const onPointerMove = (event: PointerEvent) => {
    const pressed = press.current
    if (!pressed) return
    const to = at(event)
    pressed.isDrag ||= Math.hypot(to[0] - pressed.from[0], to[1] - pressed.from[1]) > SLOP
    if (pressed.isDrag) onMove(pressed.id, to)
  }
  const onPointerUp = () => {
    const pressed = press.current
    press.current = null
    if (pressed && !pressed.isDrag) onChoose(pressed.id)
  }
  const onKeyDown = (event: KeyboardEvent, p: SkeletonTemplate['points'][number]) => {
    const arrow = ARROWS[event.key]
    if (arrow) onMove(p.id, [p.x + arrow[0] / 100, p.y + arrow[1] / 100])
    else if (event.key === 'Enter' || event.key === ' ') onChoose(p.id)
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove(p.id)
    else return
    event.preventDefault()
  }
  return (
    <svg
      ref={svg}
      className={classes.skeleton}
      viewBox={`${-BORDER} ${-BORDER} ${SIDE + 2 * BORDER} ${SIDE + 2 * BORDER}`}
      role="application"
      aria-label={t('schema.skeleton')}
      onPointerDown={(event) => {
        const to = at(event)
        if (event.button === 0 && to.every((v) => v >= 0 && v <= 1)) onAdd(to)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
    >
      <rect className={classes.skeletonBox} width={SIDE} height={SIDE} />
      {template.edges.map(([a, b]) => {
        const [from, to] = [placeOf.get(a), placeOf.get(b)]
        if (!from || !to) return null
        return (
          <line
            key={`${a} ${b}`}
            x1={from.x * SIDE}
            y1={from.y * SIDE}
            x2={to.x * SIDE}
            y2={to.y * SIDE}
            stroke={color}
            strokeWidth={0.9}
          />
        )
      })}
      {template.points.map((p) => (
        // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
        <g
          key={p.id}
          role="button"
          tabIndex={0}
          aria-label={p.name}
          aria-pressed={p.id === chosen}
          className={classes.skeletonPoint}
          onKeyDown={(event) => onKeyDown(event, p)}
          onPointerDown={(event) => {
            event.stopPropagation()
            event.currentTarget.setPointerCapture(event.pointerId)
            press.current = { id: p.id, from: at(event), isDrag: false }
          }}
        >
          <circle cx={p.x * SIDE} cy={p.y * SIDE} r={4.5} fill="transparent" />
          <circle
            cx={p.x * SIDE}
            cy={p.y * SIDE}
            r={p.id === chosen ? 2.6 : 1.9}
            fill={color}
            stroke="var(--mantine-color-body)"
            strokeWidth={0.7}
          />
          <text x={p.x * SIDE + 3.5} y={p.y * SIDE + 1.2}>
            {p.name}
          </text>
        </g>
      ))}
    </svg>
  )
}
