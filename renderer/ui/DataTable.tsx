/** One number or word of a table; `open` shows what it is made of. */
export interface TableCell {
  readonly text: string;
  readonly open?: (() => void) | undefined;
}

/** The numbers of a picture: the first column names the row. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly head: string;
    readonly cells: readonly TableCell[];
  }[];
}

/** Tab-separated, with a header: what a spreadsheet takes. */
export function copyOf({ columns, rows }: Table): string {
  const lines = rows.map(({ head, cells }) => [head, ...cells.map(({ text }) => text)]);
  return [columns, ...lines].map((cells) => cells.join('\t')).join('\n');
}

/** A table that scrolls in its own box. */
export function DataTable({ label, table }: { readonly label: string; readonly table: Table }) {
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={label}
      className="-mx-1 max-h-72 overflow-auto rounded-lg px-1"
    >
      <table className="w-full text-small">
        <thead>
          <tr className="text-right text-dim">
            {table.columns.map((each) => (
              <th
                key={each}
                scope="col"
                className="sticky top-0 bg-surface px-2 py-1.5 align-bottom leading-4 font-medium first:pl-0 first:text-left"
              >
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, head, cells }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal whitespace-nowrap">
                {head}
              </th>
              {cells.map(({ text, open }, at) => (
                <td key={at} className="px-2 py-1.5 text-right">
                  {open ? <Opens text={text} open={open} /> : text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A number that shows what it is made of. */
export function Opens({ text, open }: { readonly text: string; readonly open: () => void }) {
  return (
    <button
      type="button"
      onClick={open}
      className="rounded underline decoration-mark underline-offset-2 hover:decoration-ink"
    >
      {text}
    </button>
  );
}
