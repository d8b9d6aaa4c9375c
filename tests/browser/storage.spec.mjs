// Work survives what happens to browsers: a reload, a damaged record, a store that refuses, a second tab.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { boardReady, component, design, designed, first, part, place, until, work } from './scenario-page.mjs';
import { open, pageTest, started } from './support.mjs';

const key = 'trapwise.work.first-service';

pageTest('work is there after a reload, with what was answered and opened', { path: first }, async ({ page }) => {
  await boardReady(page);
  assert.equal(await work(page), null, 'looking is no work');
  await place(page, 'Shop service', 'App a');
  await page.getByRole('tab', { name: 'Question' }).click();
  await page.getByRole('radio').nth(2).check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('tab', { name: 'Hints' }).click();
  await page.getByRole('button', { name: 'Give me a nudge' }).first().click();
  await until(async () => (await work(page)).hints?.reach === 1, 'the hint is counted');
  const before = await work(page);
  assert.deepEqual(before.answers, ['c']);
  await page.reload();
  await started(page);
  await boardReady(page);
  await part(page, 'Shop service').waitFor();
  await page.getByRole('tab', { name: 'Hints' }).click();
  await page.getByText('You have opened 1 hint.').waitFor();
  await page.getByRole('tab', { name: 'Question' }).click();
  await page.getByText('your answer', { exact: true }).waitFor();
  assert.deepEqual(await work(page), before);
  await page.getByRole('link', { name: 'To the scenarios', exact: true }).click();
  await page.getByRole('link', { name: /In progress.*The first service/ }).waitFor();
});

const unreadable = {
  'a damaged record': ['{"schemaVersion":1,"place":"first-service","attempt":{"desi', /could not be read: it is damaged/],
  'a record of a later version': [
    '{"schemaVersion":7,"place":"first-service","revision":1,"writer":"x","attempt":{"boards":[]}}',
    /a later version of Trapwise wrote it \(format 7\)/,
  ],
};
for (const [name, [text, reason]] of Object.entries(unreadable)) {
  pageTest(`${name} is set aside, reported and handed out`, {}, async ({ page, site }) => {
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [key, text]);
    await open(page, `${site.url}?again${first}`);
    await boardReady(page);
    const notice = page.getByRole('group').filter({ hasText: '1 piece of work was set aside' });
    await notice.getByText('1 piece of work was set aside').click();
    await notice.getByText(reason).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      notice.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(readFileSync(await download.path(), 'utf8'), text);
    // New work does not touch it, and it outlives a reload.
    await place(page, 'Shop service', 'App a');
    await designed(page, (it) => component(it, 'shop-service') !== undefined);
    await page.reload();
    await started(page);
    await boardReady(page);
    await part(page, 'Shop service').waitFor();
    await notice.getByText('1 piece of work was set aside').click();
    await notice.getByRole('button', { name: 'Delete' }).click();
    await notice.waitFor({ state: 'hidden' });
    const left = await page.evaluate(() => Object.keys(localStorage));
    assert.deepEqual(left.filter((it) => it.startsWith('trapwise.')), [key]);
  });
}

const refusals = {
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('on purpose', 'QuotaExceededError');
    };
  },
  forbidden: () => {
    Object.defineProperty(globalThis, 'localStorage', {
      get() {
        throw new DOMException('on purpose', 'SecurityError');
      },
    });
  },
};
for (const [name, refuse] of Object.entries(refusals)) {
  pageTest(`with a ${name} store work is kept in memory, and that is said`, { path: null }, async ({ page, context, site }) => {
    await context.addInitScript(refuse);
    await open(page, site.url + first);
    await boardReady(page);
    await place(page, 'Shop service', 'App a');
    const notice = page.getByRole('status').filter({ hasText: 'Your work is kept only as long as this page stays open' });
    await notice.waitFor();
    // Another page of the site and back: it is still there, and can be taken home.
    await page.getByRole('link', { name: 'To the scenarios', exact: true }).click();
    await page.getByRole('link', { name: /In progress.*The first service/ }).click();
    await boardReady(page);
    await part(page, 'Shop service').waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the design' }).click(),
    ]);
    const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
    assert.deepEqual(component(saved, 'shop-service').in, ['app-a']);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'hidden' });
  });
}

pageTest('two tabs do not overwrite each other', { path: first }, async ({ page, context, site }) => {
  await boardReady(page);
  const second = await context.newPage();
  await open(second, site.url + first);
  await boardReady(second);

  await place(page, 'Shop service', 'App a');
  const mine = await designed(page, (it) => component(it, 'shop-service') !== undefined);
  const asked = second.getByRole('alert').filter({ hasText: 'Another tab has changed' });
  await asked.waitFor();
  // Going on all the same leaves the first tab's work where it is.
  await second.bringToFront();
  await place(second, 'Standalone task', 'App b');
  await until(() => second.evaluate(() => Object.keys(localStorage).some((it) => it.startsWith('trapwise.aside.'))), 'kept aside');
  assert.deepEqual(await design(second), mine);

  // Taking the other's: it is on the board, and one's own is set aside.
  await asked.getByRole('button', { name: "The other tab's" }).click();
  await part(second, 'Shop service').waitFor();
  assert.equal(await part(second, 'Standalone task').count(), 0);
  const asides = () =>
    second.evaluate(() =>
      Object.entries(localStorage).filter(([it]) => it.startsWith('trapwise.aside.')).map(([, text]) => JSON.parse(text).attempt.design));
  const aside = await asides();
  assert.equal(aside.length, 1);
  assert.ok(component(aside[0], 'standalone-task'), JSON.stringify(aside[0]));
  await second.getByText('1 piece of work was set aside').waitFor();

  // The other way round, keeping this one: the other's is set aside too, nothing is lost.
  await place(second, 'Security group', 'VPC');
  await designed(second, (it) => it.components.length === mine.components.length + 1);
  await page.bringToFront();
  const askedFirst = page.getByRole('alert').filter({ hasText: 'Another tab has changed' });
  await askedFirst.getByRole('button', { name: 'This one' }).click();
  await askedFirst.waitFor({ state: 'hidden' });
  assert.deepEqual(await designed(page, (it) => it.components.length === mine.components.length), mine);
  assert.equal((await asides()).length, 2);
});
