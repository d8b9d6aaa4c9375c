// The main job with a mouse: build by dragging, be told what is wrong and why, mend it, pass.
import assert from 'node:assert/strict';
import { boardReady, component, design, designed, findings, first, linked, part, score, until, work } from './scenario-page.mjs';
import { pageTest, started } from './support.mjs';

pageTest('builds, is scored, mends and passes with the mouse', { path: first }, async ({ page }) => {
  await boardReady(page);

  // From the palette into a subnet: areas light up, and letting go puts it there.
  const item = page.getByRole('button', { name: /^Shop service/ });
  const [from, to] = [await middle(item), await middle(part(page, 'App a'))];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(to[0], to[1] - 30, { steps: 6 });
  await page.locator('.area.legal', { hasText: 'App a' }).waitFor();
  await page.locator('.area.illegal').first().waitFor();
  await page.locator('p.hint.legal', { hasText: 'Add Shop service to App a' }).waitFor();
  await page.mouse.move(...to, { steps: 3 });
  await page.mouse.up();
  await designed(page, (it) => component(it, 'shop-service')?.in.join() === 'app-a');
  assert.equal(await item.getAttribute('aria-disabled'), 'true', 'the only one is used');

  // Bands are extended by their ends.
  await resizeSpan(page, 'Shop service', 'App b');
  await designed(page, (it) => component(it, 'shop-service').in.join() === 'app-a,app-b');
  await resizeSpan(page, 'ALB', 'Public b');
  await designed(page, (it) => component(it, 'alb').in.join() === 'public-a,public-b');

  // Properties in the inspector.
  await select(page, 'Shop service');
  const inspect = page.getByRole('tabpanel', { name: 'Inspect' });
  await inspect.getByRole('heading', { name: 'Shop service' }).waitFor();
  await inspect.getByLabel('Launch type').selectOption({ label: 'Fargate' });
  await fill(inspect.getByLabel('Desired tasks'), '2');
  await select(page, 'Shop task');
  await fill(inspect.getByLabel('Task CPU'), '512');
  await fill(inspect.getByLabel('Task memory'), '1024');
  await designed(page, (it) => {
    const { launchType, desiredCount } = component(it, 'shop-service').props;
    const { cpu, memory } = component(it, 'shop-task').props;
    return launchType === 'FARGATE' && desiredCount === 2 && cpu === 512 && memory === 1024;
  });

  // Links from handles.
  await draw(page, 'Shop service', 'Shop task');
  await linked(page, 'shop-service', 'runs', 'shop-task');
  await draw(page, 'Shop service', 'Cluster');
  await linked(page, 'shop-service', 'in-cluster', 'cluster');
  await draw(page, 'ALB', 'Shop service');
  await linked(page, 'alb', 'forwards', 'shop-service');
  await fill(inspect.getByLabel('Target port'), '8080');
  await draw(page, 'Task SG', 'Shop service');
  await linked(page, 'task-sg', 'guards', 'shop-service');
  await draw(page, 'ALB SG', 'Task SG');
  await fill(inspect.getByLabel('From port'), '8080');
  await linked(page, 'alb-sg', 'allows', 'task-sg', { fromPort: 8080 });

  await draw(page, 'Shop service', 'Tickets');
  await linked(page, 'shop-service', 'calls', 'tickets');

  // A role on a task definition asks which of the two; here they are swapped, as in the exam.
  await drawAs(page, 'Shop task', 'Role ECR logs', /^Task role/);
  await linked(page, 'shop-task', 'role', 'role-ecr-logs', { as: 'taskRoleArn' });
  await drawAs(page, 'Shop task', 'Role tickets', /^Task execution role/);
  await linked(page, 'shop-task', 'role', 'role-tickets', { as: 'executionRoleArn' });

  // What nothing means is refused, with the reason, and leaves nothing behind.
  const before = await design(page);
  await draw(page, 'Users', 'Cluster', { refused: true });
  assert.deepEqual(await design(page), before);

  // The verdict: score, findings in the list and on the parts.
  await page.getByRole('button', { name: 'Check' }).click();
  const wrong = await score(page);
  assert.equal(wrong.passed, false);
  assert.ok(wrong.percent > 0 && wrong.percent < 70, wrong.text);
  assert.deepEqual((await findings(page)).sort(), [
    "The code's permission is not on the task role",
    'Target type instance for tasks with addresses of their own',
    'The role may not pull the image',
  ].sort());
  for (const name of ['Shop service', 'Shop task']) {
    await part(page, name).getByRole('img', { name: /\d findings?$/ }).waitFor();
  }
  const account = page.getByRole('region', { name: 'Requirements' });
  await account.getByText('Requests arrive at the tasks on port 8080').waitFor();

  // One finding: consequence, evidence on the board, exam answer beside AWS today.
  const opener = page.getByRole('button', { name: /^Target type instance/ });
  const finding = page.getByRole('listitem').filter({ has: opener });
  await opener.click();
  for (const name of ['What AWS does', 'Exam answer', 'AWS today', 'Step by step']) {
    await finding.getByRole('heading', { name }).waitFor();
  }
  await page.locator('#board .blocks-path').first().waitFor();

  // The fix is looked at without being done, then done in one step.
  const unfixed = await design(page);
  await finding.getByRole('button', { name: 'Preview fix' }).first().click();
  const preview = page.getByRole('status').filter({ hasText: 'Preview:' });
  await preview.waitFor();
  assert.deepEqual(await design(page), unfixed);
  await finding.getByRole('button', { name: 'Preview fix' }).first().click();
  await preview.waitFor({ state: 'hidden' });
  await finding.getByRole('button', { name: 'Apply fix' }).first().click();
  await linked(page, 'alb', 'forwards', 'shop-service', { targetType: 'ip', targetPort: 8080 });
  const better = await score(page);
  assert.ok(better.percent > wrong.percent, `${better.percent} after ${wrong.percent}`);
  assert.equal((await findings(page)).length, 2);
  const fixed = await design(page);
  await page.getByRole('button', { name: 'Undo: Applied: ', exact: false }).click();
  await designed(page, (it) => JSON.stringify(it) === JSON.stringify(unfixed), 'undo takes back the fix');
  await page.getByText('The board has changed since this check.').waitFor();
  await page.getByRole('button', { name: 'Redo: Applied: ', exact: false }).click();
  await designed(page, (it) => JSON.stringify(it) === JSON.stringify(fixed), 'redo does it again');

  // The rest by hand: each role where it belongs takes the other's place.
  await drawAs(page, 'Shop task', 'Role ECR logs', /^Task execution role/);
  await linked(page, 'shop-task', 'role', 'role-ecr-logs', { as: 'executionRoleArn' });
  await drawAs(page, 'Shop task', 'Role tickets', /^Task role/);
  await linked(page, 'shop-task', 'role', 'role-tickets', { as: 'taskRoleArn' });
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await until(async () => (await score(page)).passed, 'it passes');
  assert.equal((await score(page)).percent, 100);
  assert.deepEqual(await findings(page), []);
  await page.getByRole('tab', { name: 'Debrief' }).click();
  await page.getByText('Three ideas of this board').waitFor();

  // It is still there after a reload, and the list knows.
  const kept = await design(page);
  await page.reload();
  await started(page);
  await boardReady(page);
  assert.deepEqual(await design(page), kept);
  await part(page, 'Shop service').waitFor();
  const { best, checks } = await work(page);
  assert.deepEqual({ best, checks }, { best: { passed: true, score: 100 }, checks: 3 });
  await page.getByRole('link', { name: 'To the scenarios', exact: true }).click();
  await page.getByRole('link', { name: /The first service/ }).filter({ hasText: '100 %' }).waitFor();
});

