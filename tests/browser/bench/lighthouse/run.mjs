// Lighthouse, mobile preset, against the built site as a host would send it: compressed, and over plain
// HTTP/1.1. `node run.mjs DIST` judges two pages three times each and prints the run of median performance.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { types } from '../../server.mjs';

const runs = 3;
const pages = { 'list of scenarios': '', 'a scenario': '#/scenario/first-service' };
const categories = { performance: 'performance', accessibility: 'accessibility', 'best-practices': 'best practices' };
const times = {
  'first-contentful-paint': 'first paint',
  'largest-contentful-paint': 'largest paint',
  'total-blocking-time': 'blocked',
  'cumulative-layout-shift': 'shift',
  'speed-index': 'speed index',
};

const site = await serve(process.argv[2]);
const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const rows = [['', ...Object.values(categories), ...Object.values(times)]];
  const lost = new Map();
  for (const [name, path] of Object.entries(pages)) {
    const results = [];
    for (let run = 0; run < runs; run += 1) results.push(await judge(site.url + path));
    const { audits, categories: judged } = results.toSorted((a, b) => score(a, 'performance') - score(b, 'performance'))[(runs - 1) / 2];
    rows.push([
      name,
      ...Object.keys(categories).map((id) => String(score({ categories: judged }, id))),
      ...Object.keys(times).map((id) => audits[id].displayValue.replace('\u00a0', ' ')),
    ]);
    for (const id of Object.keys(categories)) {
      for (const { id: audit, weight } of judged[id].auditRefs) {
        if (weight > 0 && audits[audit].score !== null && audits[audit].score < 0.995) {
          lost.set(`${name}: ${audits[audit].title}`, Math.round(audits[audit].score * 100));
        }
      }
    }
  }
  console.log(`machine ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`);
  console.log(`load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  for (const [audit, points] of lost) console.log(`less than all, ${points} of 100: ${audit}`);
} finally {
  chrome.kill();
  site.close();
}

async function judge(url) {
  const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: Object.keys(categories), logLevel: 'error' });
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  return lhr;
}

function score({ categories }, id) {
  return Math.round(categories[id].score * 100);
}

/** A host of static files as they usually are: brotli, content types, nothing else. */
async function serve(root) {
  const folder = normalize(root + sep);
  const sent = new Map();
  const compressed = (file) => {
    if (!sent.has(file)) {
      sent.set(file, brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    }
    return sent.get(file);
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = normalize(join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    try {
      if (!file.startsWith(folder)) throw new Error('outside');
      const body = compressed(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-encoding': 'br' }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
