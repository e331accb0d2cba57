// Whether a value has been drawn already. What stands around the image is asked for after it.
import { useDeferredValue } from 'react'

export const useSettled = (value: unknown): boolean => useDeferredValue(value) === value
