// A tooltip that costs nothing until somebody points at what it is about: a page has dozens of them.
import type { TooltipProps } from '@mantine/core'
import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { lazyPart } from './lazy-part.tsx'

/** With what finds its place on the screen it is a tenth of the code that a page begins with. */
export const TipBox = lazyPart(() => import('./TipBox.tsx'))

const DELAY_MS = 350

type Props = Pick<TooltipProps, 'position' | 'multiline' | 'maw'> & {
  label: ReactNode
  /** From pointing at it, ms. */
  delay?: number
  isDisabled?: boolean
  children: ReactElement
}
type Listens = {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  onFocus?: (event: FocusEvent<HTMLElement>) => void
  onBlur?: (event: FocusEvent<HTMLElement>) => void
  'aria-describedby'?: string | undefined
}

export function Tip({ label, delay = DELAY_MS, isDisabled = false, children, ...look }: Props) {
  const id = useId()
  /** What was pointed at, since the first time. */
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const [isAsked, setAsked] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isOpen = isAsked && !isDisabled
  useEffect(() => () => clearTimeout(timer.current), [])
  useClosedByPressing(isOpen, () => setAsked(false))

  const openAfter = (element: HTMLElement, ms: number) => {
    setTarget(element)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAsked(true), ms)
  }
  const close = () => {
    clearTimeout(timer.current)
    setAsked(false)
  }
  const own = children.props as Listens
  return (
    <>
      {cloneElement<Listens>(children as ReactElement<Listens>, {
        onPointerEnter(event) {
          own.onPointerEnter?.(event)
          // A finger presses at once.
          if (event.pointerType !== 'touch') openAfter(event.currentTarget, delay)
        },
        onPointerLeave(event) {
          own.onPointerLeave?.(event)
          close()
        },
        onPointerDown(event) {
          own.onPointerDown?.(event)
          // What the press opens lies where the tip would be.
          close()
        },
        onFocus(event) {
          own.onFocus?.(event)
          if (event.currentTarget.matches(':focus-visible')) openAfter(event.currentTarget, 0)
        },
        onBlur(event) {
          own.onBlur?.(event)
          close()
        },
        'aria-describedby': isOpen ? id : own['aria-describedby'],
      })}
      {target && <TipBox {...look} target={target} opened={isOpen} label={<div id={id}>{label}</div>} />}
    </>
  )
}

/** Escape, or a press elsewhere. */
function useClosedByPressing(isOpen: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!isOpen) return
    const stop = new AbortController()
    const options = { capture: true, signal: stop.signal }
    window.addEventListener('pointerdown', () => latest.current(), options)
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && latest.current(), options)
    return () => stop.abort()
  }, [isOpen])
}
