/** A number with the interval around it, in the number's own unit. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One cell: words, a number, a number with its interval, or nothing known. */
export type Cell = string | number | Ranged | null;

/** How a column's numbers are written: a fraction from 0 to 1, a whole count, a time in milliseconds, or as it comes. */
export type ColumnKind = 'text' | 'share' | 'count' | 'milliseconds' | 'number';

/** One column of a table. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A table with its caption; the first column names the row. */
export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Who made a figure's mark: set apart by form as well as colour. */
export type Origin = 'ours' | 'published' | 'reference';

/** Marks in the plane of two fractions, with F1 contours where the plane is recall and precision. */
export interface Scatter {
  readonly kind: 'scatter';
  readonly caption: string;
  readonly x: string;
  readonly y: string;
  readonly contours: boolean;
  readonly points: readonly {
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly origin: Origin;
  }[];
}

/** One bar an item from zero, with its interval. `reference` is a line across, such as chance. */
export interface Bars {
  readonly kind: 'bars';
  readonly caption: string;
  readonly axis: string;
  readonly scale: ColumnKind;
  readonly reference?: { readonly value: number; readonly label: string };
  readonly items: readonly {
    readonly name: string;
    readonly value: number;
    readonly low?: number;
    readonly high?: number;
    readonly origin: Origin;
  }[];
}

/** The four counts of each item as shares of one bar: DESIGN.md section 7's MN, NR, CD, FA. */
export interface Confusion {
  readonly kind: 'confusion';
  readonly caption: string;
  readonly items: readonly {
    readonly name: string;
    readonly cd: number;
    readonly mn: number;
    readonly fa: number;
    readonly nr: number;
  }[];
}

/** Two ways beside each other, a panel each with its own scale; what was counted but not run is hatched. */
export interface Pairs {
  readonly kind: 'pairs';
  readonly caption: string;
  readonly scale: ColumnKind;
  readonly panels: readonly {
    readonly name: string;
    /** Said beside the panel's name, such as a ratio. */
    readonly note: string;
    readonly items: readonly {
      readonly name: string;
      readonly value: number;
      readonly low?: number;
      readonly high?: number;
      readonly ours: boolean;
      readonly measured: boolean;
    }[];
  }[];
}

/** What is drawn; its numbers also stand in a table, so that nobody depends on seeing it. */
export type Figure = Scatter | Bars | Confusion | Pairs;

/** Words, a table, a figure, or some of these folded away. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'folded'; readonly title: string; readonly blocks: readonly Block[] }
  | Table
  | Figure;

/** A heading with what stands under it; `level` 2 or 3. */
export interface Section {
  readonly title: string;
  readonly level: 2 | 3;
  readonly blocks: readonly Block[];
}

/** A whole report. */
export interface Report {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly Section[];
}
