// The palette, whose code is loaded when it is wanted or about to be.
import { lazyPart } from '../ui/lazy-part.tsx'

export const Palette = lazyPart(() => import('./Palette.tsx'))
