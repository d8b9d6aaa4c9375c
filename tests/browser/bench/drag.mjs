// Drags one card over a board of 500 components, in our page and in React Flow with the same board, in
// turn: `node drag.mjs DIST MODULE`, where DIST is the built site and MODULE holds the samples
// (`bench.js` and its wasm). Prints a table of what each frame took of the main thread. A run in which
// the card did not follow the pointer, or did not stay where it was dropped, is an error.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serveFolder } from '../server.mjs';
import { bundle, readBoard } from './drag/page.mjs';
import { categories, quantile, spent } from './drag/trace.mjs';

const components = 500;
const rounds = 5;
/** Moves of the pointer from press to drop: two seconds at 60 frames a second. */
const moves = 120;

const [dist, module] = process.argv.slice(2);
const { default: init, Board } = await import(pathToFileURL(join(module, 'bench.js')));
await init({ module_or_path: readFileSync(join(module, 'bench_bg.wasm')) });
const design = JSON.parse(new Board(components, 'clean').design());
// The board comes as a learner's work on a scenario of the site.
const place = 'first-service';
const saved = JSON.stringify({ schemaVersion: 1, place, revision: 1, writer: 'bench', attempt: { design } });
const flow = await bundle();
let board;

const site = await serveFolder(dist, {
  respond(path) {
    if (path === 'bench/flow.js') return { type: 'text/javascript', body: `globalThis.board = ${JSON.stringify(board)};${flow.script}` };
    if (path === 'bench/flow.css') return { type: 'text/css', body: flow.style };
    if (path === 'bench/flow.html') return { type: 'text/html', body: flowPage() };
    return undefined;
  },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const marks = ['move', 'check', 'drop', 'end'];
const names = ['Trapwise', 'React Flow'];
const taken = { ours: [], flow: [] };
try {
  for (let round = 0; round < rounds; round += 1) {
    taken.ours.push(await withPage(ours));
    taken.flow.push(await withPage(theirs));
  }
} finally {
  await browser.close();
  await site.close();
}
report();

async function withPage(use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => addEventListener('pointermove', () => performance.mark('move'), { capture: true }));
    return await use(page);
  } finally {
    await context.close();
  }
}

async function ours(page) {
  await page.addInitScript(([place, saved]) => localStorage.setItem(`trapwise.work.${place}`, saved), [place, saved]);
  await page.goto(`${site.url}#/scenario/${place}`);
  await page.locator('.cards > .card').nth(400).waitFor({ state: 'attached' });
  // To the right a little: the board pans while something is dragged near its edge.
  const surface = await page.locator('#board').boundingBox();
  await page.mouse.move(surface.x + surface.width / 2, surface.y + surface.height / 2);
  await page.mouse.wheel(-120, 0);
  await settled(page);
  board = await page.evaluate(readBoard, design.links);
  const card = await service(page);
  const order = () => page.locator('.cards > .card[data-kind=ecs-service]').evaluateAll((cards) =>
    cards.toSorted((a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y).map(({ id }) => id));
  const before = await order();
  const taken = await drag(page, card, () => page.locator('.ghost').boundingBox());
  const after = await order();
  assert.ok(after.indexOf(card.id) > before.indexOf(card.id), 'the card was dropped, and stands where it stood');
  return taken;
}

async function theirs(page) {
  await page.goto(`${site.url}bench/flow.html`);
  await page.locator('.react-flow__edge').nth(board.edges.length - 1).waitFor({ state: 'attached' });
  assert.equal(await page.locator('.react-flow__node').count(), board.nodes.length);
  await settled(page);
  const card = board.nodes.find(({ id }) => `card-${id}` === board.dragged.id);
  const node = page.locator(`.react-flow__node[data-id="${card.id}"]`);
  const taken = await drag(page, board.dragged, () => node.boundingBox());
  const { x, y } = await node.boundingBox();
  const { from, to } = path(board.dragged);
  assert.ok(Math.hypot(x - board.dragged.x - (to.x - from.x), y - board.dragged.y - (to.y - from.y)) < 12, 'the node did not stay where it was dropped');
  return taken;
}

/** The service's card nearest to the middle of the board. */
async function service(page) {
  const { frame } = board;
  const cards = await page.locator('.cards > .card[data-kind=ecs-service]').evaluateAll((cards) =>
    cards.map((card) => {
      const { x, y, width, height } = card.getBoundingClientRect();
      return { id: card.id, x, y, width, height };
    }));
  const wanted = frame.y + frame.height / 3;
  const [card] = cards.toSorted((a, b) => Math.abs(a.y - wanted) - Math.abs(b.y - wanted));
  board.dragged = card;
  return card;
}

/** Where the pointer goes: three turns on the way down, by three cards and their gaps. */
function path({ x, y, width, height }) {
  const from = { x: x + width / 3, y: y + height / 2 };
  const to = { x: from.x, y: from.y + 4 * height };
  const at = (share) => {
    const turn = 6 * Math.PI * share;
    const reach = (width / 2) * Math.sin(Math.PI * share);
    return { x: from.x + reach * Math.sin(turn), y: from.y + (to.y - from.y) * share + reach * (1 - Math.cos(turn)) / 2 };
  };
  return { from, to, at };
}

/** Drags with real pointer events and returns what each move and the drop took: `{ moves, drop }`. */
async function drag(page, card, box) {
  const { from, to, at } = path(card);
  const mark = (name) => page.evaluate((name) => performance.mark(name) && undefined, name);
  await page.mouse.move(from.x, from.y);
  await settled(page);
  await page.mouse.down();
  // The first moves become a drag, which is not what is measured.
  for (let move = 1; move <= 5; move += 1) await page.mouse.move(at(move / moves).x, at(move / moves).y);
  await drawn(page);
  const start = await box();
  const held = { x: start.x - at(5 / moves).x, y: start.y - at(5 / moves).y };
  await browser.startTracing(page, { categories });
  for (let move = 6; move <= moves; move += 1) {
    await page.mouse.move(at(move / moves).x, at(move / moves).y);
    if (move % 40 === 0) {
      await drawn(page);
      await mark('check');
      await followed(box, held, at(move / moves));
    }
  }
  await drawn(page);
  await mark('check');
  await page.mouse.move(to.x, to.y);
  await drawn(page);
  await mark('drop');
  await page.mouse.up();
  await settled(page);
  await mark('end');
  const spans = spent(await browser.stopTracing(), marks);
  const of = (name) => spans.filter((span) => span.name === name);
  assert.ok(of('move').length > moves * 0.9, `${of('move').length} of ${moves} moves arrived`);
  return { moves: of('move').slice(1), drop: of('drop')[0] };
}

/** An error unless what is dragged is where the pointer holds it. */
async function followed(box, held, at) {
  const { x, y } = await box();
  assert.ok(Math.hypot(x - at.x - held.x, y - at.y - held.y) < 3, `the card is at ${x}, ${y} and the pointer at ${at.x}, ${at.y}`);
}

/** Waits for two frames. */
function drawn(page) {
  return page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next()))));
}

