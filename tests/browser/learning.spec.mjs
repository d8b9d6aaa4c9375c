// What helps a learner along: the question and its wrong options, hints in stages, a solution.
import assert from 'node:assert/strict';
import { boardReady, design, findings, first, part, place, score, work } from './scenario-page.mjs';
import { pageTest } from './support.mjs';

const wrong = { A: 'Target type instance for tasks with addresses of their own', C: /public/i, D: undefined };

pageTest('every wrong option can be seen to fail, and the own work comes back', { path: first }, async ({ page }) => {
  await boardReady(page);
  await place(page, 'Shop service', 'App a');
  const own = await work(page);
  await page.getByRole('tab', { name: 'Question' }).click();
  const options = page.getByRole('list', { name: 'Options' }).getByRole('listitem');
  assert.equal(await options.count(), 4);
  assert.equal(await page.getByRole('button', { name: /^Why not/ }).count(), 0, 'nothing is given away');
  assert.equal(await page.getByRole('button', { name: 'Answer', exact: true }).isDisabled(), true);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await options.nth(0).getByText('wrong, and your answer').waitFor({ state: 'attached' });
  await options.nth(1).getByText(/^right/).waitFor({ state: 'attached' });
  assert.equal(await options.nth(1).getByRole('button', { name: /^Why not/ }).count(), 0);

  for (const [letter, trap] of Object.entries(wrong)) {
    await page.getByRole('button', { name: `Why not ${letter}? See it fail` }).click();
    await page.getByText(new RegExp(`^Option ${letter}: .* is on the board`)).waitFor();
    const { passed, percent } = await score(page);
    assert.equal(passed, false, letter);
    assert.ok(percent < 100);
    const found = await findings(page);
    if (trap) assert.match(found.join(), new RegExp(trap));
    else assert.equal(await page.locator('.account > li.fail').count(), 1, 'a requirement is not met');
    // It is looked at: what is done to it is not kept, and fixes are not offered.
    assert.equal(await page.getByRole('button', { name: 'Apply fix' }).count(), 0);
    assert.deepEqual((await work(page)).design, own.design);
    await page.getByRole('button', { name: 'Back to my work' }).click();
    await page.getByText('is on the board. Your own work is kept.').waitFor({ state: 'detached' });
    await part(page, 'Shop service').waitFor();
    assert.deepEqual(await design(page), own.design);
  }
  const { best, checks } = await work(page);
  assert.deepEqual([best, checks], [undefined, 0], 'looking is no attempt');

  await page.getByRole('button', { name: 'Answer again' }).click();
  await page.getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await options.nth(1).getByText('right, and your answer').waitFor({ state: 'attached' });
});

pageTest('hints come in stages, and a solution only after an attempt', { path: first }, async ({ page }) => {
  await boardReady(page);
  await place(page, 'Shop service', 'App a');
  const own = await design(page);
  await page.getByRole('tab', { name: 'Hints' }).click();
  const hints = page.getByRole('tabpanel', { name: 'Hints' });
  const hint = hints.getByRole('listitem').filter({ hasText: 'Customers reach the shop over HTTPS' }).first();
  const stages = ['A request passes two doors', 'Draw from the load balancer to the service', 'target type ip, target port 8080'];
  for (const [opened, button] of ['Give me a nudge', 'A little more', 'Tell me'].entries()) {
    assert.equal(await hint.locator('.stages li').count(), opened);
    await hint.getByRole('button', { name: button }).click();
    await hint.getByText(stages[opened]).waitFor();
  }
  assert.equal(await hint.getByRole('button').count(), 0, 'there is no more');
  await hints.getByText('You have opened 3 hints.').waitFor();

  await hints.getByText('Check your own design once').waitFor();
  assert.equal(await hints.getByRole('button', { name: 'Show a solution…' }).count(), 0);
  await page.getByRole('button', { name: 'Check', exact: true }).first().click();
  assert.equal((await score(page)).passed, false);
  const show = hints.getByRole('button', { name: 'Show a solution…' });
  await show.click();
  const dialog = page.getByRole('dialog', { name: 'Show a solution?' });
  await dialog.getByRole('button', { name: 'Not yet' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal((await work(page)).solutionSeen, false);
  await show.click();
  await dialog.getByRole('button', { name: 'Show it' }).click();
  await page.getByText(/^Solution 1 of \d+ is on the board\. Your own work is kept\./).waitFor();
  const shown = await score(page);
  assert.deepEqual([shown.passed, shown.percent], [true, 100]);
  assert.deepEqual(await design(page), own);
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await part(page, 'Shop service').waitFor();
  const { best, solutionSeen, checks } = await work(page);
  assert.equal(solutionSeen, true);
  assert.equal(best.passed, false, "the solution's score is not the learner's");
  assert.equal(checks, 1);
});

pageTest('the deciding words are marked in the brief', { path: first }, async ({ page }) => {
  await boardReady(page);
  const brief = page.getByRole('tabpanel', { name: 'Brief' });
  assert.equal(await brief.locator('mark').count(), 0);
  await brief.getByRole('button', { name: 'Mark the deciding words' }).click();
  const marked = await brief.locator('mark').allInnerTexts();
  assert.ok(marked.some((it) => it.includes('no public IP addresses')), marked.join());
});
