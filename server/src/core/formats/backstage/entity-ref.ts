// References of Backstage, `[kind:][namespace/]name`, in one form.

/** `group:default/payments`; of what owns something the kind is a group where nothing else is said. */
export function entityRef(written: string, namespace = 'default'): string {
  const [, kind = 'group', space = namespace, name = ''] = /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(written.trim()) ?? [];
  return `${kind}:${space}/${name}`.toLowerCase();
}
