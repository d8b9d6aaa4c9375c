// The main job with a finger on a phone: pick, then place; pick, then connect; check; mend; pass.
import assert from 'node:assert/strict';
import { boardReady, component, designed, findings, first, linked, part, score, until } from './scenario-page.mjs';
import { pageTest } from './support.mjs';

pageTest('builds, is scored and passes by touch', { path: first, view: 'phone' }, async ({ page }) => {
  const finger = await page.context().newCDPSession(page);
  const panes = page.getByRole('navigation', { name: 'Panes' });
  const pane = (name) => panes.getByRole('button', { name }).tap();
  const inspect = page.getByRole('tabpanel', { name: 'Inspect' });
  const tap = async (name) => page.touchscreen.tap(...(await bring(page, finger, name)));

  // Picked in the parts, placed on the board, which comes forward by itself; put back on second thoughts.
  await page.getByText('A solutions architect must').waitFor();
  await pane('Parts');
  await page.getByRole('button', { name: /^Shop service/ }).tap();
  await page.getByText('Tap where to place Shop service').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).tap();
  await pane('Parts');
  await page.getByRole('button', { name: /^Shop service/ }).tap();
  await page.getByText('Tap where to place Shop service').waitFor();
  await boardReady(page);
  await tap('App a');
  await designed(page, (it) => component(it, 'shop-service')?.in.join() === 'app-a');

  // A finger that moves over the board pans it, and moves nothing.
  const before = await part(page, 'VPC').boundingBox();
  const under = before.y + before.height + 12;
  await swipe(page, finger, 195, under, 195, under - 60);
  await until(async () => (await part(page, 'VPC').boundingBox()).y < before.y - 30, 'the board is panned');
  await designed(page, (it) => component(it, 'shop-service').in.join() === 'app-a');

  // A finger that rests picks up what is beneath it.
  await page.getByRole('button', { name: 'Show the whole board' }).tap();
  await boardReady(page);
  const held = await bring(page, finger, 'Shop service');
  const target = await middle(part(page, 'App b'));
  await touch(finger, 'touchStart', held);
  await page.locator('.card.lifted').waitFor();
  for (const share of [0.3, 0.6, 1]) {
    await touch(finger, 'touchMove', held.map((from, axis) => from + (target[axis] - from) * share));
  }
  await page.locator('.drop.legal').waitFor();
  await lift(page, finger);
  await designed(page, (it) => component(it, 'shop-service').in.join() === 'app-b');

  // The rest of its places and its properties in the inspector.
  await pane('Inspect');
  await inspect.getByRole('checkbox', { name: 'App a' }).tap();
  await inspect.getByLabel('Launch type').selectOption({ label: 'Fargate' });
  await write(inspect.getByLabel('Desired tasks'), '2');
  await designed(page, (it) => {
    const { in: places, props } = component(it, 'shop-service');
    return places.length === 2 && props.launchType === 'FARGATE' && props.desiredCount === 2;
  });
  await pane('Board');
  await tap('ALB');
  await pane('Inspect');
  await inspect.getByRole('checkbox', { name: 'Public b' }).tap();
  await designed(page, (it) => component(it, 'alb').in.length === 2);
  await pane('Board');
  await tap('Shop task');
  await pane('Inspect');
  await write(inspect.getByLabel('Task CPU'), '512');
  await write(inspect.getByLabel('Task memory'), '1024');
  await designed(page, (it) => component(it, 'shop-task').props.memory === 1024);
  await pane('Board');

  // Picked, then connected.
  const connect = async (from, to, answer) => {
    await tap(from);
    await page.getByRole('button', { name: `Connect ${from}`, exact: true }).tap();
    await page.getByText(`Tap what to connect ${from} to`).waitFor();
    await tap(to);
    if (answer) await page.getByRole('dialog').getByRole('button', { name: answer }).tap();
  };
  await connect('Shop service', 'Shop task');
  await linked(page, 'shop-service', 'runs', 'shop-task');
  await connect('Shop service', 'Cluster');
  await linked(page, 'shop-service', 'in-cluster', 'cluster');
  await connect('Task SG', 'Shop service');
  await linked(page, 'task-sg', 'guards', 'shop-service');
  await connect('Shop task', 'Role ECR logs', /^Task execution role/);
  await linked(page, 'shop-task', 'role', 'role-ecr-logs', { as: 'executionRoleArn' });
  // Connected from the inspector, where the board is out of view: its question comes forward.
  await tap('Shop task');
  await pane('Inspect');
  await inspect.getByLabel('Connect to').selectOption({ label: 'Role tickets' });
  await inspect.getByRole('button', { name: 'Connect', exact: true }).tap();
  await page.getByRole('dialog').getByRole('button', { name: /^Task role/ }).tap();
  await linked(page, 'shop-task', 'role', 'role-tickets', { as: 'taskRoleArn' });
  await connect('ALB SG', 'Task SG');
  await linked(page, 'alb-sg', 'allows', 'task-sg');
  await pane('Inspect');
  await write(inspect.getByLabel('From port'), '8080');
  await linked(page, 'alb-sg', 'allows', 'task-sg', { fromPort: 8080 });
  await pane('Board');
  await connect('ALB', 'Shop service');
  await linked(page, 'alb', 'forwards', 'shop-service');

  // The verdict comes forward; a fix is previewed on the board and applied.
  await page.getByRole('button', { name: 'Check', exact: true }).tap();
  assert.equal((await score(page)).passed, false);
  assert.deepEqual(await findings(page), ['Target type instance for tasks with addresses of their own']);
  await page.getByRole('button', { name: /^Target type instance/ }).tap();
  await page.getByRole('heading', { name: 'AWS today' }).waitFor();
  await page.getByRole('button', { name: 'Apply fix' }).tap();
  await until(async () => (await score(page)).passed, 'it passes');
  assert.equal((await score(page)).percent, 100);
  await pane('Board');
  await page.getByRole('button', { name: 'Undo: Applied: ' }).tap();
  await linked(page, 'alb', 'forwards', 'shop-service', { targetType: undefined });
});

