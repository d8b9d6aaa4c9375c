// Times the engine in a browser: `node run.mjs FOLDER`, where FOLDER holds `bench.js` and its wasm.
// Prints `machine …`, `browser …` and `load …`, then a line per board: form, components, and the
// microseconds of the best and the median repeat.
import { cpus, loadavg } from 'node:os';
import { chromium } from 'playwright-core';
import { serveFolder } from '../server.mjs';

const sizes = [33, 330, 3300];
const forms = ['clean', 'broken'];

const site = await serveFolder(process.argv[2], {
  respond: (path) => (path === '' ? { type: 'text/html', body: '<!doctype html><title>Benchmark</title>' } : undefined),
  // An isolated page has a clock of 5 µs instead of 100 µs.
  headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const all = cpus();
  console.log(`machine ${all[0]?.model ?? 'unknown'}, ${all.length} cores`);
  console.log(`browser Chromium ${browser.version()}`);
  const page = await browser.newPage();
  await page.goto(site.url);
  for (const form of forms) {
    for (const components of sizes) {
      const { best, median } = await page.evaluate(measure, { form, components });
      console.log(`${form} ${components} ${best.toFixed(1)} ${median.toFixed(1)}`);
    }
  }
  console.log(`load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
} finally {
  await browser.close();
  await site.close();
}

// Runs in the page. A repeat is as many evaluations as take about 20 ms, so that the clock's grain does
// not show; they are counted while warming up, which also gives the browser time to optimise.
async function measure({ form, components }) {
  const { default: init, Board } = await import('./bench.js');
  await init();
  const board = new Board(components, form);
  const timed = (runs) => {
    const start = performance.now();
    for (let run = 0; run < runs; run += 1) board.run();
    return performance.now() - start;
  };
  const warmUp = performance.now() + 1_000;
  let runs = 1;
  while (performance.now() < warmUp) {
    const taken = timed(runs);
    if (taken < 20) runs *= 2;
    else if (taken > 60) runs = Math.ceil(runs / 2);
    // A pause in which code that was optimised meanwhile can take over.
    await new Promise((next) => setTimeout(next));
  }
  const repeats = Array.from({ length: 50 }, () => (timed(runs) * 1_000) / runs).sort((a, b) => a - b);
  board.free();
  return { best: repeats[0], median: repeats[repeats.length / 2] };
}
