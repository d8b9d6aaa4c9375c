// What leads from the board to the words about it, and back; and what is done with the tools beneath it.
import assert from 'node:assert/strict';
import { boardReady, component, designed, findings, first, keep, part, spoiled, until } from './scenario-page.mjs';
import { pageTest, started } from './support.mjs';

/** Opens the first scenario with work on its board, and has it checked. */
async function checked(page, design = spoiled()) {
  await keep(page, design);
  await page.reload();
  await started(page);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('region', { name: 'Score' }).waitFor();
}

pageTest('a badge opens its finding, a step leads to its part', { path: first }, async ({ page }) => {
  await checked(page);
  await boardReady(page);
  const details = page.getByRole('region', { name: 'Details' });
  const open = page.locator('.finding.open .title');
  const badge = part(page, 'Shop task').getByRole('img', { name: '2 findings' });
  await badge.click();
  const seen = [await open.innerText()];
  // The same badge again: the next of its findings.
  await badge.click();
  await until(async () => (await open.innerText()) !== seen[0], 'the other finding is opened');

  // A step selects its part, and the finding stays to be read on.
  await page.locator('.finding.open .evidence').getByRole('button', { name: /executionRoleArn|role/ }).first().click();
  await page.locator('#board .card.selected').waitFor();
  await details.getByRole('tab', { name: /^Results/, selected: true }).waitFor();

  // Selecting a component shows its findings.
  const box = await part(page, 'ALB').boundingBox();
  await page.mouse.click(box.x + 60, box.y + 20);
  await details.getByRole('list', { name: 'Findings here' }).getByRole('button', { name: /^Target type instance/ }).click();
  await until(async () => /^Target type instance/.test(await open.innerText()), 'it is open');
});

pageTest('findings and board lead to each other by touch', { path: first, view: 'phone' }, async ({ page }) => {
  await checked(page);
  await page.getByRole('button', { name: /^The role may not pull/ }).tap();
  await page.getByRole('button', { name: 'Show on the board', exact: true }).first().tap();
  await page.locator('#board .card.blocks-path').first().waitFor();
  // What stops is in view, although the board was never looked at before.
  const [card, board] = [await part(page, 'Role tickets').boundingBox(), await page.locator('#board').boundingBox()];
  assert.ok(card.y >= board.y && card.y + card.height <= board.y + board.height, JSON.stringify({ card, board }));
  await page.getByRole('button', { name: 'The role may not pull the image' }).tap();
  await page.locator('.finding.open').waitFor();

  await page.locator('.finding.open .evidence .blocked').getByRole('button').first().tap();
  await page.locator('#board .card.selected').waitFor();
  await part(page, 'Role tickets').getByRole('img', { name: '2 findings' }).tap();
  const title = page.locator('.finding.open .title');
  await title.waitFor();
  await until(async () => {
    const { y } = await title.boundingBox();
    return y > 0 && y < 700;
  }, 'the finding is in sight');
});

for (const view of ['desktop', 'phone']) {
  pageTest(`stands in several subnets by its tool, on a ${view}`, { path: first, view }, async ({ page }) => {
    const press = (locator) => (view === 'phone' ? locator.tap() : locator.click());
    if (view === 'phone') await press(page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Board' }));
    await boardReady(page);
    const box = await part(page, 'ALB').boundingBox();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    await (view === 'phone' ? page.touchscreen.tap(...middle) : page.mouse.click(...middle));
    await press(page.getByRole('button', { name: /^Place in…/ }));
    const dialog = page.getByRole('dialog', { name: 'Place ALB' });
    await press(dialog.getByRole('checkbox', { name: 'Public b' }));
    await designed(page, (it) => component(it, 'alb').in.join() === 'public-a,public-b');
    await press(dialog.getByRole('button', { name: 'Done' }));
    await dialog.waitFor({ state: 'hidden' });
  });
}

pageTest('tools and panels cover no part of the board', { path: first, view: 'phone' }, async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Board' }).tap();
  await boardReady(page);
  const board = await page.locator('#board').boundingBox();
  for (const tool of await page.locator('.canvas').getByRole('toolbar').all()) {
    assert.ok((await tool.boundingBox()).y >= board.y + board.height, await tool.getAttribute('aria-label'));
  }
});

pageTest('every solution can be looked at', { path: '#/scenario/gpu-inference' }, async ({ page }) => {
  await boardReady(page);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  // Nothing was scored, so there is no best to speak of.
  assert.equal(await page.locator('.scenario-bar .best').count(), 0);
  await page.getByRole('tab', { name: 'Hints' }).click();
  await page.getByRole('button', { name: 'Show a solution…' }).click();
  await page.getByRole('button', { name: 'Show it' }).click();
  const solutions = page.getByRole('group', { name: 'Solutions' });
  await solutions.getByRole('button', { name: 'Solution 1', pressed: true }).waitFor();
  const board = page.locator('#board');
  const before = await board.getAttribute('aria-label');
  await solutions.getByRole('button', { name: 'Solution 2' }).click();
  await solutions.getByRole('button', { name: 'Solution 2', pressed: true }).waitFor();
  await page.getByText('Solution 2 of 2 is on the board.').waitFor();
  assert.notEqual(await board.getAttribute('aria-label'), before);
});

