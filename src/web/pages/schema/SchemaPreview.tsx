// What stands beside the image, as the draft has it: the classes with their keys, and what they and the image ask for.
import { useEffect, useState } from 'react'
import { initialValues } from '../../../editor/commands/set-attribute.ts'
import { createEditor } from '../../../editor/editor.ts'
import { AttributesForm, GlobalAttributesForm } from '../../../editor/view/AttributesForm.tsx'
import { ClassPicker } from '../../../editor/view/ClassPicker.tsx'
import { useEditor } from '../../../editor/view/use-editor.ts'
import type { LabelSchema } from '../../../model/label-schema.ts'
import classes from './schema.module.css'

const IMAGE = { width: 100, height: 100 }
const SHAPE = { type: 'box' as const, x: 0, y: 0, width: 100, height: 100 }

export default function SchemaPreview({ schema }: { schema: LabelSchema }) {
  const [editor] = useState(() => createEditor({ createId: () => 'drawn' }))
  const chosen = useEditor(editor, (s) => s.activeClassId)
  // An object of the chosen class, as if it had just been drawn.
  useEffect(() => {
    const document = { objects: objectsOf(schema, chosen), global_attributes: {} }
    editor.load({ document, image: IMAGE, schema, authorId: null, isReadOnly: false, isNew: true })
    editor.select(['drawn'])
  }, [editor, schema, chosen])
  return (
    <div className={classes.preview}>
      <ClassPicker editor={editor} />
      <AttributesForm editor={editor} />
      <GlobalAttributesForm editor={editor} />
    </div>
  )
}

function objectsOf({ classes }: LabelSchema, class_id: number | null) {
  const found = classes.find((c) => c.id === class_id && !c.is_removed)
  if (!found) return []
  return [
    { id: 'drawn', class_id: found.id, shape: SHAPE, attributes: initialValues(found.attributes), author_id: null },
  ]
}
