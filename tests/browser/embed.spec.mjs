// One scenario inside another page: it says what happens, to the configured origin and nobody else.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { boardReady, findings, place, score, until } from './scenario-page.mjs';
import { serveFolder } from './server.mjs';
import { dist, pageTest, started } from './support.mjs';

// Plays the portal: keeps every message, and where it came from.
const portal = await serveFolder(dist, {
  respond: (path) => (path === 'portal.html' ? { type: 'text/html; charset=utf-8', body: portalPage } : undefined),
});
after(() => portal.close());

const portalPage = `<!doctype html><html lang="en"><title>Portal</title><link rel="icon" href="data:,">
<script>
  const messages = [];
  addEventListener('message', ({ data, origin }) => messages.push({ data, origin }));
  addEventListener('DOMContentLoaded', () => {
    document.querySelector('iframe').src = new URLSearchParams(location.search).get('frame');
  });
</script>
<style>body { margin: 0 } iframe { border: 0; width: 1400px; height: 880px }</style>
<iframe title="Exercise"></iframe></html>`;

pageTest('tells the embedding page what happens', { path: null, allowOrigins: [portal.origin] }, async ({ page, site }) => {
  const frame = await embed(page, site, { origin: portal.origin });
  assert.equal(await frame.getByRole('banner').count(), 0, 'the site around it is left out');
  assert.equal(await frame.getByRole('link', { name: 'To the scenarios', exact: true }).count(), 0);
  const start = 19;
  await received(page, (all) => all.length >= 2);
  assert.deepEqual((await messages(page)).map(({ data }) => data), [
    { source: 'trapwise', version: 1, type: 'ready', scenario: 'first-service' },
    { source: 'trapwise', version: 1, type: 'progress', scenario: 'first-service', components: start, checks: 0, hints: 0 },
  ]);

  await placeInFrame(page, frame);
  await received(page, (all) => last(all, 'progress').components === start + 1);
  await frame.getByRole('tab', { name: 'Hints' }).click();
  await frame.getByRole('button', { name: 'Give me a nudge' }).first().click();
  await received(page, (all) => last(all, 'progress').hints === 1);
  await frame.getByRole('button', { name: 'Check', exact: true }).click();
  const shown = await score(frame);
  await received(page, (all) => last(all, 'result') !== undefined && last(all, 'progress').checks === 1);
  const all = await messages(page);
  const result = last(all, 'result');
  assert.deepEqual([result.source, result.version, result.scenario], ['trapwise', 1, 'first-service']);
  assert.deepEqual([result.score, result.passed], [shown.percent, false]);
  assert.ok(Number.isInteger(result.scaled) && result.scaled >= 100 && result.scaled <= 1000, String(result.scaled));
  assert.equal(result.findings.length, (await findings(frame)).length);
  assert.ok(result.findings.includes('single-zone-service'), result.findings.join());
  assert.deepEqual([...new Set(all.map(({ origin }) => origin))], [site.origin]);

  // A page that listened too late asks, and is told the latest again; what is no request is ignored.
  const ask = (request) =>
    page.evaluate(([request, origin]) => document.querySelector('iframe').contentWindow.postMessage(request, origin), [request, site.origin]);
  const before = all.length;
  await ask({ target: 'trapwise', version: 2, type: 'state' });
  await ask({ target: 'trapwise', version: 1, type: 'state', more: true });
  await ask('state');
  await ask(undefined);
  await ask({ target: 'trapwise', version: 1, type: 'state' });
  await received(page, (all) => all.length >= before + 2);
  const again = (await messages(page)).slice(before).map(({ data }) => data);
  assert.deepEqual(again, [last(all, 'progress'), result]);
});

pageTest(
  'tells a page of another origin nothing',
  { path: null, allowOrigins: [portal.origin], expectErrors: [/Failed to execute 'postMessage'.*elsewhere\.invalid/] },
  async ({ page, site }) => {
    const frame = await embed(page, site, { origin: 'https://elsewhere.invalid' });
    await frame.getByRole('button', { name: 'Check', exact: true }).click();
    await score(frame);
    await settled(page);
    assert.deepEqual(await messages(page), []);
  },
);

pageTest('tells nobody anything when no origin is named', { path: null, allowOrigins: [portal.origin] }, async ({ page, site }) => {
  for (const origin of [undefined, '*', 'null', 'javascript:0']) {
    const frame = await embed(page, site, { origin });
    await frame.getByRole('button', { name: 'Check', exact: true }).click();
    await score(frame);
    await settled(page);
    assert.deepEqual(await messages(page), [], String(origin));
  }
});

pageTest('says which version it is about', { path: null, allowOrigins: [portal.origin] }, async ({ page, site }) => {
  const frame = await embed(page, site, { origin: portal.origin, seed: '2' });
  await frame.getByRole('button', { name: 'Check', exact: true }).click();
  await received(page, (all) => last(all, 'result') !== undefined);
  const said = (await messages(page)).map(({ data: { type, scenario, seed } }) => [type, scenario, seed].join(' '));
  assert.deepEqual([...new Set(said)].sort(), ['progress first-service 2', 'ready first-service 2', 'result first-service 2']);
});

async function embed(page, site, { origin, seed }) {
  const query = new URLSearchParams({ embed: '1', scenario: 'first-service', ...(origin && { origin }), ...(seed && { seed }) });
  await page.goto(`${portal.url}portal.html?${new URLSearchParams({ frame: `${site.url}?${query}` })}`);
  let frame;
  await until(() => (frame = page.frames().find((it) => it.url().startsWith(site.url))) !== undefined, 'the frame is there');
  await started(frame);
  await boardReady(frame);
  return frame;
}

/** As `place`, but a frame has no mouse of its own. */
async function placeInFrame(page, frame) {
  await place(Object.assign(Object.create(frame), { mouse: page.mouse }), 'Shop service', 'App a');
}

function messages(page) {
  return page.evaluate(() => messages);
}

function last(all, type) {
  return all.map(({ data }) => data).findLast((it) => it.type === type);
}

async function received(page, test) {
  await until(async () => test(await messages(page)), 'the message');
}

/** A message of the frame itself comes after all that it has posted. */
async function settled(page) {
  const frame = page.frames().find((it) => it !== page.mainFrame());
  await frame.evaluate(() => parent.postMessage('last', '*'));
  await received(page, (all) => all.some(({ data }) => data === 'last'));
  await page.evaluate(() => messages.splice(messages.findIndex(({ data }) => data === 'last'), 1));
}
