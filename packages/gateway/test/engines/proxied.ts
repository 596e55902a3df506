import type { StreamConnection } from '../../src/store/jetstream/connection.ts';

type GetConsumer = StreamConnection['js']['consumers']['get'];

/** The connection, but for how consumers are got. */
export function withConsumers(connection: StreamConnection, get: GetConsumer): StreamConnection {
  const { js } = connection;
  return { ...connection, js: proxied(js, 'consumers', proxied(js.consumers, 'get', get)) };
}

/** The same but for one property. */
export function proxied<Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  instead: Target[Name],
): Target {
  return new Proxy(target, {
    get(_, asked) {
      if (asked === name) return instead;
      const value: unknown = Reflect.get(target, asked, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
