// sample/: the project that a first visitor can load: drawn images with known ground truth, and some history.
// This file: draws a scene as SVG and says where everything is. The same number gives the same scene on any machine.

import type { Shape } from '../../model/shapes/index.ts'
import { maskOfSpans } from '../../model/shapes/mask.ts'
import type { Span } from '../../model/shapes/rle.ts'
import { SAMPLE_CLASSES } from './classes.ts'

export type Scene = { svg: string; width: number; height: number; objects: { class_id: number; shape: Shape }[] }
type XY = [number, number]

const SKIES = ['#bfd9ee', '#f3d9b8', '#9fb6cf', '#d8e6dc']
const GRASS = ['#8fae6b', '#a8b46f', '#6f9a68', '#b9b083']
const PAINTS = ['#c8553d', '#2a6f97', '#f2b134', '#5d576b', '#4d7c4f', '#e9e4d4']

/** @param number 0, 1, 2… */
export function drawScene(number: number): Scene {
  const random = randomOf(number + 1)
  const [width, height] = number % 5 === 4 ? [720, 960] : [960, 640]
  const horizon = Math.round(height * (0.42 + 0.1 * random()))
  const parts = [
    `<rect width="${width}" height="${height}" fill="${pick(SKIES, random)}"/>`,
    `<circle cx="${Math.round(width * random())}" cy="${Math.round(horizon * 0.4)}" r="34" fill="#fff6d6" opacity="0.8"/>`,
    `<rect y="${horizon}" width="${width}" height="${height - horizon}" fill="${pick(GRASS, random)}"/>`,
    `<rect y="${Math.round(height * 0.78)}" width="${width}" height="${Math.round(height * 0.16)}" fill="#6d6f76"/>`,
    `<path d="M0 ${Math.round(height * 0.86)} H${width}" stroke="#e8e6df" stroke-width="5" stroke-dasharray="36 28"/>`,
  ]
  const objects: Scene['objects'] = []
  const add = (class_name: keyof typeof SAMPLE_CLASSES, drawn: { svg: string; shape: Shape }) => {
    parts.push(drawn.svg)
    objects.push({ class_id: SAMPLE_CLASSES[class_name], shape: drawn.shape })
  }
  // From left to right in slots, so that things overlap little and every outline stays visible.
  const slots = 3 + Math.floor(random() * 3)
  for (let slot = 0; slot < slots; slot++) {
    const x = (width / slots) * (slot + 0.1 + 0.25 * random())
    const size = (width / slots) * (0.45 + 0.15 * random())
    if (random() < 0.5) add('tree', tree(x, horizon + 14 + 30 * random(), size, random))
    else add('house', house(x, horizon + 10 + 24 * random(), size, random))
  }
  const cars = 1 + Math.floor(random() * 3)
  for (let i = 0; i < cars; i++)
    add('car', car((width / cars) * (i + 0.1 + 0.3 * random()), height * 0.83, (width / cars) * 0.42, random))
  if (random() < 0.6) add('ball', ball(width * (0.15 + 0.7 * random()), height * 0.72, 12 + 14 * random(), random))
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`,
    width,
    height,
    objects,
  }
}

function house(x: number, foot: number, size: number, random: () => number) {
  const [w, h] = [Math.min(size, 220), Math.min(size, 220) * (0.7 + 0.25 * random())]
  const outline = rounded([
    [x, foot],
    [x, foot - h * 0.62],
    [x + w / 2, foot - h],
    [x + w, foot - h * 0.62],
    [x + w, foot],
  ])
  const door = `<rect x="${x + w * 0.42}" y="${foot - h * 0.28}" width="${w * 0.16}" height="${h * 0.28}" fill="#4b3a30"/>`
  const panes = [0.14, 0.68].map(
    (at) => `<rect x="${x + w * at}" y="${foot - h * 0.5}" width="${w * 0.18}" height="${h * 0.16}" fill="#dcecf5"/>`,
  )
  return {
    svg: path(outline, pick(PAINTS, random)) + door + panes.join(''),
    shape: { type: 'polygon' as const, points: outline },
  }
}

function tree(x: number, foot: number, size: number, random: () => number) {
  const [w, h] = [Math.min(size, 150) * 0.8, Math.min(size, 150) * (1.3 + 0.4 * random())]
  const [middle, trunk] = [x + w / 2, w * 0.09]
  const outline = rounded([
    [middle - trunk, foot], [middle - trunk, foot - h * 0.2], [x, foot - h * 0.2], [middle - w * 0.26, foot - h * 0.52], [x + w * 0.14, foot - h * 0.52],
    [middle, foot - h], [x + w * 0.86, foot - h * 0.52], [middle + w * 0.26, foot - h * 0.52], [x + w, foot - h * 0.2], [middle + trunk, foot - h * 0.2], [middle + trunk, foot],
  ]) // biome-ignore format: an outline
  return {
    svg: path(outline, pick(['#2f6b46', '#3f7d4e', '#56803a'], random)),
    shape: { type: 'polygon' as const, points: outline },
  }
}

function car(x: number, y: number, size: number, random: () => number) {
  const [w, h] = [Math.round(Math.min(size, 190)), Math.round(Math.min(size, 190) * 0.4)]
  const [left, top] = [Math.round(x), Math.round(y - h / 2)]
  const body = `<rect x="${left}" y="${top + h * 0.34}" width="${w}" height="${h * 0.48}" rx="${h * 0.16}" fill="${pick(PAINTS, random)}"/>`
  const cabin = `<path d="M${left + w * 0.18} ${top + h * 0.36} L${left + w * 0.32} ${top} H${left + w * 0.66} L${left + w * 0.84} ${top + h * 0.36} Z" fill="#cfe0ea"/>`
  const wheel = (at: number) => `<circle cx="${left + w * at}" cy="${top + h * 0.81}" r="${h * 0.19}" fill="#26262b"/>`
  return {
    svg: cabin + body + wheel(0.22) + wheel(0.78),
    shape: { type: 'box' as const, x: left, y: top, width: w, height: h },
  }
}

function ball(x: number, y: number, radius: number, random: () => number) {
  const [cx, cy, r] = [Math.round(x), Math.round(y), Math.round(radius)]
  const svg = `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${pick(PAINTS, random)}"/><path d="M${cx - r} ${cy} A${r} ${r * 0.4} 0 0 0 ${cx + r} ${cy}" stroke="#fff" stroke-width="2" fill="none"/>`
  return { svg, shape: maskOfSpans(disc(cx, cy, r)) as Shape }
}

/** The pixels whose middles lie in a disc, column by column. */
const disc = (cx: number, cy: number, r: number): Span[] =>
  Array.from({ length: 2 * r }, (_, i) => {
    const half = Math.sqrt(r ** 2 - (i + 0.5 - r) ** 2)
    return { x: cx - r + i, from: Math.ceil(cy - half - 0.5), to: Math.floor(cy + half - 0.5) + 1 }
  })

const rounded = (points: XY[]): XY[] => points.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])
const path = (points: XY[], fill: string) =>
  `<path d="M${points.map((p) => p.join(' ')).join(' L')} Z" fill="${fill}"/>`
const pick = <T>(values: readonly T[], random: () => number): T => values[Math.floor(random() * values.length)] as T

/** Mulberry32: a small generator that is the same everywhere. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
