// The main job with the keyboard alone: palette and board by arrows, the outline as a whole editor.
import assert from 'node:assert/strict';
import { boardReady, component, design, designed, findings, first, linked, score, until } from './scenario-page.mjs';
import { pageTest } from './support.mjs';

pageTest('builds, is scored, mends and passes with the keyboard', { path: first }, async ({ page }) => {
  const { keyboard } = page;
  const board = page.locator('#board');
  const details = page.getByRole('region', { name: 'Details' });
  const outline = page.getByRole('tabpanel', { name: 'Outline' });
  await boardReady(page);

  // The first stop leads past the header.
  await keyboard.press('Tab');
  await focused(page.getByRole('link', { name: 'Skip to the content' }));
  await keyboard.press('Enter');
  await until(() => page.evaluate(() => document.activeElement.closest('main') !== null), 'the content has the keyboard');

  // A part is picked in the palette and placed on the board with arrows; Escape puts it back.
  await tabTo(page, page.getByRole('button', { name: /^Shop service/ }));
  await keyboard.press('Enter');
  await focused(board);
  await keyboard.press('Escape');
  assert.equal(await design(page), undefined);
  await tabTo(page, page.getByRole('button', { name: /^Shop service/ }));
  await keyboard.press('Enter');
  await focused(board);
  await aim(page, 'ArrowRight', /Add Shop service to App a/);
  await keyboard.press('Enter');
  await designed(page, (it) => component(it, 'shop-service')?.in.join() === 'app-a');

  // Enter on the board asks for the inspector.
  await keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Inspect', selected: true }).waitFor();

  // The outline: place in further subnets, set properties.
  await tabTo(page, details.getByRole('tab', { selected: true }));
  await keyboard.press('ArrowRight');
  await focused(details.getByRole('tab', { name: 'Outline' }));
  await node(page, 'Shop service');
  await unfold(page, outline, 'Place');
  await tabTo(page, outline.getByRole('checkbox', { name: 'App b' }));
  await keyboard.press('Space');
  await designed(page, (it) => component(it, 'shop-service').in.join() === 'app-a,app-b');
  await node(page, 'ALB');
  await unfold(page, outline, 'Place');
  await tabTo(page, outline.getByRole('checkbox', { name: 'Public b' }));
  await keyboard.press('Space');
  await designed(page, (it) => component(it, 'alb').in.join() === 'public-a,public-b');

  await node(page, 'Shop service');
  await unfold(page, outline, 'Properties');
  await choose(page, outline.getByLabel('Launch type'), 'Fargate');
  await write(page, outline.getByLabel('Desired tasks'), '2');
  await node(page, 'Shop task');
  await unfold(page, outline, 'Properties');
  await write(page, outline.getByLabel('Task CPU'), '512');
  await write(page, outline.getByLabel('Task memory'), '1024');
  await designed(page, (it) => {
    const { launchType, desiredCount } = component(it, 'shop-service').props;
    const { cpu, memory } = component(it, 'shop-task').props;
    return launchType === 'FARGATE' && desiredCount === 2 && cpu === 512 && memory === 1024;
  });

  // Links from the outline; the keyboard is not lost when one is drawn.
  for (const [from, to, ends] of [
    ['Shop service', 'Shop task', ['shop-service', 'runs', 'shop-task']],
    ['Shop service', 'Cluster', ['shop-service', 'in-cluster', 'cluster']],
    ['Task SG', 'Shop service', ['task-sg', 'guards', 'shop-service']],
  ]) {
    await connect(page, outline, from, to);
    await linked(page, ...ends);
    await until(() => page.evaluate(() => document.activeElement !== document.body), 'the keyboard has a place');
  }
  // A role asks which of the two.
  for (const [to, answer, as] of [
    ['Role ECR logs', /^Task execution role/, 'executionRoleArn'],
    ['Role tickets', /^Task role/, 'taskRoleArn'],
  ]) {
    await connect(page, outline, 'Shop task', to);
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByRole('button', { name: answer }));
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await linked(page, 'shop-task', 'role', to.toLowerCase().replaceAll(' ', '-'), { as });
  }
  // Links on the board: C, arrows, Enter. What a link is set to is in the inspector.
  for (const [from, to, field, ends] of [
    ['ALB', 'Shop service', 'Target port', ['alb', 'forwards', 'shop-service', { targetPort: 8080 }]],
    ['ALB SG', 'Task SG', 'From port', ['alb-sg', 'allows', 'task-sg', { fromPort: 8080 }]],
  ]) {
    await node(page, from);
    await tabTo(page, board);
    await keyboard.press('c');
    await aim(page, 'ArrowDown', new RegExp(`^${to}$`));
    await keyboard.press('Enter');
    await linked(page, ...ends.slice(0, 3));
    await keyboard.press('Enter');
    await write(page, page.getByRole('tabpanel', { name: 'Inspect' }).getByLabel(field), '8080');
    await linked(page, ...ends);
  }

  // Checked with one thing wrong: the finding is opened, its fix applied, undone and done again.
  await tabTo(page, page.getByRole('button', { name: 'Check', exact: true }));
  await keyboard.press('Enter');
  const wrong = await score(page);
  assert.equal(wrong.passed, false);
  assert.deepEqual(await findings(page), ['Target type instance for tasks with addresses of their own']);
  const opener = page.getByRole('button', { name: /^Target type instance/ });
  await tabTo(page, opener);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'AWS today' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Apply fix' }));
  const unfixed = JSON.stringify(await design(page));
  await keyboard.press('Enter');
  await until(async () => (await score(page)).passed, 'it passes');
  assert.equal((await score(page)).percent, 100);
  assert.deepEqual(await findings(page), []);
  const fixed = JSON.stringify(await design(page));
  await tabTo(page, board);
  await keyboard.press('Control+z');
  await designed(page, (it) => JSON.stringify(it) === unfixed, 'undo takes back the fix');
  await keyboard.press('Control+Shift+z');
  await designed(page, (it) => JSON.stringify(it) === fixed, 'redo does it again');

  // Duplicate and delete, and both undone.
  await node(page, 'Task SG');
  await keyboard.press('Control+d');
  await designed(page, (it) => it.components.length === JSON.parse(fixed).components.length + 1, 'duplicated');
  await tabTo(page, board);
  await keyboard.press('Delete');
  await designed(page, (it) => JSON.stringify(it) === fixed, 'the copy is deleted');
});

