// The tools that look at pixels. Loaded once the page is calm: few begin with them.
export { createScissorsTool } from './scissors.ts'
export { createSmartBoxTool } from './smart-box.ts'
