// Class colours as the canvas wants them.

/** Shown for objects whose class is not in the schema. */
export const UNKNOWN_COLOR = '#9aa0a6'

const cache = new Map<string, string>()

/** `#rrggbb` with an opacity of 0…1. */
export function faded(hex: string, opacity: number): string {
  const key = `${hex}${opacity}`
  let color = cache.get(key)
  if (!color) {
    const [r, g, b] = channels(hex)
    color = `rgba(${r}, ${g}, ${b}, ${opacity})`
    cache.set(key, color)
  }
  return color
}

/** Black or white, whichever is easier to read on the colour (relative luminance, WCAG 2.2). */
export function inkOn(hex: string): string {
  const [r, g, b] = channels(hex).map((c) => {
    const v = c / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  // Above this luminance black has the higher contrast: (L + 0.05)² > 0.05 × 1.05.
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff'
}

const channels = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))
