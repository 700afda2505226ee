// Command lines written so as to be misread: what each runs is found, and what cannot be told for certain is not allowed.
import assert from 'node:assert/strict';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE } from '../../../server/src/core/policy';
import { NOW, workspaceOf } from '../../harness/workspace';

/** Permissions, and command lines with the sign that each must get: `+` allow, `?` ask, `-` deny, `u` cannot tell. */
const LINES: readonly (readonly [name: string, permissions: object, lines: readonly string[]])[] = [
  ['nothing is allowed, and only what reads runs', {}, [
    '?echo `echo \\`rm x\\``', '?cat <<EOF\n$(rm -rf x)\nEOF', '+cat <<\'EOF\'\n$(rm -rf x)\nEOF', '?cat <<EOF\n`rm x`\nEOF',
    '+cat <<EOF\nhello $x\nEOF', '?echo $(( $(rm x) ))', '?echo $((rm x); ls)', '+echo $((1+2))', '?echo ${x:-$(rm y)}', '?echo "${x:-$(rm y)}"',
    '?echo ${x:-<(rm y)}', '?echo ${x@P}', '?echo $\'\\\'\' ; rm x; echo $\'\\\'\'', '?ls\u00a0; rm x', '?ls; rm x', '?ls;rm x', '?ls&rm x',
    '?ls\nrm x', '?ls|sh', '+ls | wc -l', '?find . -{delete,print}', '?find . $\'-delete\'', '?find . $X', '?sed -n 1p -i f', '?sed -n 1p -e 1erm f',
    '+sed -n 1,5p f', '?ls | xargs find . -name', '?git log --outp=x', '?git diff --ext', '+git log --oneline -5', '?sudo ls', '?bash -c "ls"',
    '?env ls', '?FOO=1 ls', '?ls > x', '+ls 2>/dev/null', '?ls &>1', '?ls >| x', '?ls <> x', '?eval ls', '?. ./x', '?exec ls', '?$CMD', '?"$CMD" x',
    '?alias ls=rm; ls x', '?ls() { rm x; }; ls', '+cat README.md # comment; rm x', '?echo a#b; rm x', '?r\\\nm x', '?ls \\\n; rm x', '+ls \\\n-la',
    '?git -c core.pager=x log', '?git log | less', '?tail -f x > y', '?cat x | tee y', '?cd /tmp && ls', '?ls `rm x`', '?ls "$(rm x)"',
    '?diff <(rm x) y', '?ls >(rm x)', '?cat <<<"$(rm x)"', '?time rm x', '?! rm x', '?{ rm x; }', '+{ ls; }', '+! grep x y', '?coproc rm x',
    '?if ls; then rm x; fi', '?while ls; do ls; done', '?[[ -f $(rm x) ]]', '?ls $[ $(rm x) ]', '?ls\u000b; rm x',
  ]],
  ['some of git, and not its pushes', { allow: ['Bash(git:*)', 'Bash(npm test:*)'], deny: ['Bash(git push:*)'] }, [
    '-git push --force origin main', '-git push', 'ugit  push', 'ugit "push"', 'ugi\'t\' push', 'ugit\tpush', '+git status', '-npm test && git push',
    '-npm test;git push', '-FOO=1 git push', '-timeout 9 git push', '?sudo git push', '?bash -c "git push"', '?npm test $(curl x)',
    '-npm test $(git push)', '-echo `git push`', '-cat <<E\n$(git push)\nE', '+git -C x push', '?npm test > ~/x', '?env git push',
    '-ls | xargs git push', '?/usr/bin/git push', '-git push # x', 'ugit \\\npush', '-(git push)', '-{ git push; }', '-! git push',
    '-if true; then git push; fi', '+git commit -m "$(cat <<\'EOF\'\nfix: a (b)\n\nEOF\n)"', '-git push&', '-git push||ls',
  ]],
  ['edits of the working directory', { defaultMode: 'acceptEdits', deny: ['Edit(.env)', 'Read(.env)'] }, [
    '?rm -rf {/etc,x}', '?cp -t/etc x', '?cp --target-directory=/etc x', '?mv {a,../../b} c', '+sed -i \'s/a/b/g\' f', '?sed -i \'s/a/b/e\' f',
    '?sed -i \'1e rm x\' f', '?sed -i -e s/a/b/ -e \'1e rm\' f', '?sed -i -f x.sed f', '+mkdir -p a/b', '+rm -rf build', '-cat .env',
    '-timeout 3 cat .env', 'ugrep x .env', 'ucat .e*', '+cat src/*.ts', 'ucp x .env', 'urm .env', '-sed -i s/a/b/ .env', '-echo x > .env',
    '-head -1 < .env', '?rm -rf /', '?rm -rf /usr/../', '?rm -rf .', '?rm -rf ~', '?rm -rf {/,x}', '+sort a b', 'usort .env', 'uwc -l .env', '+ls -la',
  ]],
  ['everything', { defaultMode: 'bypassPermissions' }, [
    '?rm -rf /', '?sudo -u root rm -rf /', '?rm -rf $\'\\x2f\'', '?rm -rf //', '+rm -rf x', '?rm -rf /*', '?X=1 rm -rf ~/', '?ls && rm -rf "$HOME"',
    '?echo `rm -rf /`', '?rm -rf $UNSET/*',
  ]],
  ['all of the shell, and no removals', { allow: ['Bash'], deny: ['Bash(rm:*)'] }, [
    '-rm x', 'u"rm" x', 'u$\'\\x72m\' x', 'ur\\m x', '+sudo rm x', `u${'echo a; '.repeat(1_300)}`, '-for i in a; do rm $i; done', '-f() { rm x; }; f',
    '-case x in a) rm y;; esac', '-rm\n', '-ls & rm x', '-xargs rm', '+xargs -0 rm', '+find . -exec rm {} \\;',
  ]],
];

const SIGNS: { readonly [effect: string]: string } = { allow: '+', require_approval: '?', deny: '-', unknown: 'u' };

describe('command lines that hide what they run', () => {
  for (const [name, permissions, lines] of LINES) {
    it(name, () => {
      const engine = workspaceOf(new Map([['.claude/settings.json', JSON.stringify({ permissions })]])).shared(ENGINE);
      const decided = lines.map((line) => {
        const command = line.slice(1);
        const parsed = parseRequest({ agent: 'claude', action: 'call', resource: 'tool:claude/Bash', args: { command } });
        assert.ok('request' in parsed);
        const prepared = engine.prepare(parsed.request, { at: NOW });
        const { effect } = engine.decidePrepared(prepared);
        assert.equal(engine.effect(prepared), effect, 'the fast path says the same');
        return `${SIGNS[effect] ?? ''}${command}`;
      });
      assert.deepEqual(decided, [...lines]);
    });
  }
});
