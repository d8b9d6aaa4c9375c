// Scenarios from elsewhere: a broken file is explained line by line, a whole folder is verified, and
// another host is asked about first and told nothing.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { boardReady, findings, part, place, score, until, work } from './scenario-page.mjs';
import { serveFolder } from './server.mjs';
import { dist, open, pageTest } from './support.mjs';

const scenarios = join(dist, 'scenarios');
const folder = join(scenarios, 'first-service');
const good = readFileSync(join(folder, 'scenario.json'), 'utf8');

pageTest('shows every mistake of a scenario with file, line and column', {}, async ({ page }) => {
  // What was right, what it is now, what is said about it, and at which of its characters.
  await broken(page, 'Open scenario…', [
    ['"difficulty": "introductory"', '"difficulty": "easy"', /`?easy/, '"easy"'],
    ['"kind": "standalone-task"', '"kind": "standalone-tsk"', /standalone-tsk/, '"standalone-tsk"'],
    ['"minutes": 15', '"minuets": 15', /minuets/, '"minuets"'],
    ['"points": 15', '"points": "many"', /whole number/, '"many"'],
  ]);
  const problems = page.locator('.problem.error');
  const { errors } = /(?<errors>\d+) errors?/.exec(await page.getByRole('status').filter({ hasText: /errors? and/ }).innerText()).groups;
  assert.equal(await problems.count(), Number(errors));

  // The page continues: what was hidden behind those is said next, what is no JSON at all too.
  await broken(page, 'Open files…', [['"requirement": "zones",', '"requirement": "zonse",', /zonse/, '"zonse"']]);
  await page.locator('.problem-help', { hasText: 'did you mean zones?' }).waitFor();
  await openFiles(page, 'Open files…', [{ name: 'scenario.json', mimeType: 'application/json', buffer: Buffer.from(good.replace('"order": 10,', '"order": 10')) }]);
  await page.locator('.problem-place', { hasText: /^scenario\.json:7:3/ }).waitFor();
  await openFiles(page, 'Open files…', [{ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from([0x7b, 0xc3, 0x28]) }]);
  await page.getByText('it is not a text in UTF-8').waitFor();
  await openFiles(page, 'Open files…', [{ name: 'scenario.json', mimeType: 'application/json', buffer: Buffer.from(good) }]);
  await boardReady(page);
  await page.getByRole('link', { name: 'To the scenarios', exact: true }).click();
  await page.getByRole('link', { name: /The first service/ }).first().click();
  await boardReady(page);
});

pageTest('verifies the files of a whole scenario, and opens it', {}, async ({ page }) => {
  const variants = join(folder, 'variants');
  const files = [
    ...readdirSync(folder).filter((it) => it.endsWith('.json')).map((it) => join(folder, it)),
    ...readdirSync(variants).map((it) => join(variants, it)),
  ];
  await openFiles(page, 'Open scenario…', files);
  await boardReady(page);
  await place(page, 'Shop service', 'App a');
  await until(async () => (await work(page, 'file:first-service'))?.design.components.some((it) => it.id === 'shop-service'), 'kept');

  // The wrong options come from the files that were opened.
  await page.getByRole('tab', { name: 'Question' }).click();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('button', { name: 'Why not A? See it fail' }).click();
  assert.equal((await score(page)).passed, false);
  assert.deepEqual(await findings(page), ['Target type instance for tasks with addresses of their own']);

  // A reload continues with what was opened, and says what it is.
  await page.goto(`${new URL(page.url()).href.split('#')[0]}#/opened`);
  await page.reload();
  await boardReady(page);
  await part(page, 'Shop service').waitFor();
  await page.getByText('From your file scenario.json').waitFor();

  // A folder is a folder; one that does not hold together says where.
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.getByRole('heading', { name: 'Open a scenario' }).waitFor();
  await openFiles(page, 'Open a folder…', folder);
  await boardReady(page);
  await part(page, 'Shop service').waitFor();
  await page.goto(`${new URL(page.url()).href.split('#')[0]}#/`);
  const swapped = readFileSync(join(variants, 'roles-swapped.json'), 'utf8').replace('"sales-stored"', '"fargate"');
  await openFiles(page, 'Open scenario…', [
    ...files.filter((it) => !it.endsWith('roles-swapped.json')).map((it) => asFile(it)),
    { name: 'roles-swapped.json', mimeType: 'application/json', buffer: Buffer.from(swapped) },
  ]);
  await page.locator('.problem.error', { hasText: 'roles-swapped.json' }).first().waitFor();
  await page.getByRole('button', { name: 'Open anyway' }).click();
  await boardReady(page);
});

const foreign = await serveFolder(scenarios, { headers: { 'access-control-allow-origin': '*' } });
after(() => foreign.close());
const allowed = { path: null, allowOrigins: [foreign.origin] };

pageTest('asks before it fetches from another host, and tells that host nothing', allowed, async ({ page, context, site, log }) => {
  await context.addCookies([{ name: 'secret', value: '1', url: foreign.origin }]);
  const address = `${foreign.url}first-service/scenario.json`;
  await open(page, `${site.url}?scenario=${encodeURIComponent(address)}`);
  await page.getByRole('heading', { name: 'Scenario from another site' }).waitFor();
  await page.getByText(address).waitFor();
  assert.deepEqual(log.requests.filter((url) => url.startsWith(foreign.origin)), []);

  const asked = [];
  context.on('request', (request) => {
    if (request.url().startsWith(foreign.origin)) asked.push(request);
  });
  await page.getByRole('button', { name: `Fetch it from ${new URL(foreign.origin).host}` }).click();
  await boardReady(page);
  await page.getByRole('tab', { name: 'Question' }).click();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('button', { name: 'Why not A? See it fail' }).click();
  assert.equal((await score(page)).passed, false);
  assert.deepEqual(
    asked.map((request) => request.url().slice(foreign.url.length)),
    ['first-service/scenario.json', 'first-service/variants/instance-target-with-awsvpc.json', 'first-service/reference.json'],
  );
  for (const request of asked) {
    const headers = await request.allHeaders();
    assert.equal(headers.cookie, undefined, request.url());
    assert.equal(headers.referer, undefined, request.url());
  }
  // It has a place of its own: the site's scenario of the same name is another one.
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await place(page, 'Shop service', 'App a');
  await until(async () => (await work(page, `url:${address}`)) !== null, 'kept');
  assert.equal(await work(page), null);
});

pageTest('takes no for an answer', allowed, async ({ page, site, log }) => {
  await open(page, `${site.url}?scenario=${encodeURIComponent(`${foreign.url}first-service/scenario.json`)}`);
  await page.getByRole('link', { name: 'Cancel and show the scenarios of this site' }).click();
  await page.getByRole('heading', { name: 'Scenarios', exact: true }).waitFor();
  await page.getByRole('link', { name: /The first service/ }).first().click();
  await boardReady(page);
  assert.deepEqual(log.requests.filter((url) => url.startsWith(foreign.origin)), []);
});

pageTest('an address that names a scenario shows it, and the link to the list leads on', { path: '?scenario=first-service' }, async ({ page }) => {
  await boardReady(page);
  await page.getByRole('link', { name: 'To the scenarios', exact: true }).click();
  await page.getByRole('heading', { name: 'Scenarios', exact: true }).waitFor();
});

pageTest('a host that never answers can be left, and is asked again on demand', allowed, async ({ page, site }) => {
  const address = `${foreign.url}first-service/scenario.json`;
  let answers = false;
  await page.route(address, (route) => (answers ? route.continue() : undefined));
  await open(page, `${site.url}?scenario=${encodeURIComponent(address)}`);
  await page.getByRole('button', { name: /^Fetch it from/ }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('alert').getByText('could not be fetched: you cancelled it.').waitFor();
  answers = true;
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await boardReady(page);
});

pageTest('a host that never answers is not waited for longer than half a minute', allowed, async ({ page, site }) => {
  const address = `${foreign.url}first-service/scenario.json`;
  await page.clock.install();
  await page.route(address, () => undefined);
  await open(page, `${site.url}?scenario=${encodeURIComponent(address)}`);
  await page.getByRole('button', { name: /^Fetch it from/ }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor();
  await page.clock.fastForward(31_000);
  await page.getByRole('alert').getByText('no complete answer within 30 seconds').waitFor();
  await page.getByRole('button', { name: 'Try again', exact: true }).waitFor();
});

pageTest(
  'says why a scenario of another host is not here',
  { ...allowed, expectErrors: [/404 \(Not Found\)/] },
  async ({ page, site }) => {
    await open(page, `${site.url}?scenario=${encodeURIComponent(`${foreign.url}no-such/scenario.json`)}`);
    await page.getByRole('button', { name: /^Fetch it from/ }).click();
    await page.getByRole('alert').getByText('there is no such file (404)').waitFor();
    await open(page, `${site.url}?scenario=${encodeURIComponent(`${foreign.url}facts.json`)}`);
    await page.getByRole('button', { name: /^Fetch it from/ }).click();
    await page.getByRole('alert').getByText(/cannot be used: \d+ problem/).waitFor();
    await open(page, `${site.url}?scenario=javascript:alert(1)`);
    await page.getByRole('heading', { name: 'No address' }).waitFor();
  },
);

/** Opens the scenario with those mistakes, and holds each to be shown where it is. */
async function broken(page, label, mistakes) {
  let text = good;
  for (const [was, is] of mistakes) {
    assert.ok(text.includes(was), was);
    text = text.replace(was, is);
  }
  await openFiles(page, label, [{ name: 'scenario.json', mimeType: 'application/json', buffer: Buffer.from(text) }]);
  await page.getByRole('heading', { name: 'Problems in the opened files' }).waitFor();
  for (const [, is, message, at] of mistakes) {
    const before = text.slice(0, text.indexOf(is) + is.indexOf(at)).split('\n');
    const problem = page.locator('.problem.error').filter({ has: page.locator('.problem-message', { hasText: message }) }).first();
    const place = await problem.locator('.problem-place').innerText();
    assert.equal(place.split(' ')[0].trim(), `scenario.json:${before.length}:${before.at(-1).length + 1}`, `${message} is there: ${place}`);
    assert.equal(await problem.locator('.excerpt mark').innerText(), at);
  }
}

async function openFiles(page, label, files) {
  await page.getByLabel(label).setInputFiles(files);
}

function asFile(path) {
  return { name: path.split('/').pop(), mimeType: 'application/json', buffer: readFileSync(path) };
}