async function focused(locator) {
  await until(() => locator.evaluate((it) => it === document.activeElement), `focus is not on ${locator}`);
}

/** Presses Tab until it is there, as somebody would who cannot point. */
async function tabTo(page, locator) {
  await locator.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await locator.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${locator}`);
}

/** Presses a key on the board until what is announced matches. */
async function aim(page, key, pattern) {
  const said = page.locator('.center > [role=status]');
  for (let presses = 0; presses < 40; presses += 1) {
    const before = await said.innerHTML();
    const element = await said.locator('span').elementHandle();
    await page.keyboard.press(key);
    // Every announcement is an element of its own.
    await until(() => element?.evaluate((it) => !it.isConnected) ?? true, `${key} announces nothing after ${before}`);
    if (pattern.test((await said.innerText()).trim())) return;
  }
  throw new Error(`${key} never announces ${pattern}: ${await said.innerText()}`);
}

/** Goes to a node of the outline by arrows. */
async function node(page, name) {
  const tree = page.getByRole('tree', { name: 'Outline of the board' });
  if (!(await tree.isVisible())) {
    await tabTo(page, page.getByRole('region', { name: 'Details' }).getByRole('tab', { selected: true }));
    for (let presses = 0; presses < 3 && !(await tree.isVisible()); presses += 1) await page.keyboard.press('ArrowRight');
  }
  await tabTo(page, tree.locator('[role=treeitem][tabindex="0"]'));
  await page.keyboard.press('Home');
  const here = () => page.evaluate(() => document.activeElement.querySelector('.tree-name')?.textContent);
  const count = await tree.getByRole('treeitem').count();
  for (let presses = 0; presses <= count; presses += 1) {
    if ((await here()) === name) {
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: `With ${name}`, exact: true }).waitFor();
      return;
    }
    const before = await page.evaluate(() => document.activeElement.id);
    await page.keyboard.press('ArrowDown');
    await until(() => page.evaluate((id) => document.activeElement.id !== id, before), `the outline ends before ${name}`);
  }
  throw new Error(`not in the outline: ${name}`);
}

async function unfold(page, outline, name) {
  const summary = outline.locator('summary', { hasText: name });
  if (await summary.evaluate((it) => it.parentElement.open)) return;
  await tabTo(page, summary);
  await page.keyboard.press('Enter');
}

async function choose(page, select, text) {
  await tabTo(page, select);
  await page.keyboard.type(text);
  await until(async () => (await select.evaluate((it) => it.selectedOptions[0].textContent.trim())) === text, `cannot choose ${text}`);
}

async function write(page, field, text) {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function connect(page, outline, from, to) {
  await node(page, from);
  await choose(page, outline.getByLabel('Connect to'), to);
  await tabTo(page, outline.getByRole('button', { name: 'Connect', exact: true }));
  await page.keyboard.press('Enter');
}
