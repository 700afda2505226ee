// A git repository in a folder of its own, for tests; null where no git is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Repository {
  readonly root: string;
  write(files: Readonly<Record<string, string | Uint8Array | null>>): void;
  link(file: string, target: string): void;
  git(...words: string[]): string;
  commit(files?: Readonly<Record<string, string | Uint8Array | null>>): void;
  remove(): void;
}

export const hasGit = spawnSync('git', ['--version']).status === 0;

export function repository(): Repository {
  const root = mkdtempSync(path.join(tmpdir(), 'countersign-git-'));
  const api: Repository = {
    root,
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(root, name);
        mkdirSync(path.dirname(file), { recursive: true });
        if (text === null) rmSync(file);
        else writeFileSync(file, text);
      }
    },
    link: (file, target) => symlinkSync(target, path.join(root, file)),
    git(...words) {
      const { status, stdout, stderr } = spawnSync('git', words, { cwd: root, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
      if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
      return stdout;
    },
    commit(files = {}) {
      api.write(files);
      api.git('add', '-A');
      api.git('-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'x');
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  api.git('init', '-q', '-b', 'main');
  return api;
}
