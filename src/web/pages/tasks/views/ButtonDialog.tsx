// A button of the line about a view, and the small dialog that it opens below itself.
import { Button, Popover } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  button: string
  /** Name of the dialog. */
  label: string
  isOpen: boolean
  isDisabled: boolean
  onOpen: (isOpen: boolean) => void
  children: ReactNode
}

export const ButtonDialog = ({ button, label, isOpen, isDisabled, onOpen, children }: Props) => (
  <Popover
    opened={isOpen}
    onChange={onOpen}
    position="bottom-start"
    width={320}
    trapFocus
    returnFocus
    withRoles={false}
  >
    <Popover.Target>
      <Button
        variant="subtle"
        disabled={isDisabled}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => onOpen(!isOpen)}
      >
        {button}
      </Button>
    </Popover.Target>
    <Popover.Dropdown role="dialog" aria-label={label}>
      {children}
    </Popover.Dropdown>
  </Popover>
)
