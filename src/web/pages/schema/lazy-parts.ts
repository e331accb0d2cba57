// The attribute and skeleton editors and the preview come after the classes: they bring many kinds of fields along.
import { lazyPart } from '../../ui/lazy-part.tsx'

export const AttributeList = lazyPart(() => import('./AttributeList.tsx'))
export const InUseDialog = lazyPart(() => import('./InUseDialog.tsx'))
export const SchemaPreview = lazyPart(() => import('./SchemaPreview.tsx'))
export const SkeletonEditor = lazyPart(() => import('./SkeletonEditor.tsx'))