pageTest('the keyboard has a place after what held it is gone', { path: first }, async ({ page }) => {
  await keep(page, spoiled());
  await page.reload();
  await started(page);
  await boardReady(page);
  const board = page.locator('#board');
  const has = (locator, what) => until(() => locator.evaluate((it) => it === document.activeElement), what);
  const box = await part(page, 'Shop').boundingBox();
  await page.mouse.click(box.x + 60, box.y + 20);
  const inspect = page.getByRole('tabpanel', { name: 'Inspect' });
  // A link's row, then the part itself.
  await inspect.getByRole('button', { name: /^Remove: / }).first().focus();
  await page.keyboard.press('Enter');
  await has(board, 'the board has it');
  await inspect.getByRole('button', { name: 'Delete', exact: true }).focus();
  await page.keyboard.press('Enter');
  await designed(page, (it) => !component(it, 'shop'));
  await has(board, 'the board has it again');
  await page.keyboard.press('Control+z');
  await designed(page, (it) => component(it, 'shop'));

  // In the outline: a link's properties, and the tree once it is gone.
  await page.getByRole('tab', { name: 'Outline' }).click();
  await page.getByRole('treeitem', { name: /^ALB ?Load/ }).first().click();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('treeitem', { name: /forwards to Shop/ }).first().click();
  const outline = page.getByRole('tabpanel', { name: 'Outline' });
  await outline.locator('summary', { hasText: 'Properties' }).click();
  await outline.getByLabel('Target port').fill('9090');
  await outline.getByLabel('Target port').press('Enter');
  await designed(page, (it) => it.links.some((link) => link.props?.targetPort === 9090));
  await outline.getByRole('button', { name: 'Delete', exact: true }).focus();
  await page.keyboard.press('Enter');
  await until(() => page.evaluate(() => document.activeElement.getAttribute('role') === 'treeitem'), 'the tree has it');
});

pageTest('several parts are selected, copied, moved and deleted with the mouse and the keyboard', { path: first }, async ({ page }) => {
  await keep(page, spoiled());
  await page.reload();
  await started(page);
  await boardReady(page);
  const at = async (name) => {
    const box = await part(page, name).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.click(...(await at('Role ECR logs')));
  await page.keyboard.down('Shift');
  await page.mouse.click(...(await at('Role tickets')));
  await page.keyboard.up('Shift');
  await page.getByRole('heading', { name: '2 components selected' }).waitFor();
  assert.equal(await page.locator('#board .card.selected').count(), 2);
  await page.keyboard.press('Control+c');
  for (const copies of ['Control+d', 'Control+v']) {
    await page.keyboard.press(copies);
    await designed(page, (it) => component(it, 'role-ecr-logs-2') && component(it, 'role-tickets-2'), copies);
    await page.keyboard.press('Delete');
    await designed(page, (it) => !component(it, 'role-ecr-logs-2') && !component(it, 'role-tickets-2'));
  }
  await page.keyboard.press('Control+z');
  await designed(page, (it) => component(it, 'role-ecr-logs-2') && component(it, 'role-tickets-2'), 'one step brings both back');

  // A frame around both NAT gateways; arrows with Shift; everything.
  const [a, b] = [await part(page, 'NAT a').boundingBox(), await part(page, 'NAT b').boundingBox()];
  await page.keyboard.press('Escape');
  await page.keyboard.down('Shift');
  await page.mouse.move(a.x - 4, a.y - 3);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 4 });
  await page.locator('.marquee').waitFor({ state: 'attached' });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.getByRole('toolbar', { name: 'With several components' }).getByText('2 selected').waitFor();
  await page.keyboard.press('Shift+ArrowUp');
  await page.getByText('3 selected').waitFor();
  await page.keyboard.press('Control+a');
  const cards = await page.locator('#board .card.selected').count();
  assert.ok(cards > 8, `${cards} cards`);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#board .card.selected').count(), 0);
});

pageTest('several parts are selected by touch', { path: first, view: 'phone' }, async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Board' }).tap();
  await boardReady(page);
  const tap = async (name) => {
    const box = await part(page, name).boundingBox();
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  };
  await page.getByRole('button', { name: /^Multi-select/ }).tap();
  await tap('NAT a');
  await tap('NAT b');
  const tools = page.getByRole('toolbar', { name: 'With several components' });
  await tools.getByText('2 selected').waitFor();
  await tools.getByRole('button', { name: /^Done/ }).tap();
  await tools.getByRole('button', { name: /^Done/ }).tap();
  await tools.waitFor({ state: 'hidden' });
  assert.equal(await page.locator('#board .card.selected').count(), 0);
});

pageTest('words that cannot be fetched are said to be missing', { path: first, expectErrors: [/Failed to load resource/] }, async ({ page }) => {
  await page.route('**/traps/en.json', (route) => route.abort());
  await checked(page);
  assert.equal((await findings(page)).length, 3);
  await page.locator('.finding h3 button').first().click();
  const missing = page.getByText('The explanation could not be fetched.');
  await missing.waitFor();
  // They are asked for again once there is a connection.
  await page.unroute('**/traps/en.json');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await missing.waitFor({ state: 'detached' });
});