async function middle(locator) {
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function fill(field, value) {
  await field.fill(value);
  await field.press('Enter');
}

async function select(page, name) {
  const box = await part(page, name).boundingBox();
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.getByRole('tab', { name: 'Inspect' }).click();
}

/** Drags the right end of a band into another subnet. */
async function resizeSpan(page, name, area) {
  const box = await part(page, name).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const grip = await shownNear(page, '.grip', box.x + box.width, box.y + box.height / 2);
  await page.mouse.move(...grip, { steps: 3 });
  await page.mouse.down();
  await page.mouse.move(...(await middle(part(page, area))), { steps: 6 });
  await page.locator('.drop.legal').first().waitFor();
  await page.mouse.up();
}

/** Draws a link from the knob of one part to another. */
async function draw(page, from, to, { refused = false } = {}) {
  const box = await part(page, from).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const knob = await shownNear(page, '.knob .reach', box.x + box.width / 2, box.y + box.height);
  await page.mouse.move(...knob, { steps: 3 });
  await page.mouse.down();
  const end = await part(page, to).boundingBox();
  await page.mouse.move(end.x + end.width * 0.4, end.y + end.height / 2, { steps: 6 });
  await page.locator(refused ? '.loose.illegal' : '.loose.legal').waitFor({ state: 'attached' });
  if (refused) await page.locator('p.hint.illegal').waitFor();
  await page.mouse.up();
}

async function drawAs(page, from, to, answer) {
  await draw(page, from, to);
  await page.getByRole('dialog').getByRole('button', { name: answer }).click();
}

/** Where the nearest of these is, once there is one within reach of that place. */
async function shownNear(page, selector, x, y) {
  const handle = await page.waitForFunction(([selector, x, y]) => {
    const places = [...document.querySelectorAll(selector)].map((it) => {
      const box = it.getBoundingClientRect();
      const place = [box.x + box.width / 2, box.y + box.height / 2];
      return { place, distance: Math.hypot(place[0] - x, place[1] - y) };
    });
    const nearest = places.sort((a, b) => a.distance - b.distance)[0];
    return nearest && nearest.distance < 24 ? nearest.place : undefined;
  }, [selector, x, y]);
  return handle.jsonValue();
}
