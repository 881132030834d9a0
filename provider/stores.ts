import type { Properties } from "../policies/machine/resource";
import { numberOf, text } from "./values";

const DATABASE_PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/db2/, 50000],
];
const MYSQL_PORT = 3306;
const MEMCACHED_PORT = 11211;
const REDIS_PORT = 6379;

/** What stores of data take from their engine or another property, by the placeholder of `identities/stores.ts`. */
export const OF_STORES: ReadonlyMap<string, (given: Properties) => unknown> = new Map([
  ["databasePort", databasePort],
  ["databaseName", databaseName],
  ["cachePort", cachePort],
]);

function databasePort({ port, engine }: Properties): unknown {
  const given = numberOf(port);
  if (given !== undefined) return given;
  return DATABASE_PORTS.find(([pattern]) => pattern.test(text(engine) ?? ""))?.[1] ?? MYSQL_PORT;
}

/** Version 5 of the SDK and before take it as `name` too. */
function databaseName({ dbName, name }: Properties): unknown {
  return text(dbName) ?? text(name) ?? "";
}

function cachePort({ port, engine }: Properties): unknown {
  return numberOf(port) ?? (engine === "memcached" ? MEMCACHED_PORT : REDIS_PORT);
}
