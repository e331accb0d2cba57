// Rows that are put in order by a handle: dragged, or by the arrow keys on it. A drop goes before or after the row under it,
// by the half of the row that the pointer is in.
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import type { Side } from './draft-list.ts'

type Options = {
  onMove: (id: number, side: Side, over: number) => void
  onShift: (id: number, by: -1 | 1) => void
}

/** A type of our own: no text field takes the row for a text. Firefox drags nothing without data. */
const DATA = 'application/x-pixlhub-row'

export function useRowDrag({ onMove, onShift }: Options) {
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<{ id: number; side: Side } | null>(null)
  const end = () => {
    setDragged(null)
    setOver(null)
  }
  return {
    /** For the element that is taken hold of. */
    handle: (id: number) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData(DATA, String(id))
        setDragged(id)
      },
      onDragEnd: end,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        onShift(id, event.key === 'ArrowUp' ? -1 : 1)
      },
    }),
    /** For the row. */
    row: (id: number) => ({
      'data-over': over?.id === id && dragged !== id ? over.side : undefined,
      onDragOver: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        const { top, bottom } = event.currentTarget.getBoundingClientRect()
        setOver({ id, side: event.clientY < (top + bottom) / 2 ? 'before' : 'after' })
      },
      onDrop: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        if (over && over.id !== dragged) onMove(dragged, over.side, over.id)
        end()
      },
    }),
  }
}
