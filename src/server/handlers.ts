// The handlers of all endpoints, a folder's at a time.
import { annotationHandlers } from './annotations/handlers.ts'
import { assetHandlers } from './assets/handlers.ts'
import { auditHandlers } from './audit/handlers.ts'
import { batchHandlers } from './batches/handlers.ts'
import { commentHandlers } from './comments/handlers.ts'
import { exportHandlers } from './exports/handlers.ts'
import { guideHandlers } from './guide/handlers.ts'
import type { Handlers } from './handler.ts'
import { historyHandlers } from './history/handlers.ts'
import { importHandlers } from './imports/handlers.ts'
import { liveHandlers } from './live/handlers.ts'
import { operationHandlers } from './operations/handlers.ts'
import { peopleHandlers } from './people/handlers.ts'
import { predictionHandlers } from './predictions/handlers.ts'
import { problemHandlers } from './problems/handlers.ts'
import { projectHandlers } from './projects/handlers.ts'
import { sampleHandlers } from './sample/handlers.ts'
import { selectionHandlers } from './selections/handlers.ts'
import { splitRunHandlers } from './split-runs/handlers.ts'
import { taskHandlers } from './tasks/handlers.ts'
import { timeHandlers } from './time/handlers.ts'
import { viewHandlers } from './views/handlers.ts'

export const handlers = {
  ...peopleHandlers,
  ...projectHandlers,
  ...batchHandlers,
  ...assetHandlers,
  ...sampleHandlers,
  ...importHandlers,
  ...exportHandlers,
  ...taskHandlers,
  ...timeHandlers,
  ...annotationHandlers,
  ...commentHandlers,
  ...problemHandlers,
  ...historyHandlers,
  ...operationHandlers,
  ...splitRunHandlers,
  ...auditHandlers,
  ...liveHandlers,
  ...viewHandlers,
  ...selectionHandlers,
  ...guideHandlers,
  ...predictionHandlers,
} satisfies Handlers
