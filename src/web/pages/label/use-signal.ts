// A signal's value in a component.
import { useSyncExternalStore } from 'react'
import type { Signal } from './signal.ts'

export const useSignal = <T>(signal: Pick<Signal<T>, 'get' | 'subscribe'>): T =>
  useSyncExternalStore(signal.subscribe, signal.get)
