// The scenario page as a person meets it: parts by their names, work as the browser keeps it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './support.mjs';

/** The hash of the scenario that the specs solve. */
export const first = '#/scenario/first-service';

/** A card or a frame on the board, by the name on it. */
export function part(page, name) {
  return page.locator('#board').getByRole('img', { name: new RegExp(`^${name}, `) }).first();
}

/** Waits until the board stands where it will stay. */
export async function boardReady(page, name = 'VPC') {
  await part(page, name).waitFor();
  let before;
  await until(async () => {
    const now = JSON.stringify(await part(page, name).boundingBox());
    const same = now === before;
    before = now;
    return same;
  }, 'the board keeps moving');
}

/** The learner's work at a place, as the browser keeps it; null before anything was done. */
export function work(page, place = 'first-service') {
  return page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null')?.attempt ?? null, `trapwise.work.${place}`);
}

/** The design that is kept. */
export async function design(page) {
  return (await work(page))?.design;
}

/** Waits until the kept design satisfies `test`, and returns it. */
export async function designed(page, test, what) {
  let now;
  await until(async () => {
    now = await design(page);
    return now !== undefined && test(now);
  }, () => `${what ?? test}\n${JSON.stringify(now)}`);
  return now;
}

/** Waits until the kept design has the link, and returns it. */
export async function linked(page, from, kind, to, props = {}) {
  const matches = (link) =>
    link.from === from && link.kind === kind && link.to === to
    && Object.entries(props).every(([name, value]) => (link.props ?? {})[name] === value);
  const now = await designed(page, (it) => it.links.some(matches), `no link: ${from} ${kind} ${to} ${JSON.stringify(props)}`);
  return now.links.find(matches);
}

/** A component of the kept design. */
export function component(design, id) {
  return design.components.find((it) => it.id === id);
}

/** The score as the results show it: `{ percent, verdict, traps }`. */
export async function score(page) {
  const region = page.getByRole('region', { name: 'Score' });
  await region.waitFor();
  const text = await region.innerText();
  const percent = Number(/(\d+)\s*%/.exec(text)?.[1]);
  assert.ok(percent >= 0 && percent <= 100, text);
  return { percent, passed: /Passed/.test(text), text };
}

/** The titles of the findings that are listed, worst first. */
export async function findings(page) {
  await until(async () => (await page.locator('.finding .skeleton').count()) === 0, 'the words of the findings are here');
  return page.locator('.finding h3 .title').allInnerTexts();
}

/** Asks again until it is true. */
export async function until(test, message, timeout = 20_000) {
  const end = Date.now() + timeout;
  for (;;) {
    if (await test()) return;
    if (Date.now() > end) throw new Error(`in vain: ${typeof message === 'function' ? message() : message}`);
    await new Promise((next) => setTimeout(next, 25));
  }
}

/** Puts one more of a palette item into an area: picked with a click, placed with another. */
export async function place(page, item, area) {
  await page.getByRole('button', { name: new RegExp(`^${item}`) }).click();
  await page.getByText(`Tap where to place ${item}`).waitFor();
  const box = await part(page, area).boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.75);
  await part(page, item).waitFor();
}

/** A design that answers the scenario; `change` may spoil its copy. */
export function answer(change = () => undefined) {
  const made = JSON.parse(readFileSync(join(dist, 'scenarios', 'first-service', 'reference.json'), 'utf8'));
  change(made);
  return made;
}

/** The roles swapped and the wrong target type: three findings. */
export function spoiled() {
  return answer(({ links }) => {
    const link = (id) => links.find((it) => it.id === id);
    link('execution-role').to = 'role-tickets';
    link('task-role').to = 'role-ecr-logs';
    link('alb-shop').props.targetType = 'instance';
  });
}

/** Puts work into the browser's store; the page has to be on the site, and loaded again to see it. */
export async function keep(page, design, more = {}, place = 'first-service') {
  const saved = { schemaVersion: 1, place, revision: 1, writer: 'spec', attempt: { design, ...more } };
  await page.evaluate(([place, text]) => localStorage.setItem(`trapwise.work.${place}`, text), [place, JSON.stringify(saved)]);
}
