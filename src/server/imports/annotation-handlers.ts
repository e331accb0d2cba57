// Confirm: new classes into the label schema, then the operation that writes the objects.
import { Failure } from '../../model/failure.ts'
import { labelSchemaProblem } from '../../model/label-schema.ts'
import type { App, Handlers } from '../handler.ts'
import { IMPORT_ANNOTATIONS } from '../operations/import-annotations.ts'
import { runOperation } from '../operations/run.ts'
import { lockLabelSchema, replaceLabelSchema } from '../projects/schema-queries.ts'
import { claimReported, confirmedTasks } from './annotation-queries.ts'
import { classesForImport } from './import-classes.ts'
import { type ImportRow, importById } from './queries.ts'
import type { ClassTarget } from './task-document.ts'

export const annotationImportHandlers = {
  async confirm_import({ app, project, caller }, { project_id, import_id, unknown_classes }) {
    const run = await reportedImport(app, project_id, import_id)
    const taskIds = await confirmedTasks(app.db, project_id, import_id)
    if (taskIds.length === 0) await app.db.transaction().execute((tx) => claimReported(tx, project_id, import_id))
    else {
      const classes = await classTargets(app, project_id, run, unknown_classes)
      const actor = { person_id: caller.person_id, kind: caller.kind }
      // The operation's own transaction claims the import, so that two confirmations never apply it twice.
      await runOperation(app, project, actor, {
        name: IMPORT_ANNOTATIONS,
        params: { import_id, classes },
        selection: { ids: taskIds },
        key: null,
      })
    }
    return (await importById(app.db, project_id, import_id)) as ImportRow
  },
} satisfies Partial<Handlers>

/** @throws Failure not_found, invalid_input, already_finished */
async function reportedImport(app: App, project_id: number, import_id: number): Promise<ImportRow> {
  const run = await importById(app.db, project_id, import_id)
  if (!run) throw new Failure('not_found', `There is no import ${import_id} in this project.`)
  if (run.kind !== 'annotations')
    throw new Failure(
      'invalid_input',
      'import_id: only an import of annotations is confirmed. Images are in as soon as they are uploaded.',
    )
  if (run.state === 'running')
    throw new Failure('invalid_input', 'import_id: finish this import first and look at its report.')
  if (run.state !== 'reported') throw new Failure('already_finished', `This import is ${run.state} already.`)
  return run
}

/** Adds classes to the label schema if that was chosen. Done again after a crash, it finds them there. */
async function classTargets(
  app: App,
  project_id: number,
  run: ImportRow,
  choice: 'create' | 'leave_out',
): Promise<ClassTarget[]> {
  const report = run.report
  if (!report) throw new Error(`import ${run.id} is reported without a report`)
  return app.db.transaction().execute(async (tx) => {
    const { schema } = await lockLabelSchema(tx, project_id)
    const after = classesForImport(schema, report, choice)
    if (after.is_changed) {
      const problem = labelSchemaProblem(after.schema)
      if (problem) throw new Failure('invalid_input', `unknown_classes: ${problem}`)
      await replaceLabelSchema(tx, project_id, after.schema)
    }
    return after.targets
  })
}
