// A request in the forms that others take: AuthZEN's JSON, a command line, the short form.
import { authzenForm, shortForm, type Request } from '../../core/model';

export function copyOf(request: Request, as: 'authzen' | 'command' | 'short'): string {
  if (as === 'authzen') return JSON.stringify(authzenForm(request), null, 2);
  return as === 'short' ? JSON.stringify(shortForm(request), null, 2) : commandLine(request);
}

/** As a POSIX shell reads it. */
export function commandLine(request: Request): string {
  const short = shortForm(request) as { context?: { [key: string]: unknown } };
  const { time, ...context } = short.context ?? {};
  const json = (name: string, value: object | null): string[] => (value && Object.keys(value).length > 0 ? [name, quoted(JSON.stringify(value))] : []);
  return [
    'countersign simulate', '--agent', quoted(request.agent), '--action', request.action, '--resource', quoted(`${request.resource.type}:${request.resource.id}`),
    ...(request.environment !== null && request.action !== 'deploy' ? ['--environment', quoted(request.environment)] : []),
    ...json('--args', request.args), ...json('--principal', request.principal), ...json('--context', context),
    ...(typeof time === 'string' ? ['--at', time] : []),
  ].join(' ');
}

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
