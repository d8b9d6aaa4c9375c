// When the program itself breaks, a screen says so, and the work is not lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { boardReady, component, designed, first, part, place } from './scenario-page.mjs';
import { pageTest, started } from './support.mjs';

const expectErrors = [/panicked at/, /RuntimeError: unreachable/, /on purpose/];
const screen = (page) => page.getByRole('alert').filter({ hasText: 'Something in Trapwise broke' });

pageTest('after a crash the work is there again', { path: first, expectErrors }, async ({ page }) => {
  await boardReady(page);
  await place(page, 'Shop service', 'App a');
  await designed(page, (it) => component(it, 'shop-service') !== undefined);
  await crash(page);
  await screen(page).getByText('Your work was saved').waitFor();
  await screen(page).getByText(/panicked at/).waitFor();
  const { attempt } = JSON.parse(readFileSync(await downloaded(page), 'utf8'));
  assert.ok(component(attempt.design, 'shop-service'), 'the file holds the design');
  await screen(page).getByRole('link', { name: 'Load the page again' }).click();
  await started(page);
  await boardReady(page);
  await part(page, 'Shop service').waitFor();
});

pageTest('after a crash in a browser that keeps nothing the work is handed out', { path: first, expectErrors }, async ({ page }) => {
  await boardReady(page);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('on purpose', 'QuotaExceededError');
    };
  });
  await place(page, 'Shop service', 'App a');
  await crash(page);
  await screen(page).waitFor();
  const file = await downloaded(page);
  await screen(page).getByRole('link', { name: 'Load the page again' }).click();
  await started(page);
  await boardReady(page);
  assert.equal(await part(page, 'Shop service').count(), 0, 'nothing was kept');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByLabel('Open a design…').setInputFiles({ name: 'work.json', mimeType: 'application/json', buffer: readFileSync(file) });
  await part(page, 'Shop service').waitFor();
});

/** The next icon that the page draws cannot be made, which no program expects. */
async function crash(page) {
  await page.evaluate(() => {
    Document.prototype.createElementNS = () => {
      throw new Error('on purpose');
    };
  });
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

async function downloaded(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    screen(page).getByRole('link', { name: 'Download my work' }).click(),
  ]);
  return download.path();
}
