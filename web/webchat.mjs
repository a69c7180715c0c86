// Brings Web Chat's ready-made bundle into the jar's resources. Maven runs it: node webchat.mjs <target folder>.
//
// Only the package itself is fetched (7 MB), by `npm pack`, and checked against the checksum in
// package-lock.json: the bundle holds everything that it needs, so that the 400 packages it was made from
// (some 480 MB) need not come. A copy is kept in node_modules/, so that a later build needs no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, 'dist'));
const name = 'botframework-webchat';
const { version, integrity } = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
const kept = join(here, 'node_modules', '.baton', `${name}-${version}`);
const files = { 'package/dist/webchat.js': 'webchat.js', 'package/dist/webchat.js.LICENSE.txt': 'webchat.js.LICENSE.txt' };

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', timeout: 120_000 });
  if (done.error) throw new Error(`${command} cannot be run: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${command} ${args[0]} ended with ${done.status}: ${lastLine(done.stderr)}`);
}

function lastLine(text) {
  return text.trim().split('\n').filter((line) => !line.includes('npm warn') && !line.includes('A complete log')).pop() ?? 'no message';
}

function fetchBundle() {
  const parent = dirname(kept);
  mkdirSync(parent, { recursive: true });
  const work = mkdtempSync(join(parent, 'fetch-'));
  try {
    run('npm', ['pack', `${name}@${version}`, '--prefer-offline', '--ignore-scripts', '--loglevel=error'], work);
    const archive = readdirSync(work).find((file) => file.endsWith('.tgz'));
    const [algorithm, expected] = integrity.split(/-(.*)/s);
    const found = createHash(algorithm).update(readFileSync(join(work, archive))).digest('base64');
    if (found !== expected) throw new Error(`the checksum of ${archive} is not the one in package-lock.json`);
    run('tar', ['-xzf', archive, ...Object.keys(files)], work);
    const ready = join(work, 'ready');
    mkdirSync(ready);
    for (const [from, to] of Object.entries(files)) renameSync(join(work, from), join(ready, to));
    rmSync(kept, { recursive: true, force: true });
    renameSync(ready, kept);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function copyIfOther(from, to) {
  if (existsSync(to) && statSync(to).size === statSync(from).size) return;
  copyFileSync(from, to);
}

try {
  if (!existsSync(join(kept, 'webchat.js'))) fetchBundle();
  mkdirSync(target, { recursive: true });
  copyIfOther(join(kept, 'webchat.js'), join(target, 'webchat.js'));
  const licence = readFileSync(join(here, 'webchat.LICENSE.txt'), 'utf8') + readFileSync(join(kept, 'webchat.js.LICENSE.txt'), 'utf8');
  writeFileSync(join(target, 'webchat.js.LICENSE.txt'), licence);
} catch (problem) {
  console.log(`The customer's chat page is left out of this build, because Web Chat ${version} cannot be fetched from npm (${problem.message}). Everything else is built.`);
}
