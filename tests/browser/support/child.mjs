// A program that a test starts: it ends with the test, and when it fails its last words are shown.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Generous: two cores may be busy with something else. */
export const START = 60_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where a binary of ours is: the variable if it is set, else the debug build. */
export function binary(name, variable) {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');
  const found = process.env[variable] ?? path.join(target, 'debug', name);
  if (!existsSync(found)) {
    throw new Error(`${found} is not there: run \`cargo build -p app -p testkit\` first, or set ${variable}`);
  }
  return found;
}

/** Starts a program and keeps what it says. `ended` resolves with its exit code, or the signal's name. */
export function start(program, args, { environment = {}, stdin = 'ignore', onOut = () => {} } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: [stdin, 'pipe', 'pipe'] });
  let said = '';
  const keep = (bytes) => { said += bytes; };
  child.stdout.on('data', (bytes) => { keep(bytes); onOut(bytes); });
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => { said += error; resolve(error.code); });
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
  return { child, ended, said: () => said };
}

/** Waits until `condition` gives something true, and returns it; rejects with `what` when it never does. */
export async function until(condition, what, atMost = START) {
  const end = Date.now() + atMost;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${atMost / 1000} s for ${typeof what === 'function' ? await what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
