// One file to the server, with progress: XMLHttpRequest tells how much is sent, fetch does not.
import { createClient, type Fetch } from '../../contract/client.ts'
import { offlineError } from '../offline.ts'
import type { ReplyOf } from '../queries.ts'

type Input = { project_id: number; import_id: number; name: string }

/**
 * @param onProgress bytes sent so far
 * @throws ApiError; DOMException AbortError when the signal fires
 */
export function sendFile(
  input: Input,
  file: Blob,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<ReplyOf<'upload_file'>> {
  return createClient(progressFetch(onProgress)).upload_file(input, { bytes: file, signal })
}

function progressFetch(onProgress: (bytes: number) => void): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const signal = init.signal as AbortSignal
      const abort = () => request.abort()
      signal.addEventListener('abort', abort, { once: true })
      request.open(init.method, url)
      for (const [name, value] of Object.entries(init.headers)) request.setRequestHeader(name, value)
      request.upload.onprogress = (event) => onProgress(event.loaded)
      request.onload = () => resolve({ status: request.status, text: async () => request.responseText })
      request.onerror = () => reject(offlineError())
      request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
      request.onloadend = () => signal.removeEventListener('abort', abort)
      if (signal.aborted) return reject(new DOMException('Cancelled', 'AbortError'))
      request.send(init.body as Blob)
    })
}