async function middle(locator) {
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function write(field, value) {
  await field.tap();
  await field.fill(value);
  await field.press('Enter');
}

async function touch(finger, type, at) {
  await finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
}

async function swipe(page, finger, x, y, toX, toY) {
  await touch(finger, 'touchStart', [x, y]);
  for (const share of [0.2, 0.5, 0.8, 1]) await touch(finger, 'touchMove', [x + (toX - x) * share, y + (toY - y) * share]);
  await lift(page, finger);
}

/** Lifts a finger that has come to rest: in motion it would fling, and the next tap only stop that. */
async function lift(page, finger) {
  await page.waitForTimeout(80);
  await touch(finger, 'touchEnd');
}

/** Where a part can be touched: pans the board with a finger until nothing covers it. */
async function bring(page, finger, name) {
  const board = await page.locator('#board').boundingBox();
  for (let tries = 0; tries < 8; tries += 1) {
    const place = await free(page, name);
    if (place) return place;
    const box = await part(page, name).boundingBox();
    const away = board.y + board.height * 0.4 - (box.y + box.height / 2);
    const step = Math.max(-250, Math.min(250, away));
    const y = board.y + board.height / 2;
    await swipe(page, finger, 12, y - step / 2, 12, y + step / 2);
    await boardReady(page, name);
  }
  throw new Error(`${name} cannot be brought into sight`);
}

/** A place of a part with only the board above it: frames by their lower half, cards by their middle. */
async function free(page, name) {
  return part(page, name).evaluate((it) => {
    const box = it.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height * (it.classList.contains('area') ? 0.7 : 0.5)];
    const top = document.elementFromPoint(x, y);
    return top?.closest('#board') && y > 0 ? [x, y] : null;
  });
}
