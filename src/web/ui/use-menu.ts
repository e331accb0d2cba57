// A button whose menu comes when it is opened, or ahead of that when the pointer or the focus comes near.
import { type MouseEvent, useId, useState } from 'react'

/** What the items of a menu are told; see MenuItems.tsx. */
export type OfMenu = { id: string; button: HTMLElement; isOpen: boolean; onClose: () => void }

/**
 * @param items a lazy part that draws MenuItems
 * @returns props of the button, and of the items once they have been wanted
 */
export function useMenu({ preload }: { preload(): void }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [button, setButton] = useState<HTMLElement | null>(null)
  return {
    button: {
      id,
      'aria-haspopup': 'menu',
      'aria-expanded': isOpen,
      onPointerEnter: preload,
      onFocus: preload,
      onClick: (event: MouseEvent<HTMLElement>) => {
        setButton(event.currentTarget)
        setOpen(!isOpen)
      },
    } as const,
    items: button && { id, button, isOpen, onClose: () => setOpen(false) },
  }
}
