// The page and the command line say the same of the same design: every figure, finding and check.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { keep, score, until } from './scenario-page.mjs';
import { dist, open, pageTest } from './support.mjs';

const trapwise = process.env.TRAPWISE_CLI;
if (!trapwise) throw new Error('TRAPWISE_CLI names no command line: run the tests with `cargo xtask test --only browser`');
const scenarios = join(dist, 'scenarios');
const read = (...path) => JSON.parse(readFileSync(join(scenarios, ...path), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'trapwise-'));
after(() => rmSync(folder, { recursive: true }));

const { scenarios: entries } = read('index.json');
const options = { timeout: 60_000 + entries.length * 10_000 };

pageTest('the page and the command line agree on a faulty design of every scenario', options, async ({ page, site }) => {
  let found = 0;
  for (const { id, references } of entries) {
    const design = faulty(read(id, `${references[0]}.json`));
    const report = byCommandLine(id, design);
    found += report.findings.length;
    await keep(page, design, {}, id);
    await open(page, `${site.url}?${id}#/scenario/${id}`);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    const { words, ...figures } = await byPage(page, report);
    const { words: patterns, ...expectedFigures } = expected(report);
    assert.deepEqual(figures, expectedFigures, id);
    assert.equal(words.length, patterns.length, id);
    words.forEach((text, index) => assert.match(text, patterns[index], id));
  }
  assert.ok(found > entries.length, `${found} findings are too few to show anything`);
});

/** A design with a fault here and there: every fifth link is missing. */
function faulty(design) {
  return { ...design, links: design.links.filter((_, index) => index % 5 !== 2) };
}

function byCommandLine(id, design) {
  const file = join(folder, `${id}.json`);
  writeFileSync(file, JSON.stringify(design));
  try {
    return JSON.parse(execFileSync(trapwise, ['score', '--json', join(scenarios, id, 'scenario.json'), file], { encoding: 'utf8' }));
  } catch (error) {
    // The design falls short, which is what it is for.
    if (error.status !== 1) throw error;
    return JSON.parse(error.stdout);
  }
}

function expected(report) {
  const checks = report.requirements.flatMap(({ id }) => report.checks.filter(({ requirement }) => requirement === id));
  return {
    percent: report.score,
    passed: report.passed,
    scaled: report.scaled,
    domains: report.domains.map(({ earned, possible }) => `${earned}/${possible}`),
    findings: report.findings.map(({ title, penalty }) => [title, penalty]),
    checks: checks.map(({ points, possible }) => `${points}/${possible}`),
    words: [...report.findings.map(({ message }) => message), ...checks.map(({ title }) => title)].map(pattern),
  };
}

async function byPage(page, report) {
  const { percent, passed, text } = await score(page);
  // The words of traps come one by one.
  const titles = report.findings.map(({ title }) => title);
  await until(async () => String(await page.locator('.finding h3 .title').allTextContents()) === String(titles), titles.join());
  return page.evaluate(
    ([percent, passed, scaled]) => {
      const all = (selector, read, within = document) => [...within.querySelectorAll(selector)].map(read);
      const text = (node, selector) => node.querySelector(selector).textContent;
      return {
        percent,
        passed,
        scaled,
        domains: all('.domains .points', (node) => node.textContent),
        findings: all('.finding', (node) => [text(node, '.title'), Number(/−(\d+)/.exec(text(node, '.severity'))[1])]),
        checks: all('.checks > li', (node) => text(node, '.points')),
        words: [...all('.finding .message', (node) => node.textContent), ...all('.checks > li p:first-child', (node) => node.textContent)],
      };
    },
    [percent, passed, Number(/≈ (\d+)/.exec(text)[1])],
  );
}

/** The same words, with any name where the command line has an id in backticks. */
function pattern(text) {
  const around = text.split(/`[^`]*`/).map((it) => it.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${around.join('.+')}(required)?$`);
}
