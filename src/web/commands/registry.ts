// commands/: what a person can do from the keyboard. One registry feeds the ⌘K palette, the keys and the `?` sheet.
// A page adds its commands while it is shown, with useCommands; no page binds keys by itself.
import type { ReactNode } from 'react'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useOwnKeys } from './own-keys.ts'

export const COMMAND_GROUPS = ['go_to', 'act', 'page'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export type Command = {
  id: string
  title: string
  /** `go_to`: places · `act`: acts of the app · `page`: acts and keys of the page shown. */
  group: CommandGroup
  icon?: ReactNode
  /** Where a page has many keys: the heading that this one stands under on the sheet. */
  section?: string
  /** In tinykeys' notation: `g t`, `$mod+k`, `[Shift]+?`. */
  keys?: string
  /** More words that the palette finds it by. */
  words?: string
  /** Only a key, e.g. arrows: listed on the sheet, not in the palette. */
  isKeyOnly?: boolean
  /** The key is bound elsewhere (a grid's own handler); listed only. */
  isBoundElsewhere?: boolean
  /** Its key is taken before that of any other command. */
  comesFirst?: boolean
  /** Who binds it elsewhere asks for the person's own keys. */
  takesOwnKeys?: boolean
  run?: (event?: KeyboardEvent) => void
}

let groups: readonly (readonly Command[])[] = []
let all: readonly Command[] = []
const listeners = new Set<() => void>()

function publish(next: readonly (readonly Command[])[]): void {
  groups = next
  // A later group (the page) may give a command of the frame another meaning.
  all = [...new Map(groups.flat().map((c) => [c.id, c])).values()]
  for (const tell of listeners) tell()
}

/** Adds commands; @returns the way to take them away */
export function addCommands(commands: readonly Command[]): () => void {
  publish([...groups, commands])
  return () => publish(groups.filter((g) => g !== commands))
}

/** Adds commands while the component is shown. Memoize the list, or name what it depends on. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => addCommands(commands), [commands])
}

/** As they are registered, with the usual keys. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )
}

export const mayRebind = (c: Command): boolean =>
  c.keys !== undefined && c.run !== undefined && (!c.isBoundElsewhere || c.takesOwnKeys === true)

/** With the keys that this person has for them. */
export function useBoundCommands(): readonly Command[] {
  const commands = useAllCommands()
  const own = useOwnKeys()
  return useMemo(
    () => commands.map((c) => (mayRebind(c) ? { ...c, keys: own.get(c.keys as string) ?? (c.keys as string) } : c)),
    [commands, own],
  )
}
