// Runs a suite in a desktop VS Code that is installed, with a profile of its own: nothing of the user's is read or written.
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { collector } from './collect.mjs';
import { editorEnv, run, temporaryFolder } from './processes.mjs';
import { calmSettings } from './serve.mjs';

/**
 * The same as `runSuite` of run-suite.mjs, and the same bundle, in the editor whose command is `codePath` (see `findCode`).
 * Resolves to `{code, output, passed, failed, skipped}`.
 */
export async function runDesktopSuite({ codePath, extensionDir, testsPath, workspace, trust = true, timeoutMs = 900_000, settings = {}, env = {}, log = console.log }) {
  const profile = temporaryFolder('code');
  const said = collector(log);
  try {
    const user = path.join(profile.dir, 'u'); // short: sockets are made in here, and their paths are limited
    await mkdir(path.join(user, 'User'), { recursive: true });
    await writeFile(path.join(user, 'User/settings.json'), JSON.stringify({ ...calmSettings, ...settings }, null, 2));
    const executable = electronOf(codePath);
    const args = [
      path.resolve(workspace),
      `--extensionDevelopmentPath=${path.resolve(extensionDir)}`,
      `--extensionTestsPath=${path.resolve(testsPath)}`,
      `--user-data-dir=${user}`,
      `--extensions-dir=${path.join(profile.dir, 'e')}`,
      '--disable-extensions', '--disable-updates', '--disable-telemetry', '--skip-welcome', '--skip-release-notes', '--disable-gpu',
      ...(trust ? ['--disable-workspace-trust'] : []),
      ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
      ...(executable ? [] : ['--wait', '--verbose']) // the command itself goes back to the shell at once, and in silence
    ];
    const { code, timedOut, problem } = await run(executable ?? codePath, args, {
      timeoutMs,
      env: editorEnv(env),
      onLine: (chunk) => said.stream(chunk)
    });
    const why = problem ?? (timedOut ? `The suite did not end within ${timeoutMs / 1000} s.` : undefined);
    // Through the command only the counts tell how it went.
    return said.result(executable ? (code ?? 1) : 0, why);
  } finally {
    profile.remove();
  }
}

/** The program behind the `code` command. It hands on the suite's output and exit code, which the command does not. */
export function electronOf(codePath) {
  const real = realpathSync(codePath);
  const root = path.dirname(path.dirname(real)); // …/bin/code
  const name = path.basename(real).replace(/\.cmd$/i, '');
  const candidates = {
    linux: [path.join(root, name), '/snap/code/current/usr/share/code/code'],
    darwin: ['Electron', 'Code', 'Code - Insiders'].map((file) => path.resolve(root, '../../MacOS', file)), // …/Contents/Resources/app/bin/code
    win32: ['Code.exe', 'Code - Insiders.exe'].map((file) => path.join(root, file))
  };
  const snap = real.startsWith('/snap/') || real === '/usr/bin/snap';
  const list = candidates[process.platform] ?? [];
  return list.find((file) => (file.startsWith('/snap/') ? snap : !snap || process.platform !== 'linux') && existsSync(file)) ?? null;
}
