// The thread in which a large file of annotations or predictions is read. It gives out images a few at a time, each when asked:
// to receive them all at once would hold the server up as long as to read them.
import { parentPort, workerData } from 'node:worker_threads'
import { Failure, type FailureCode } from '../../model/failure.ts'
import type { Parse } from './format.ts'
import { ANNOTATION_IMPORTS } from './index.ts'
import { predictionsOfFile } from './prediction-file.ts'

export type ToRead = { reader: Reader; name: string; bytes: Uint8Array }
export type Reader = 'predictions' | keyof typeof ANNOTATION_IMPORTS
/** `total`: images of the file; `images` are the next of them. */
export type Given = { images: unknown[]; total: number } | { failure: { code: FailureCode; message: string } }

/** Images that are given at once, or fewer of many objects. */
const IMAGES = 500
const OBJECTS = 5000

const port = parentPort
if (!port) throw new Error('reading-worker.ts runs in a worker thread')
const { reader, name, bytes } = workerData as ToRead

const parse: Parse | typeof predictionsOfFile =
  reader === 'predictions' ? predictionsOfFile : ANNOTATION_IMPORTS[reader].parse
try {
  const images = parse(name, bytes)
  let given = 0
  port.on('message', () => {
    const from = given
    for (let objects = 0; given < images.length && given - from < IMAGES && objects < OBJECTS; given++)
      objects += objectsOf(images[given] as object)
    port.postMessage({ images: images.slice(from, given), total: images.length } satisfies Given)
  })
} catch (error) {
  if (!(error instanceof Failure)) throw error
  const { code, message } = error
  port.on('message', () => port.postMessage({ failure: { code, message } } satisfies Given))
}

function objectsOf(image: { objects?: unknown[]; predictions?: unknown[] }): number {
  return (image.objects ?? image.predictions ?? []).length
}
