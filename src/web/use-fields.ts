// The values of a small form, and props that bind one to an input.
import { type ChangeEvent, useState } from 'react'

type Texts<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T]

export function useFields<T extends Record<string, unknown>>(initial: T) {
  const [values, setValues] = useState(initial)
  const set = <K extends keyof T>(name: K, value: T[K]) => setValues((v) => ({ ...v, [name]: value }))
  /** For inputs of text. */
  const text = (name: Texts<T>) => ({
    value: values[name] as string,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      set(name, event.currentTarget.value as T[Texts<T>]),
  })
  return { values, set, setValues, text }
}
