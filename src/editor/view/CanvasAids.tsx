// What helps to find one's way on the image: the pixel under the pointer, and the minimap.
import { type PointerEvent, useEffect, useRef } from 'react'
import { toImage } from '../coordinates.ts'
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { framedPart, givesWay, isCut, isUnderPointer, minimapScale, viewAt } from '../minimap.ts'
import type { EditorState } from '../state.ts'
import { texts } from '../texts.ts'
import styles from './canvas-aids.module.css'
import { levelFor, type Picture } from './picture.ts'
import { toneFilter } from './ToneFilter.tsx'
import { useEditor } from './use-editor.ts'

export default function CanvasAids({ editor, picture }: { editor: Editor; picture: Picture | null }) {
  const { hasCoordinates, hasMinimap } = useEditor(editor, (s) => s.display)
  const isPartial = useEditor(editor, (s) => isCut(s.view, s.image, s.screen))
  return (
    <>
      {hasCoordinates && <Coordinates editor={editor} />}
      {hasMinimap && isPartial && picture && <Minimap editor={editor} picture={picture} />}
    </>
  )
}

function Coordinates({ editor }: { editor: Editor }) {
  const text = useEditor(editor, pixelText)
  return text === '' ? null : <div className={styles.coordinates}>{text}</div>
}

function pixelText({ pointer, view, image }: EditorState): string {
  if (!pointer) return ''
  const [x, y] = toImage(view, pointer).map(Math.floor) as [number, number]
  return x < 0 || y < 0 || x >= image.width || y >= image.height ? '' : `${x}, ${y}`
}

function Minimap({ editor, picture }: { editor: Editor; picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const image = useEditor(editor, (s) => s.image)
  const hasTones = useEditor(editor, (s) => isToned(s.display))
  const isThrough = useEditor(editor, givesWay)
  const isFaint = useEditor(editor, isUnderPointer) && isThrough
  const scale = minimapScale(image)
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))]
  useEffect(() => {
    const ratio = window.devicePixelRatio || 1
    const element = canvas.current as HTMLCanvasElement
    element.width = width * ratio
    element.height = height * ratio
    const context = element.getContext('2d') as CanvasRenderingContext2D
    context.imageSmoothingQuality = 'high'
    const { source } = levelFor(picture, (width * ratio) / picture.width)
    context.drawImage(source, 0, 0, element.width, element.height)
  }, [picture, width, height])

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId)
    const corner = event.currentTarget.getBoundingClientRect()
    const { view, screen } = editor.state()
    editor.setView(viewAt([event.clientX - corner.left, event.clientY - corner.top], view, image, screen))
  }
  return (
    <div
      className={styles.minimap}
      style={{ width, height }}
      title={texts.display.minimap}
      data-covers
      data-through={isThrough || undefined}
      data-faint={isFaint || undefined}
      onPointerDown={go}
      onPointerMove={go}
    >
      <canvas ref={canvas} style={{ width, height, filter: toneFilter(hasTones) }} />
      <Part editor={editor} />
    </div>
  )
}

/** The frame alone is drawn anew while the view moves. */
function Part({ editor }: { editor: Editor }) {
  const view = useEditor(editor, (s) => s.view)
  const { image, screen } = editor.state()
  const { x, y, width, height } = framedPart(view, image, screen)
  return <div className={styles.part} style={{ transform: `translate(${x}px, ${y}px)`, width, height }} />
}
