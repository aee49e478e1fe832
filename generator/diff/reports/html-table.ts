import { markup, type Html } from "./html-text.js";

/** A table that a heading names. */
type Table = {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Html | string)[])[];
};

/** The roles are written out: where the window is narrow its rows are blocks, and a table that is laid out so is none to a screen reader. */
export function tableHtml({ heading, columns, rows }: Table): Html {
  const headings = columns.map((name) => markup`<th scope="col" role="columnheader">${name}</th>`);
  const lines = rows.map(
    (cells) =>
      markup`<tr role="row">${cells.map((cell) => markup`<td role="cell">${cell}</td>`)}</tr>
`,
  );
  return markup`<table class="plain" role="table" aria-labelledby="${heading}"><thead role="rowgroup"><tr role="row">${headings}</tr></thead>
<tbody role="rowgroup">${lines}</tbody></table>`;
}
