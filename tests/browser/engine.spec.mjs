// The engine in its worker: when it is fetched, what the page says without it, and that nothing is lost.
import assert from 'node:assert/strict';
import { answer, boardReady, findings, first, keep, part, score, spoiled, until } from './scenario-page.mjs';
import { filesRequested, open, pageTest } from './support.mjs';

const check = (page) => page.locator('.scenario-bar').getByRole('button', { name: 'Check', exact: true });
const figures = (page) => page.getByRole('region', { name: 'Cost and operations' });

pageTest('the engine is fetched once, after the page', { path: first }, async ({ page, site, log }) => {
  await figures(page).locator('summary').first().waitFor();
  const files = filesRequested(log, site);
  const engine = files.filter((file) => file.startsWith('worker-'));
  assert.deepEqual(engine.map((file) => file.split('/')[1]), ['trapwise-worker_loader.js', 'trapwise-worker.js', 'trapwise-worker_bg.wasm']);
  assert.ok(files.indexOf(engine[0]) > files.findIndex((file) => file.endsWith('_bg.wasm')), files.join('\n'));
  await check(page).click();
  await score(page);
  const again = log.requests.filter((url) => url.includes('/worker-') && url.endsWith('.wasm'));
  assert.equal(again.length, 1);
  assert.equal(log.requests.filter((url) => url.endsWith('/traps/en.json')).length, 1);
});

pageTest('pages without a board need no engine', { path: '#/traps' }, async ({ page, site, log }) => {
  await page.getByRole('heading', { name: 'Traps', exact: true }).waitFor();
  await page.locator('.trap-row').first().click();
  await page.locator('.trap-words').first().waitFor();
  assert.deepEqual(filesRequested(log, site).filter((file) => file.startsWith('worker-')), []);
});

for (const missing of ['*', '*.wasm']) pageTest(`without ${missing} of the engine, brief and board stay usable and a sentence says why`, { path: null, expectErrors: [/Failed to load/, /ERR_FAILED/, /Failed to fetch/] }, async ({ page, site }) => {
  await page.route(`**/worker-*/${missing}`, (route) => route.abort());
  await open(page, site.url);
  await keep(page, spoiled());
  await open(page, `${site.url}?again${first}`);
  await boardReady(page);
  await figures(page).getByText('The cost of this board is not known. The engine that checks designs cannot start').waitFor();
  await check(page).click();
  const sentence = page.getByRole('alert').getByText('The engine that checks designs cannot start');
  await sentence.waitFor();
  // The brief is there, and the board can be changed.
  await page.getByRole('heading', { level: 1 }).waitFor();
  const box = await part(page, 'Shop').boundingBox();
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.keyboard.press('Delete');
  await part(page, 'Shop').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await part(page, 'Shop').waitFor();
  // The engine can be had again.
  await page.unroute(`**/worker-*/${missing}`);
  await page.getByRole('alert').getByRole('button', { name: 'Check again' }).click();
  await score(page);
  assert.equal((await findings(page)).length, 3);
  await sentence.waitFor({ state: 'detached' });
});

pageTest('what is slow is said, and only the latest board is judged', { path: null }, async ({ page, site }) => {
  let release;
  const held = new Promise((go) => { release = go; });
  await page.route('**/worker-*/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await open(page, site.url);
  await keep(page, answer());
  await open(page, `${site.url}?again${first}`);
  await boardReady(page);
  await check(page).click();
  await page.locator('.banners').getByText('Checking the design…').waitFor();
  await check(page).click();
  await check(page).click();
  release();
  const { passed } = await score(page);
  assert.ok(passed);
  await page.locator('.banners').getByText('Checking the design…').waitFor({ state: 'detached' });
  // Three presses on the same board are one attempt.
  await until(async () => (await page.evaluate(() => JSON.parse(localStorage.getItem('trapwise.work.first-service')).attempt.checks)) === 1, 'one check is counted');
});