/** Waits until the page has nothing to do. After an input Chromium may tell of no idle time before the next frame. */
function settled(page) {
  return page.evaluate(async () => {
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((next) => requestAnimationFrame(next));
      const start = performance.now();
      await new Promise((next) => requestIdleCallback(next, { timeout: 1_000 }));
      quiet = performance.now() - start < 60 ? quiet + 1 : 0;
    }
  });
}

function flowPage() {
  const { x, y, width, height } = board.frame;
  const styles = /<link rel="stylesheet"[^>]*>/g;
  const icons = /<svg class="icons"[\s\S]*?<\/svg>/;
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  return `<!doctype html><meta charset="utf-8"><base href="../">${page.match(styles).join('')}
<link rel="stylesheet" href="bench/flow.css">
<style>
  body { margin: 0; }
  #flow { position: absolute; left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px; }
  #flow .card, #flow .area { position: absolute; inset: 0; transform: none; }
</style>
${page.match(icons)[0]}<div id="flow"></div><script src="bench/flow.js"></script>`;
}

function report() {
  const all = cpus();
  console.log(`machine ${all[0]?.model ?? 'unknown'}, ${all.length} cores`);
  console.log(`browser Chromium ${browser.version()}`);
  console.log(`load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
  const cards = board.nodes.filter(({ draggable }) => draggable).length;
  console.log(`${cards} cards, ${board.edges.length} links; ${rounds} drags of ${moves} moves each, in turn`);
  console.log('milliseconds of the main thread: for each move of the pointer, and for the drop (the best of them)');
  const script = ({ scripting }) => scripting;
  const both = ({ scripting, rendering }) => scripting + rendering;
  const figures = Object.values(taken).map((runs) => {
    const moves = runs.flatMap((run) => run.moves);
    const shares = [script, both].flatMap((value) => [0.5, 0.95].map((share) => quantile(moves.map(value), share)));
    return [...shares, ...[script, both].map((value) => Math.min(...runs.map((run) => value(run.drop))))];
  });
  const [ours, theirs] = figures;
  print([
    ['', 'scripting p50', 'p95', 'with rendering p50', 'p95', 'drop: scripting', 'with rendering'],
    ...names.map((name, index) => [name, ...figures[index].map((value) => value.toFixed(2))]),
    ['ratio', ...ours.map((value, index) => `${(theirs[index] / value).toFixed(1)}×`)],
  ]);
  Object.values(taken).forEach((runs, index) => {
    const each = runs.map((run) => quantile(run.moves.map(script), 0.95).toFixed(2));
    console.log(`${names[index]}, p95 of scripting in each drag: ${each.join(', ')}`);
  });
}

/** A table: the first column to the left, the others to the right. */
function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '));
  }
}
