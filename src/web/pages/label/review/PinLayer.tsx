// The pins of comments on the image. Buttons, so that pointer, keyboard and screen reader find them; moved without React.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Size } from '../../../../editor/coordinates.ts'
import type { Editor } from '../../../../editor/editor.ts'
import type { Thread } from '../../../../model/comment.ts'
import { formatNumber } from '../../../format.ts'
import { isOpen, nextOf, pinAt, pinGroups, pinOnScreen } from './pins.ts'
import classes from './review.module.css'
import { useEachFrame } from './use-placed.ts'
import type { Review } from './use-review.ts'

/** Sizes of a pin, and of what is told on hover, at most, CSS pixels. */
const [PIN, PEEK_WIDTH, PEEK_HEIGHT] = [26, 290, 160]

type Props = { review: Review; editor: Editor }

export default function PinLayer({ review, editor }: Props) {
  const { threads, shown, desk } = review
  const pins = useRef(new Map<number, HTMLElement>())
  const draft = useRef<HTMLElement>(null)
  /** The threads for which each pin stands, itself first. */
  const groups = useRef(new Map<number, number[]>())
  useEachFrame(editor, (state) => {
    const placed = shown.flatMap((thread) => {
      const at = pinOnScreen(thread, state)
      return at ? [{ id: thread.id, at }] : []
    })
    // The chosen one is always seen.
    placed.sort((a, b) => Number(b.id === desk.chosen) - Number(a.id === desk.chosen))
    const found = pinGroups(placed)
    groups.current = new Map(found.map((group) => [(group[0] as { id: number }).id, group.map((pin) => pin.id)]))
    const places = new Map(found.map(([lead]) => [lead?.id, lead?.at ?? null]))
    for (const [id, element] of pins.current) {
      move(element, places.get(id) ?? null, state.screen)
      tellMore(element, (groups.current.get(id)?.length ?? 1) - 1)
    }
    if (desk.composing) move(draft.current, pinOnScreen(desk.composing, state), state.screen)
  })
  /** A pin that stands for several goes from one to the next. */
  const choose = (id: number) => {
    const group = [...(groups.current.get(id) ?? [id])].sort((a, b) => a - b)
    review.choose(desk.chosen === id ? (nextOf(group, id, 1) ?? id) : id)
  }
  return (
    <div className={classes.pins}>
      {shown.map((thread) => (
        <PinMark
          key={thread.id}
          thread={thread}
          number={threads.indexOf(thread) + 1}
          name={review.names.get(thread.comments[0]?.author_id ?? 0) ?? ''}
          isChosen={desk.chosen === thread.id}
          more={() => (groups.current.get(thread.id)?.length ?? 1) - 1}
          onChoose={choose}
          keep={(element) => {
            if (element) pins.current.set(thread.id, element)
            else pins.current.delete(thread.id)
          }}
        />
      ))}
      {desk.composing && <span ref={draft} className={classes.pin} data-draft hidden />}
      {desk.isPlacing && <PlacingCover review={review} editor={editor} />}
    </div>
  )
}

type MarkProps = {
  thread: Thread
  number: number
  name: string
  isChosen: boolean
  /** For how many others it stands. */
  more: () => number
  onChoose: (id: number) => void
  keep: (element: HTMLElement | null) => void
}

function PinMark({ thread, number, name, isChosen, more, onChoose, keep }: MarkProps) {
  const { t } = useTranslation()
  const [isLookedAt, setLookedAt] = useState(false)
  const text = thread.comments[0]?.text ?? t('review.deleted')
  const replies = thread.comments.length - 1
  return (
    <button
      ref={keep}
      type="button"
      hidden
      className={classes.pin}
      data-object={thread.object_id !== null || undefined}
      data-resolved={!isOpen(thread) || undefined}
      data-chosen={isChosen || undefined}
      aria-label={t('review.pin_label', { number, name, text: text.slice(0, 200) })}
      aria-pressed={isChosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(thread.id)}
      onMouseEnter={() => setLookedAt(true)}
      onMouseLeave={() => setLookedAt(false)}
      onFocus={() => setLookedAt(true)}
      onBlur={() => setLookedAt(false)}
    >
      {formatNumber(number)}
      {isLookedAt && (
        <span className={classes.peek} aria-hidden>
          <strong>{name}</strong>
          <span className={classes.peekText}>{text}</span>
          {more() > 0 && <span className={classes.peekMore}>{t('review.more_here', { count: more() })}</span>}
          {replies > 0 && <span className={classes.peekMore}>{t('review.replies', { count: replies })}</span>}
        </span>
      )}
    </button>
  )
}

/** Takes the one click that says where a comment belongs; the wheel still zooms. */
function PlacingCover({ review, editor }: Props) {
  const { t } = useTranslation()
  const { place, set } = review
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopImmediatePropagation()
      set({ isPlacing: false })
    }
    window.addEventListener('keydown', cancel, { capture: true })
    return () => window.removeEventListener('keydown', cancel, { capture: true })
  }, [set])
  return (
    <div
      className={classes.placing}
      data-covers
      onPointerDown={(event) => {
        const corner = event.currentTarget.getBoundingClientRect()
        const pin = pinAt(editor.state(), [event.clientX - corner.left, event.clientY - corner.top])
        event.preventDefault()
        if (pin) place(pin)
      }}
    >
      <span className={classes.placingWord} role="status">
        {t('review.placing')}
      </span>
    </div>
  )
}

function tellMore(element: HTMLElement, more: number): void {
  const text = more > 0 ? formatNumber(more) : undefined
  if (element.dataset.more === text) return
  if (text) element.dataset.more = text
  else delete element.dataset.more
}

function move(element: HTMLElement | null, at: readonly [number, number] | null, { width }: Size): void {
  if (!element) return
  element.hidden = at === null
  if (!at) return
  element.style.transform = `translate(${Math.round(at[0])}px, ${Math.round(at[1])}px)`
  // At the edges a pin, and what is told on hover, stands on the other side of its place.
  element.toggleAttribute('data-left', at[0] > width - PIN)
  element.toggleAttribute('data-under', at[1] < PIN)
  element.toggleAttribute('data-peek-left', at[0] > width - PEEK_WIDTH)
  element.toggleAttribute('data-peek-under', at[1] < PEEK_HEIGHT)
}
