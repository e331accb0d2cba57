// The palette's code, loaded when it is wanted or about to be.
export const loadPalette = () => import('./Palette.tsx')
