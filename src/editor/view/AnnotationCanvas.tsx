// The image with its annotations: three canvases on top of each other, and the short messages over them.
import { Button } from '@mantine/core'
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isTiled, type TilePlace } from '../../model/tiles.ts'
import { isToned } from '../display.ts'
import type { Editor } from '../editor.ts'
import { texts } from '../texts.ts'
import styles from './annotation-canvas.module.css'
import { bindInput, focusQuietly } from './bind-input.ts'
import { lazyPart } from './lazy-part.tsx'
import { createPainter, type Layers, type Painter } from './painter.ts'
import { closePicture, loadPicture, type Picture } from './picture.ts'
import { takePicture } from './ready-pictures.ts'
import { ToneFilter, toneFilter } from './ToneFilter.tsx'
import { openTiled } from './tiled-picture.ts'
import { useEditor } from './use-editor.ts'

const CanvasAids = lazyPart(() => import('./CanvasAids.tsx'))

const AFTER_PAINT_MS = 250
/** A small copy was painted, and what stands around it too. */
const CALM_MS = 500
const NOTICE_MS = 3000

type Loading = { url: string; attempt: number; at: 'loading' | 'ready' | 'failed' }

type Props = {
  editor: Editor
  imageUrl: string
  /** Address of a tile, for an image that is too large to be loaded as a whole. */
  tileUrl: (place: TilePlace) => string
  /** The image is there, or cannot be shown. */
  onShown?: () => void
  /** Layers over the annotations. */
  children?: ReactNode
}

/** Fills its parent. Takes the keyboard of the window, but for fields, dialogs and menus. */
export function AnnotationCanvas({ editor, imageUrl, tileUrl, onShown, children }: Props) {
  const latest = useRef({ tileUrl, onShown })
  latest.current = { tileUrl, onShown }
  const host = useRef<HTMLDivElement>(null)
  const image = useRef<HTMLDivElement>(null)
  const objects = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const painter = useRef<Painter>(null)
  const [loading, setLoading] = useState<Loading>({ url: imageUrl, attempt: 0, at: 'loading' })
  const [picture, setPicture] = useState<Picture | null>(null)
  const cursor = useEditor(editor, (s) => s.cursor)
  const hasTones = useEditor(editor, (s) => isToned(s.display))
  const opacity = useEditor(editor, (s) => s.display.opacity)

  // Before the first frame, which shows what is ready by then.
  useLayoutEffect(() => {
    const element = host.current as HTMLDivElement
    const layers = { image: image.current, objects: objects.current, overlay: overlay.current } as Layers
    const made = createPainter(editor, layers)
    painter.current = made
    const unbind = bindInput(element, editor)
    const unobserve = observeSize(element, (css, device, ratio) => {
      editor.resize(css)
      made.resize(ratio, device)
    })
    if (document.activeElement === document.body) focusQuietly(element)
    return () => {
      unobserve()
      unbind()
      made.stop()
    }
  }, [editor])

  useEffect(() => {
    editor.setAssist(async () => (await import('./assist-client.ts')).createAssist(imageUrl))
    return () => editor.setAssist(null)
  }, [editor, imageUrl])

  const { attempt } = loading
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again
  useLayoutEffect(() => {
    const stop = new AbortController()
    const show = (picture: Picture | null) => {
      if (stop.signal.aborted) {
        if (picture) closePicture(picture)
        return
      }
      painter.current?.show(picture)
      setPicture(picture)
    }
    const settle = (at: Loading['at']) => {
      if (stop.signal.aborted) return
      setLoading((l) => (l.url === imageUrl && l.at === at ? l : { ...l, url: imageUrl, at }))
      if (at !== 'loading') latest.current.onShown?.()
    }
    const present = (picture: Picture) => {
      show(picture)
      settle('ready')
      const { whole } = picture
      // Without it, the copy stays.
      if (whole) setTimeout(() => stop.signal.aborted || whole().then(show, () => undefined), CALM_MS)
    }
    const prepared = takePicture(imageUrl)
    if (prepared?.picture) {
      present(prepared.picture)
      return () => stop.abort()
    }
    show(null)
    settle('loading')
    const { image } = editor.state()
    const load = () => (isTiled(image) ? openTiled(image, latest.current.tileUrl) : loadPicture(imageUrl, true))
    ;(prepared ? prepared.coming.catch(load) : load()).then(present, () => settle('failed'))
    return () => stop.abort()
  }, [editor, imageUrl, attempt])

  // By then all that is drawn here has the next one, and its first frame was painted: giving 80 MB back takes as long as one.
  useEffect(() => (picture ? () => void setTimeout(closePicture, AFTER_PAINT_MS, picture) : undefined), [picture])

  return (
    <div
      ref={host}
      className={styles.host}
      style={{ cursor }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard
      tabIndex={0}
      role="application"
      aria-label={texts.canvas.label}
    >
      <ToneFilter editor={editor} />
      <div ref={image} className={styles.sheet} style={{ '--filter': toneFilter(hasTones) } as CSSProperties} />
      <div ref={objects} className={styles.sheet} style={{ opacity }} data-layer="objects" />
      <canvas ref={overlay} className={styles.layer} data-layer="overlay" />
      <CanvasAids editor={editor} picture={picture} />
      {loading.at === 'ready' && children}
      {loading.at === 'loading' && (
        <div className={styles.message} data-covers>
          {texts.canvas.loading}
        </div>
      )}
      {loading.at === 'failed' && (
        <div className={styles.message} data-covers role="alert">
          <div>{texts.canvas.failed}</div>
          <div className={styles.why}>{texts.canvas.failedWhy}</div>
          <Button size="xs" variant="default" onClick={() => setLoading((l) => ({ ...l, attempt: l.attempt + 1 }))}>
            {texts.canvas.retry}
          </Button>
        </div>
      )}
      <Notice editor={editor} />
    </div>
  )
}

/** Says for a moment why the last act did nothing. */
function Notice({ editor }: { editor: Editor }) {
  const notice = useEditor(editor, (s) => s.notice)
  const [over, setOver] = useState(0)
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setOver(notice.number), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  const isShown = notice !== null && notice.number !== over
  return (
    <div role="status" aria-live="polite">
      {isShown && <div className={styles.notice}>{notice.text}</div>}
    </div>
  )
}

type Sized = (css: { width: number; height: number }, device: { width: number; height: number }, ratio: number) => void

/** Tells the size at once and whenever it or the pixel ratio changes. */
function observeSize(element: HTMLElement, onSize: Sized): () => void {
  const measure = () => {
    const css = { width: element.clientWidth, height: element.clientHeight }
    const ratio = window.devicePixelRatio || 1
    onSize(css, { width: Math.round(css.width * ratio), height: Math.round(css.height * ratio) }, ratio)
  }
  const observer = new ResizeObserver(measure)
  observer.observe(element)
  // Dragging the window to another screen changes the ratio, not the size.
  window.addEventListener('resize', measure)
  measure()
  return () => {
    observer.disconnect()
    window.removeEventListener('resize', measure)
  }
}
