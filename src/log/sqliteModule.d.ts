/**
 * What this folder uses of better-sqlite3-multiple-ciphers 13: the package ships declarations, but its `exports` map
 * hides them from nodenext resolution.
 */
declare module 'better-sqlite3-multiple-ciphers' {
  namespace Database {
    interface RunResult {
      readonly changes: number;
      readonly lastInsertRowid: number | bigint;
    }
    interface Statement<Values extends unknown[] = unknown[], Row = unknown> {
      run(...values: Values): RunResult;
      get(...values: Values): Row | undefined;
      all(...values: Values): Row[];
      pluck(): Statement<Values, Row>;
    }
    interface Transaction<Input extends unknown[], Result> {
      (...input: Input): Result;
      immediate(...input: Input): Result;
    }
    interface Database {
      prepare<Values extends unknown[] = unknown[], Row = unknown>(sql: string): Statement<Values, Row>;
      transaction<Input extends unknown[], Result>(
        work: (...input: Input) => Result,
      ): Transaction<Input, Result>;
      exec(sql: string): this;
      pragma(sql: string): unknown;
      close(): this;
    }
  }
  const Database: new (
    file: string,
    options?: { readonly timeout?: number; readonly readonly?: boolean },
  ) => Database.Database;
  export = Database;
}
