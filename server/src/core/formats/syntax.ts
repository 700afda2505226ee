// Faults of syntax as problems.
import type { Problem } from '../text';
import type { SyntaxProblem } from '../yaml';

/** `code` replaces the parser's own family member, as for YAML that stands in frontmatter. */
export function syntaxProblem(problem: SyntaxProblem, code: SyntaxProblem['code'] = problem.code): Problem {
  const { fix } = problem;
  return {
    code: `syntax/${code}`,
    span: problem.span,
    message: problem.message,
    ...(fix ? { fixes: [{ title: fix.title, safe: true, edits: [{ span: fix.span ?? problem.span, newText: fix.newText }] }] } : {}),
  };
}
