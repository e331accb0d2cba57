// The product's mark: corners of a box around one pixel.
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden style={{ flex: 'none' }}>
      <rect width="16" height="16" rx="3.5" fill="var(--mantine-primary-color-filled)" />
      <path d="M4 6V4h2M10 4h2v2M12 10v2h-2M6 12H4v-2" fill="none" stroke="#fff" strokeWidth="1.4" />
      <rect x="6.6" y="6.6" width="2.8" height="2.8" fill="#fff" />
    </svg>
  )
}
