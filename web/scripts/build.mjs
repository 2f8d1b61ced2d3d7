// What Maven calls: builds the dashboard (or checks it, with the argument "check") unless nothing has
// changed since the last time. Stamps lie in target/, so `mvnw clean` makes it start afresh.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OUTPUTS = new Set(['node_modules', 'dist', 'target', 'test-results', 'playwright-report']);

process.chdir(new URL('..', import.meta.url).pathname);
const goal = process.argv[2] ?? 'build';

/** Every file that can change the outcome, in a fixed order. */
function inputs(directory = '.') {
  return readdirSync(directory)
    .filter((name) => !OUTPUTS.has(name))
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? inputs(path) : [path];
    });
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs the step only when its stamp differs or what it makes is missing. */
function once(name, stamp, product, step) {
  const file = join('target', `${name}.stamp`);
  if (existsSync(product) && existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  step();
  mkdirSync('target', { recursive: true });
  writeFileSync(file, stamp);
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { stdio: 'inherit' });
  if (error) {
    console.error('npm cannot be run: install Node.js 18 or newer with npm, or give -Dweb.skip.');
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

once('npm-ci', digest(['package.json', 'package-lock.json']), 'node_modules', () =>
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error'),
);
once(goal, digest(inputs()), goal === 'build' ? 'dist/index.html' : 'package.json', () =>
  npm('run', '--silent', goal),
);
