// Other versions of a scenario: other names, ports and zones, the same lesson, and work of their own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answer, boardReady, designed, first, keep, part, place, score, work } from './scenario-page.mjs';
import { open, pageTest } from './support.mjs';

const version = `${first}?seed=1`;
const brief = (page) => page.getByRole('tabpanel', { name: 'Brief' });

pageTest('a version has other names, and its solution answers it', { path: version }, async ({ page }) => {
  await boardReady(page);
  await brief(page).getByText('Quill & Curtain sells theatre seats').first().waitFor();
  await page.getByText('Version 1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Check', exact: true }).first().click();
  assert.equal((await score(page)).passed, false);
  await page.getByRole('tab', { name: 'Hints' }).click();
  await page.getByRole('button', { name: 'Show a solution…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
  await page.getByText(/^A solution is on the board|^Solution 1 of/).first().waitFor();
  const { passed, percent } = await score(page);
  assert.deepEqual([passed, percent], [true, 100]);
});

pageTest('after passing there is another version, and the work at each is kept', { path: first }, async ({ page, site }) => {
  await boardReady(page);
  await keep(page, answer(), { best: { passed: true, score: 100 }, checks: 1 });
  await page.reload();
  await boardReady(page);
  await page.getByRole('tab', { name: 'Debrief' }).click();
  await page.getByRole('link', { name: 'Another version' }).click();
  await page.getByText('Version 1', { exact: true }).waitFor();
  await boardReady(page);
  assert.equal(await page.getByRole('tab', { name: 'Debrief' }).count(), 0, 'it is not passed yet');
  const item = await page.getByRole('button', { name: /^\w+ service/ }).first().innerText();
  const name = /^\w+ service/.exec(item)[0];
  await place(page, name, /* any */ 'App .');
  const at = 'first-service?seed=1';
  await designed({ evaluate: (read, key) => page.evaluate(read, key.replace('first-service', at)) },
    (it) => it.components.some(({ kind }) => kind === 'ecs-service'), 'the version is not kept');
  assert.equal((await work(page)).best.score, 100, 'the work at the first stays');

  await open(page, site.url + first);
  await page.reload();
  await boardReady(page);
  await part(page, 'Shop').waitFor();
  assert.deepEqual((await work(page)).design, answer());
});

pageTest('an address may ask for a version, and for one that there is not', { path: '?scenario=first-service&seed=2' }, async ({ page, site }) => {
  await boardReady(page);
  await brief(page).getByText('Fern & Amber sells museum visits').first().waitFor();
  await open(page, `${site.url}#/scenario/base-and-weight?seed=4`);
  await page.reload();
  await boardReady(page);
  assert.equal(await page.getByText(/^Version/).count(), 0, 'a scenario that does not vary is itself');
});

pageTest('a version that was passed counts in the list', { path: first }, async ({ page, site }) => {
  await boardReady(page);
  await page.evaluate(([place, attempt]) => {
    const saved = { schemaVersion: 1, place, revision: 1, writer: 'test', attempt };
    localStorage.setItem(`trapwise.work.${place}`, JSON.stringify(saved));
  }, ['first-service?seed=3', { design: answer(), checks: 1, best: { passed: true, score: 90 } }]);
  await open(page, site.url);
  await page.reload();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^Passed/ }) });
  await row.getByText('1 version passed').waitFor();
  await row.getByText('90').waitFor();
  assert.equal(await row.count(), 1);
});

pageTest('a scenario from a file has versions, too', { path: '#/opened' }, async ({ page }) => {
  const scenario = readFileSync(new URL('../../scenarios/first-service/scenario.json', import.meta.url));
  const saved = { schemaVersion: 1, place: 'file:first-service', revision: 1, writer: 'test' };
  const attempt = { design: answer(), checks: 1, best: { passed: true, score: 100 } };
  await page.evaluate(([key, text]) => localStorage.setItem(key, text),
    ['trapwise.work.file:first-service', JSON.stringify({ ...saved, attempt })]);
  await page.getByLabel('Open files…').setInputFiles([{ name: 'scenario.json', mimeType: 'application/json', buffer: scenario }]);
  const anyway = page.getByRole('button', { name: 'Open anyway' });
  await anyway.or(page.locator('#board')).first().waitFor();
  if (await anyway.count() > 0) await anyway.click();
  await boardReady(page);
  await page.getByRole('tab', { name: 'Debrief' }).click();
  await page.getByRole('button', { name: 'Another version' }).click();
  await page.getByText('Version 1', { exact: true }).waitFor();
  await brief(page).getByText('Quill & Curtain sells theatre seats').first().waitFor();
  await boardReady(page);
});
