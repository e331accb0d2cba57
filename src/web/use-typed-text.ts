// A search box of a page: its text stands in the address, and is sent when the typing rests.
import { useEffect, useState } from 'react'
import { TypedText } from './typed-text.ts'

const REST_MS = 250

/** @param value the text in the address */
export function useTypedText(value: string, onSend: (text: string) => void): { text: string; typed: TypedText } {
  const [text, show] = useState(value)
  const [typed] = useState(() => new TypedText({ value, restMs: REST_MS, show }))
  typed.onSend = onSend
  useEffect(() => typed.follow(value), [typed, value])
  useEffect(() => () => typed.stop(), [typed])
  return { text, typed }
}
