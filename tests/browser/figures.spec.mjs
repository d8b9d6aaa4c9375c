// What the design costs and what work it makes: live, with the keyboard, without noise.
import assert from 'node:assert/strict';
import { answer, boardReady, first, keep, part, until } from './scenario-page.mjs';
import { open, pageTest, views } from './support.mjs';

for (const view of Object.keys(views)) {
  pageTest(`figures follow the board and point out their parts on a ${view}`, { view }, async ({ page, site }) => {
    await keep(page, answer());
    await open(page, `${site.url}?again${first}`);
    if (view === 'phone') await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Board' }).click();
    await boardReady(page);
    const figures = page.getByRole('region', { name: 'Cost and operations' });
    const summary = figures.locator('summary').first();
    const dollars = async () => Number(/\$([\d,]+)/.exec(await summary.innerText())[1].replace(',', ''));
    const before = await dollars();
    assert.match(await summary.innerText(), /≈ \$\d+ a month\s+operations load 0/);

    // With the keyboard: open, go to the dearest line, point its parts out, and end it.
    await summary.focus();
    await page.keyboard.press('Enter');
    await figures.getByText(/list prices of us-east-1, \d{4}-\d\d-\d\d/).waitFor();
    await page.keyboard.press('Tab');
    const line = figures.getByRole('button', { name: /^NAT gateways/ });
    assert.equal(await line.evaluate((it) => it === document.activeElement), true, 'the first line is the dearest');
    await page.keyboard.press('Space');
    assert.equal(await line.getAttribute('aria-pressed'), 'true');
    await page.locator('.cards.tracing .on-path').first().waitFor();
    assert.equal(await page.locator('.cards .on-path').count(), 2, 'both gateways');
    await page.keyboard.press('Space');
    await page.locator('.cards.tracing').waitFor({ state: 'detached' });

    // The lines add up, and nothing was read out yet: nothing has changed.
    const said = figures.getByRole('status');
    assert.equal(await said.innerText(), '');
    await summary.click();

    // One service less: the figure follows at once, and is read out when it has come to rest.
    const box = await part(page, 'Shop').boundingBox();
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.keyboard.press('Delete');
    await until(async () => (await dollars()) < before, 'the figure follows the board');
    const after = await dollars();
    assert.ok(Math.abs(before - after - 36) <= 1, `its two tasks cost $36.04: ${before} → ${after}`);
    await until(async () => (await said.innerText()).includes(`$${after} a month, operations load 0`), 'it is read out');
  });
}
