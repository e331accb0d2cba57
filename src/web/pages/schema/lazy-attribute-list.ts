// The attribute editor comes after the classes: it brings many kinds of fields along.
import { lazyPart } from '../../ui/lazy-part.tsx'

export const AttributeList = lazyPart(() => import('./AttributeList.tsx'))
