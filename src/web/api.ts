// web/: the browser's side. Pages, the frame, the uploads. No rule that decides lives here (see model/).
// This file: the typed client over fetch, the query cache, and what happens when the session ends.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, createClient, type Fetch } from '../contract/client.ts'
import { takeBegun } from './begun.ts'
import { offlineError } from './offline.ts'
import { ASK_MS, Reach } from './reach.ts'

const browserFetch: Fetch = async (url, init) => {
  try {
    const reply = await ((init.method === 'GET' && takeBegun(url)) ||
      fetch(url, { ...(init as RequestInit), credentials: 'same-origin' }))
    // A proxy answers with 502 and its like for a server that is away.
    if (reply.status < 500) reach.answered()
    else reach.unanswered()
    return reply
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    reach.unanswered()
    throw offlineError()
  }
}

export const api = createClient(browserFetch)

export const reach = new Reach(() => api.get_session({}, { signal: AbortSignal.timeout(ASK_MS) }))

type Listener = () => void
const signedOutListeners = new Set<Listener>()

/** Called once a reply says that nobody is signed in. @returns the way to stop listening */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

function noticeError(error: unknown): void {
  if (error instanceof ApiError && error.code === 'not_signed_in') for (const listener of signedOutListeners) listener()
}

/** A failure that another try could cure: no connection, or a fault of the server. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeError }),
  mutationCache: new MutationCache({ onError: noticeError }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 1 && isPassing(error),
      retryDelay: 600,
    },
    // Without a connection an act fails at once; it does not happen later, when nobody waits for it any more.
    mutations: { retry: false, networkMode: 'always' },
  },
})
