// What a browser really downloads on a first visit that opens the first scenario stays in the budget;
// `cargo xtask size` counts the files, this spec sees which are asked for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { dist, filesRequested, pageTest } from './support.mjs';

const budget = Number(process.env.TRAPWISE_BUDGET ?? 540_000);

pageTest('the first scenario is reached within the budget', {}, async ({ page, site, log, t }) => {
  const { scenarios } = JSON.parse(readFileSync(join(dist, 'scenarios', 'index.json'), 'utf8'));
  await page.goto(`${site.url}#/scenario/${scenarios[0].id}`);
  await page.waitForLoadState('networkidle');
  // The engine comes once the page has been painted.
  const files = filesRequested(log, site).filter((file) => !file.startsWith('worker-'));
  const sizes = files.map((file) => [file, compressed(readFileSync(join(dist, file)))]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  t.diagnostic(`${total} bytes of brotli in ${sizes.length} files`);
  assert.ok(total <= budget, `${total} bytes:\n${sizes.map(([file, size]) => `${size} ${file}`).join('\n')}`);
});

function compressed(content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params }).length;
}
