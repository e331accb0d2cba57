// Which failures of an upload pass, and trying again meanwhile.
import { ApiError } from '../../contract/client.ts'
import { isPassing } from '../api.ts'

const TRIES = 3
const WAIT_BEFORE_RETRY_MS = 1500

/** A moment without a server ends no upload. */
export async function patiently<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (isFatal(error) || !isPassing(error) || attempt === TRIES) throw error
      await wait(WAIT_BEFORE_RETRY_MS * attempt, signal)
    }
  }
}

/** Nothing more can be sent: cancelled, signed out, or the import was closed or lost its project. */
export function isFatal(error: unknown): boolean {
  return isAbort(error) || (error instanceof ApiError && [401, 403, 404, 409].includes(error.status))
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(new DOMException('Cancelled', 'AbortError'))
      },
      { once: true },
    )
  })
}
