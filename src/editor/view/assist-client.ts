// Asks the worker of the assisted tools. One worker for the page, started with the first question.
import type { Assist, CutResult, WireRequest, WireResult } from '../assist/assist.ts'
import type { Answer, Question } from './assist.worker.ts'

type Waiting = { resolve: (result: never) => void; reject: (error: Error) => void }

let worker: Worker | null = null
let number = 0
const waiting = new Map<number, Waiting>()

function started(): Worker {
  if (worker) return worker
  const made = new Worker(new URL('./assist.worker.ts', import.meta.url), { type: 'module', name: 'assist' })
  made.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.number)
    waiting.delete(data.number)
    if ('error' in data) asked?.reject(new Error(data.error))
    else asked?.resolve(data.result as never)
  }
  made.onerror = () => {
    made.terminate()
    worker = null
    for (const { reject } of waiting.values()) reject(new Error('the worker could not be started'))
    waiting.clear()
  }
  worker = made
  return made
}

function ask<R>(question: Omit<Question, 'number'>): Promise<R> {
  return new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject })
    started().postMessage({ ...question, number })
  })
}

/** @param url  of the image that is shown */
export function createAssist(url: string): Assist {
  return {
    cut: (cut) => ask<CutResult>({ url, cut } as never),
    wire: (wire: WireRequest) => ask<WireResult>({ url, wire } as never),
  }
}
