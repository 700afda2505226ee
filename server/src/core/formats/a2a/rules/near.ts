// Addresses that only the machine itself or its own network can reach, or that are yet to be filled in.

export function isNear(url: string): boolean {
  const host = /^[a-z]+:\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(url)?.[1] ?? '';
  return host === '' || /[${}<>*]/.test(url) || !host.includes('.') || /^127\.|^0\.0\.0\.0$|^10\.|^192\.168\.|\.(?:local|localhost|internal)$/i.test(host);
}
